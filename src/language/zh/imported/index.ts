/** What `import` says of its inputs, and writes into the description. */
import type { Phrases } from "../../phrases.ts";
import { importedCompareTexts } from "./compare.ts";
import { importedDescribeTexts } from "./describe.ts";
import { importedHostsTexts } from "./hosts.ts";
import { importedInputsTexts } from "./inputs.ts";
import { importedIpvsadmTexts } from "./ipvsadm.ts";
import { importedKeepalivedTexts } from "./keepalived.ts";
import { importedKeepalivedIgnoredTexts } from "./keepalived-ignored.ts";
import { importedLdirectordTexts } from "./ldirectord.ts";
import { importedReadersTexts } from "./readers.ts";
import { importedReportTexts } from "./report.ts";

/** Each key is a text of the sources. */
export const importedTexts: readonly Phrases[] = [
  importedReadersTexts,
  importedCompareTexts,
  importedDescribeTexts,
  importedHostsTexts,
  importedInputsTexts,
  importedIpvsadmTexts,
  importedKeepalivedTexts,
  importedKeepalivedIgnoredTexts,
  importedLdirectordTexts,
  importedReportTexts,
];

export { importedComposed } from "./composed.ts";
