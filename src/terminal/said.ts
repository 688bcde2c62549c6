import type { Language } from "../language/index.ts";

/** A text in the language of the terminal, line by line; what is said over several lines stands in catalogues so. */
export function said(text: string, { name, terminal: say }: Language): string {
  return name === "en" ? text : text.split("\n").map(say).join("\n");
}
