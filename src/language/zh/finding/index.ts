/** What findings say: message, remedy and what else is involved. */
import type { Phrases } from "../../phrases.ts";
import { checkTexts1 } from "./check-a.ts";
import { checkTexts2 } from "./check-b.ts";
import { checkTexts3 } from "./check-c.ts";
import { findingCompositions } from "./composed.ts";
import { expandTexts } from "./expand.ts";
import { parseTexts } from "./parse.ts";
import { titleTexts } from "./titles.ts";
import { validateTexts } from "./validate.ts";

/** Each key is a text of the sources. */
export const findingTexts: readonly Phrases[] = [
  parseTexts,
  validateTexts,
  expandTexts,
  checkTexts1,
  checkTexts2,
  checkTexts3,
];

export const findingCompositionsAndTitles: readonly Phrases[] = [findingCompositions, titleTexts];
