/** In which languages lvsgen speaks. English is what everything is written in first; the others are made of it. */

import type { CatalogueEntry, Code } from "../diagnostics/index.ts";

/** The languages that there are, by the tags that descriptions and `--language` take. */
export const languageNames = ["en", "zh"] as const;

export type LanguageName = (typeof languageNames)[number];

/** Says an English text in another language; what it does not know it gives back as it is. */
export type Say = (text: string) => string;

/** What a code means. */
export type Explanation = Pick<CatalogueEntry, "title" | "why" | "symptom" | "fix">;

/** An explanation of each of a topic's codes: one that is missing does not compile. */
export type Explanations<Codes extends object> = Readonly<Record<keyof Codes, Explanation>>;

export interface Language {
  readonly name: LanguageName;
  /** What stands in a bundle's documents, but for their templates. */
  readonly document: Say;
  /** `web1, web2 and 6 more`: what is listed, each as in a document. */
  readonly list: Say;
  /** What stands in pictures. */
  readonly picture: Say;
  /** Message and remedy of a finding. */
  readonly finding: Say;
  /** What stands in the terminal besides. */
  readonly terminal: Say;
  /** What `init` asks, answers and writes, findings among it. */
  readonly init: Say;
  /** What `import` says of its inputs, and writes, findings among it. */
  readonly imported: Say;
  /** What the schema says of keys and values to who writes a description in an editor. */
  readonly schema: Say;
  /** What codes mean; null: as their catalogue has it. */
  readonly codes: Readonly<Record<Code, Explanation>> | null;
  /** Precompiled templates of documents by the names of the English ones; none: those are meant. */
  readonly templates: Readonly<Record<string, object>>;
  /** The runtime of scripts that speak it on a terminal; null: that of the English ones. */
  readonly runtime: SpokenRuntime | null;
}

export interface SpokenRuntime {
  /** The files of each program in their order, and the SHA-256 of its whole text. */
  readonly programs: Readonly<Record<string, { readonly sha256: string; readonly files: readonly string[] }>>;
  /** Texts and sums of those that are in this language alone, by their paths. */
  readonly files: Readonly<Record<string, { readonly text: string; readonly sha256: string }>>;
}

const same: Say = (text) => text;

export const english: Language = {
  name: "en",
  document: same,
  list: same,
  picture: same,
  finding: same,
  terminal: same,
  init: same,
  imported: same,
  schema: same,
  codes: null,
  templates: {},
  runtime: null,
};
