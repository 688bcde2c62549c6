export declare function literal(text: string): string;
export declare function filled(escaped: string): string;
export declare function example(lines: readonly string[]): string;
export declare function page(
  head: { name: string; section: number; day: string; source: string; manual: string },
  parts: readonly string[],
): string;
