import { type ExitCode, exitCode } from "../../exit-code.ts";
import { type Plan, type Progress, progressOf } from "../../rollout/index.ts";
import { overview } from "../../status/index.ts";
import { readReports } from "../status/folder.ts";
import type { RolloutBundle } from "./bundle.ts";
import type { StateFolder } from "./state.ts";

/** How far it is, by what is written down and by the reports in the state folder. */
export function progressNow(plan: Plan, { expected }: RolloutBundle, state: StateFolder): Progress {
  const { runs } = readReports(state.isThere ? [state.path] : []);
  const { rows } = overview(runs, { expected, now: Math.floor(Date.now() / 1000), olderThan: null });
  const inOrder = [...runs].sort((one, other) => one.at - other.at || one.uptime - other.uptime);
  return progressOf(plan, state.entries, { rows, runs: inOrder }, state.byHand);
}

export function endOf({ isComplete, of }: Progress): ExitCode {
  const isBad = [...of.values()].some((state) => state === "failed" || state === "unknown");
  if (isBad) return exitCode.differs;
  return isComplete ? exitCode.ok : exitCode.findings;
}
