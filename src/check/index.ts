import { type Code, type Diagnostic, diagnostic } from "../diagnostics.ts";
import type { Cluster } from "../model.ts";
import type { Report, Rule } from "./rule.ts";

/** Every rule, in the order in which their topics come in a description. */
const rules: readonly Rule[] = [];

/** Checks what a schema cannot say: whether the parts of the cluster fit together, and fit IPVS. */
export function check(cluster: Cluster): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (code: Code, finding) => void diagnostics.push(diagnostic(code, finding));
  for (const rule of rules) rule(cluster, report);
  return diagnostics;
}
