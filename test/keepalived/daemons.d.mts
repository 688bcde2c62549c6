export declare const SUITES: { readonly bullseye: string; readonly bookworm: string; readonly trixie: string };
export declare function rootOf(suite: keyof typeof SUITES): string;
export declare function releaseOf(suite: keyof typeof SUITES): string | undefined;
export declare function ensureDaemons(say: (what: string) => void): string | undefined;
export declare function judge(
  suite: keyof typeof SUITES,
  text: string,
  beside?: Readonly<Record<string, string>>,
  id?: string,
): { readonly status: number | string | null; readonly output: string };
