export declare class Resources {
  constructor(capacity: Readonly<Record<string, number>>);
  use<T>(takes: Readonly<Record<string, number>>, rank: number, work: () => Promise<T>): Promise<T>;
}
