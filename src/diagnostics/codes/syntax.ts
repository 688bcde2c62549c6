import type { CatalogueEntry } from "../entry.ts";

/** Codes of the parse stage: the text itself. */
export const syntaxCodes = {
  EMPTY_FILE: {
    severity: "error",
    title: "The description is empty",
    why: "A cluster has at least a name, hosts, a director and a service.",
    symptom: "Nothing could be built.",
    fix: "Write a description; `lvsgen init` makes a commented one that builds.",
  },
  SYNTAX_ERROR: {
    severity: "error",
    title: "The text is not JSON or YAML",
    why: "The description is JSON with comments and trailing commas, or YAML 1.2 in a file that ends in .yaml or .yml.",
    symptom: "Nothing could be built.",
    fix: "Correct the text at the place shown, or on the line before it: a missing comma, quote or bracket is noticed only at what follows.",
  },
  NESTED_TOO_DEEP: {
    severity: "error",
    title: "Brackets are nested too deep",
    why: "No description nests more than a few levels; a hundred are a sign of a damaged or hostile file.",
    symptom: "Nothing could be built.",
    fix: "Close the brackets that are open, or look for what wrote the file.",
  },
  UNSUPPORTED_YAML: {
    severity: "error",
    title: "The YAML says something that JSON cannot",
    why: "A description means the same in both languages. Custom tags, numbers such as .inf, keys that are not text and several documents in one file have no meaning in it.",
    symptom: "Another tool could read another cluster from the same file.",
    fix: "Write the value as text, number, true, false, list or mapping, and one document a file.",
  },
  DUPLICATE_KEY: {
    severity: "error",
    title: "A key stands twice in one object",
    why: "JSON lets the last one win without a word, so that one of two hosts or settings with the same name would be lost.",
    symptom: "A real server that is described would never get its script.",
    fix: "Keep one of the two, or give the second its own name.",
  },
} as const satisfies Record<string, CatalogueEntry>;
