import type { Language } from "../language/index.ts";

/** What an input includes is asked for; the import itself reads nothing. */
export interface FileAccess {
  /** Files that a pattern of an include names, sorted; why not, where it lies outside of what may be read. */
  find(pattern: string, from: string): readonly string[] | PartlyFound | { readonly refused: string };
  /** The text of a file; null where it cannot be read. */
  read(file: string): string | null;
}

/** Some of the files that a pattern names. */
export interface PartlyFound {
  readonly files: readonly string[];
  /** Those that are not read, with the reason. */
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
}

export const noFiles: FileAccess = { find: () => ({ refused: "no file is read" }), read: () => null };

/** What the inputs do not say. */
export interface ImportOptions {
  /** That of the cluster; null: what lvsgen's own files say, or a usual one. */
  readonly name: string | null;
  readonly platform: string | null;
  readonly interface: string | null;
  readonly directors: readonly NamedCidr[];
  readonly realServers: readonly NamedCidr[];
  /** Names and what they stand for. */
  readonly resolve: ReadonlyMap<string, string>;
  /** Traffic that gets a mark, by mark. */
  readonly marks: readonly NamedMark[];
  readonly id: string | null;
  readonly language: "jsonc" | "yaml";
  /** That of who reads the comments, and is to read the bundle's documents. */
  readonly spoken: Pick<Language, "name" | "imported">;
}

export interface NamedCidr {
  readonly name: string;
  readonly cidr: string;
}

export interface NamedMark {
  readonly mark: number;
  readonly vip: string;
  /** Null: whatever it is. */
  readonly protocol: "tcp" | "udp" | "sctp" | null;
  /** 0: every port. */
  readonly port: number | string;
}

export const noOptions: ImportOptions = {
  name: null,
  platform: null,
  interface: null,
  directors: [],
  realServers: [],
  resolve: new Map(),
  marks: [],
  id: null,
  language: "jsonc",
  spoken: { name: "en", imported: (text) => text },
};
