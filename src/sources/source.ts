/** What a `source` may be: a file beside the description, or an environment variable. */
export type Source = { readonly file: string } | { readonly env: string };

/** The text of a source, or why there is none. */
export type SourceText =
  | { readonly text: string }
  /** No such file, or the variable is not set. */
  | { readonly lacks: "missing" }
  /** A link leads out of the directory of the description. */
  | { readonly lacks: "outside" }
  /** It lies in a directory `.git`, by its name or by a link. */
  | { readonly lacks: "of-git" }
  /** A directory, a device, a pipe. */
  | { readonly lacks: "no-file" }
  /** Bytes that are not UTF-8, or a NUL. */
  | { readonly lacks: "no-text" }
  /** The system refused; `why` is what it says. */
  | { readonly lacks: "refused"; readonly why: string };
