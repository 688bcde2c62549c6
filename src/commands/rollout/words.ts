import type { Run, Task } from "../../rollout/index.ts";

/** Seconds for which a script waits for another run on its host. */
const waitSeconds = "600";

/** What stands behind the script. `packages`: a folder on the hosts; null: none is named. */
export function wordsOf({ command, options }: Run, packages: string | null): readonly string[] {
  const takesPackages = packages !== null && ["apply", "check", "doctor"].includes(command);
  const carried = takesPackages ? ["--packages", packages] : [];
  return command === "doctor"
    ? [...carried, "--json"]
    : [command, ...options, ...carried, "--json", "--wait", waitSeconds];
}

/** As the scripts name theirs, to the millisecond, and with the step: a host may be asked the same for several at once. */
export function reportName({ host, role, step }: Task, { command }: Run): string {
  const time = new Date().toISOString().replace(/[-:.]/g, "");
  return `${host}-${command === "doctor" ? "doctor" : role}-${command}-${time}-${step}.jsonl`;
}
