/** Text of a file: literal, in chunks where it is long, or made from a template by the render stage. */
export type Content =
  | { readonly text: string }
  | { readonly chunks: readonly string[] }
  | {
      readonly template: string;
      readonly view: Readonly<Record<string, unknown>>;
      /** Names itself by a hash, wherever it has `lvsgen-00000000`: `lvsgen-` and 8 digits of the SHA-256 of the text with the zeros. */
      readonly marked?: true;
    };

/** Null leaves it as it is. */
export interface Ownership {
  readonly mode: string | null;
  readonly owner: string | null;
  readonly group: string | null;
}

export const rootOwned: Ownership = { mode: "0644", owner: "root", group: "root" };

/** What a resource leaves in a file of the host. */
export interface Artifact {
  readonly path: string;
  /** The whole file, or what lvsgen puts in it. */
  readonly content: Content;
  /** What it is of a file of someone else's: a block that the runtime marks, or a line; left out: the file is lvsgen's whole. */
  readonly part?: "block" | "line";
}
