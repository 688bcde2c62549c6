/** What is typed on a host for a step, with how each command ends. */
import type { Step } from "../../diff/step.ts";

export interface CommandLine {
  readonly command: string;
  /** Its exit code, and the last line that it prints. */
  readonly ends: string;
}

/** Seconds within which somebody has to say that a host can still be reached. */
export const confirmSeconds = 120;

/** The same where a machine tests as a client meanwhile. */
export const testedSeconds = 300;

/** Whether the way to the host itself changes by a step, so that whoever is logged in may lose it. */
export interface Manner {
  readonly seconds: number;
  readonly isRerouted: boolean;
  /** Whether that is to the one of before lvsgen came. */
  readonly isGivenBack: boolean;
}

/** What only asks, before a step or before all of them; nothing of it where it is no apply. */
export function questionsOf({ action, script }: Step, host: string): readonly CommandLine[] {
  if (action !== "apply" || script === null) return [];
  const role = script.replace(/\.sh$/, "");
  return [
    { command: "bash doctor.sh", ends: `0  doctor ${host}: ok=… warn=… stop=0 skip=…` },
    { command: `bash ${script} check --diff`, ends: `2  ${role} ${host}: ok=… pending=… failed=0` },
  ];
}

/** What shows, in the former folder, that a host is where the change begins. */
export function beginningOf({ action, script }: Step, host: string, sum: string | null): readonly CommandLine[] {
  if (action === "by-hand" || script === null) return [];
  const role = script.replace(/\.sh$/, "");
  return [
    ...(sum === null ? [] : [{ command: "sha256sum SHA256SUMS", ends: `0  ${sum}  SHA256SUMS` }]),
    { command: `bash ${script} check`, ends: `0  ${role} ${host}: ok=… pending=0 failed=0` },
  ];
}

/** The commands of a step on one host, without what asks before; none where it is done by hand. */
export function commandsOf(
  { action, script, staying = [] }: Step,
  host: string,
  { seconds, isRerouted }: Manner,
): readonly CommandLine[] {
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
  return role === "director" || isRerouted
    ? [{ command: `bash ${script} apply --confirm ${seconds}`, ends: applied }]
    : [
        { command: `bash ${script}`, ends: applied },
        { command: `bash ${script} verify`, ends: `0  ${last("ok=… failed=0")}` },
      ];
}

/** What is typed in a session that was opened after them, so that a paste of the others does not take it along. */
export function afterwardsOf({ action, script }: Step, host: string, { isRerouted }: Manner): readonly CommandLine[] {
  if (action !== "apply" || script === null || !(script === "director.sh" || isRerouted)) return [];
  return [
    { command: `bash ${script} verify`, ends: `0  ${script.replace(/\.sh$/, "")} ${host}: ok=… failed=0` },
    { command: `bash ${script} confirm`, ends: "0  confirmed: what was applied stays" },
  ];
}

/** Commands in a column, what they end with in the next. */
export function aligned(lines: readonly CommandLine[]): readonly { readonly text: string }[] {
  const width = Math.max(0, ...lines.map(({ command }) => command.length));
  return lines.map(({ command, ends }) => ({ text: `${command.padEnd(width)}   # ${ends}` }));
}
