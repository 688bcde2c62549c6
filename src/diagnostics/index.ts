/** What is said of a description: the findings, the catalogue of their codes, and how they are shown. */
export { type Code, catalogue } from "./catalogue.ts";
export * from "./diagnostic.ts";
export type { CatalogueEntry } from "./entry.ts";
export { label, type PrintOptions, type PrintWords, printDiagnostics } from "./print.ts";
