import type { Code, Finding } from "../diagnostics/index.ts";
import type { Cluster } from "../model.ts";

/** What a rule reports to; pointers of inherited settings are corrected afterwards. */
export type Report = (code: Code, finding: Finding | (() => Finding)) => void;

/** One semantic rule: looks at the resolved cluster and reports what it finds. Rules know nothing of each other. */
export type Rule = (cluster: Cluster, report: Report) => void;
