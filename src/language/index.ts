import { english, type Language, type LanguageName } from "./language.ts";

export { type Explanation, english, type Language, type LanguageName, languageNames, type Say } from "./language.ts";
export { joined } from "./spacing.ts";

/** A language with its catalogues, which are loaded only where they are needed: English needs none. */
export async function languageOf(name: LanguageName): Promise<Language> {
  return name === "en" ? english : (await import("./zh/index.ts")).chinese;
}
