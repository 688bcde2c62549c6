type Amounts = Readonly<Record<string, number>>;

export declare class Resources {
  constructor(capacity: Amounts);
  use<T>(takes: Amounts | readonly Amounts[], rank: number, work: () => Promise<T>): Promise<T>;
}
