/** What the documents of a bundle say, topic by topic. */
import type { Phrases } from "../../phrases.ts";
import { compositions } from "./composed.ts";
import { failoverTexts } from "./failover.ts";
import { operationsTexts } from "./operations.ts";
import { orderTexts } from "./order.ts";
import { resourceTexts } from "./resources.ts";
import { runbookTexts } from "./runbook.ts";
import { topicTexts } from "./topics.ts";

/** Each key is a text of the sources. */
export const documentTexts: readonly Phrases[] = [
  runbookTexts,
  operationsTexts,
  orderTexts,
  resourceTexts,
  topicTexts,
  failoverTexts,
];

export const documentPhrases: readonly Phrases[] = [...documentTexts, compositions];
