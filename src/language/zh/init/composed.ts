/** What is put together of several pieces. */
import type { Phrases } from "../../phrases.ts";

export const initCompositions: Phrases = {
  "{1}?": "{1@}？",
  "{1}, {2}": "{1@}，{2*}",
};
