/**
 * A change over many hosts: batches of the runbook's steps, what is typed on each host, how far it has come, and what is to be done
 * next. Pure: a bundle's texts, what was written down of former runs, and reports in, values out.
 */
export { type Sizes, standardSizes } from "./batches.ts";
export { type Cue, type Known, nextOf } from "./cue.ts";
export { isOfFormer, scriptFor } from "./given.ts";
export { markdownOf } from "./markdown.ts";
export { type Batch, isRanked, keyOf, nextRanked, type Plan, type PlannedStep, planOf, type Task } from "./plan.ts";
export { ownState, type Progress, progressOf } from "./progress.ts";
export type { TaskState } from "./proof.ts";
export { type Entry, readEntry, readHeading, type StateHeading } from "./record.ts";
export { type Heard, hear } from "./report.ts";
export { type Run, runsOf, titleOf, windowSeconds } from "./runs.ts";
