/** What the schema says of keys and values, for the manual page. */
import type { Phrases } from "../../phrases.ts";
import { choiceTexts } from "./choices.ts";
import { clusterTexts } from "./cluster.ts";
import { hostsTexts } from "./hosts.ts";
import { namesTexts } from "./names.ts";
import { servicesTexts } from "./services.ts";

export const schemaPhrases: readonly Phrases[] = [choiceTexts, namesTexts, hostsTexts, servicesTexts, clusterTexts];
