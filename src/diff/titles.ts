/** How subjects and steps are said, whatever they are written for. */
import type { Subject } from "./change.ts";
import type { Step } from "./step.ts";
import { roleTitles } from "./topics/hosts.ts";

/** Longer lists of hosts are cut: nobody reads a thousand names. */
const mostNames = 8;

export function someOf(names: readonly string[]): string {
  const more = names.length - mostNames;
  return more > 1 ? `${names.slice(0, mostNames).join(", ")} and ${more} more` : names.join(", ");
}

export function subjectTitle(subject: Subject): string {
  switch (subject.kind) {
    case "cluster":
      return "cluster";
    case "service":
      return `service ${subject.title}`;
    case "pool":
      return `pool ${subject.name}, in ${subject.services} services`;
    case "hosts": {
      const role = subject.role === null ? "" : ` (${roleTitles[subject.role] ?? subject.role})`;
      return `${subject.names.length === 1 ? "host" : "hosts"} ${someOf(subject.names)}${role}`;
    }
  }
}

/** Whether a change of this rule is from one name to another. */
export function isOfNames(rule: string): boolean {
  return rule === "cluster-name" || rule === "service-name";
}

/** What is done, and where; by hand where there is no command. */
export function stepText({ action, script, hosts, bundle }: Step): {
  readonly command: string | null;
  readonly names: string;
  readonly former: boolean;
} {
  const command = action === "by-hand" ? null : `bash ${script ?? ""}${action === "apply" ? "" : " uninstall"}`;
  return { command, names: someOf(hosts), former: bundle === "former" };
}
