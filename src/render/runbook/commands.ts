/** What is typed on a host for a step, with how each command ends. */
import type { Step } from "../../diff/order.ts";

export interface CommandLine {
  readonly command: string;
  /** Its exit code, and the last line that it prints. */
  readonly ends: string;
}

/** Seconds within which somebody has to say that a director can still be reached. */
export const confirmSeconds = 120;

/** The commands of a step on one host; none where it is done by hand. */
export function commandsOf({ action, script, staying = [] }: Step, host: string): readonly CommandLine[] {
  if (action === "by-hand" || script === null) return [];
  const role = script.replace(/\.sh$/, "");
  const last = (counters: string): string => `${role} ${host}: ${counters}`;
  if (action === "uninstall")
    return [
      { command: `bash ${script} uninstall`, ends: `0  ${last("ok=… changed=… kept=… failed=0")}` },
      ...(staying.includes(host)
        ? [{ command: `bash ${script} verify`, ends: `in this folder: 0  ${last("ok=… failed=0")}` }]
        : []),
    ];
  const applied = `0  ${last("ok=… changed=… failed=0")}`;
  return [
    { command: "bash doctor.sh", ends: `0  doctor ${host}: ok=… warn=… stop=0 skip=…` },
    { command: `bash ${script} check --diff`, ends: `2  ${last("ok=… pending=… failed=0")}` },
    ...(role === "director"
      ? [
          { command: `bash ${script} apply --confirm ${confirmSeconds}`, ends: applied },
          { command: `bash ${script} verify`, ends: `0  ${last("ok=… failed=0")}` },
          { command: `bash ${script} confirm`, ends: "0  confirmed: what was applied stays" },
        ]
      : [
          { command: `bash ${script}`, ends: applied },
          { command: `bash ${script} verify`, ends: `0  ${last("ok=… failed=0")}` },
        ]),
  ];
}

/** Commands in a column, what they end with in the next. */
export function aligned(lines: readonly CommandLine[]): readonly { readonly text: string }[] {
  const width = Math.max(0, ...lines.map(({ command }) => command.length));
  return lines.map(({ command, ends }) => ({ text: `${command.padEnd(width)}   # ${ends}` }));
}
