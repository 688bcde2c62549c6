/** What a proof is made of. */

/** A folder, as it was read once. */
export interface Folder {
  /** Regular files by path with `/`; null: no sum lists it, so that nobody has read it. Of a folder `packages` its own name alone, with a `/`. */
  readonly files: ReadonlyMap<string, Buffer | null>;
  /** What is neither a regular file nor a directory, or cannot be read (`why` is what the system says). */
  readonly strange: readonly {
    readonly path: string;
    readonly kind: "symbolic-link" | "special" | "unreadable";
    readonly why: string;
  }[];
}

/** What vouches for a bundle from outside. */
export interface Trust {
  /** Asks `ssh-keygen`, of a text and the armored signature; null: no file of allowed signers was given. */
  readonly ssh: ((text: Buffer, signature: Buffer) => SshVerdict) | null;
  /** Null: any serial would do. */
  readonly leastSerial: number | null;
  /** Releases of lvsgen by the SHA-256 of the runtimes that they write. */
  readonly runtimes: ReadonlyMap<string, string>;
  readonly rebuilt: Rebuilt;
}

/** Lower-case hexadecimal SHA-256. */
export type SumOf = (bytes: Buffer) => string;

/** What `ssh-keygen` says of a signature (`sign/check.ts`). */
export type SshVerdict =
  | { readonly kind: "good"; readonly principal: string }
  | { readonly kind: "bad"; readonly said: string }
  | { readonly kind: "no-program" }
  | { readonly kind: "old-program" };

/** What a build of the description gives, or why there is none. */
export type Rebuilt =
  /** Sums by path; `description` is the name of its file, and `input` the sum of its text. */
  | {
      readonly kind: "built";
      readonly description: string;
      readonly input: string;
      readonly sums: ReadonlyMap<string, string>;
    }
  | { readonly kind: "not-built"; readonly why: string; readonly hint: string };
