/**
 * What leads from one bundle to another: in the words of the field, with what it does to connections, and in which order the
 * scripts are to run. Pure: texts in, values out.
 */
export type { Change, Subject } from "./change.ts";
export { difference } from "./compare.ts";
export { type Alike, groupsOf } from "./groups.ts";
export { countsOf, differenceToJson } from "./json.ts";
export { markdownOf } from "./markdown.ts";
export { diff, textOfBundle } from "./of-bundle.ts";
export { type BundleText, comparedFiles, type NoBundle } from "./read/index.ts";
export type { Difference } from "./result.ts";
export type { Order, Step } from "./step.ts";
export { isOfNames, stepText } from "./titles.ts";
export { type Verdict, verdicts, verdictTitles } from "./verdict.ts";
