// Two runs at once.
import { existsSync } from "node:fs";
import { HOST } from "../bundles.mjs";
import { Fault } from "../fault.mjs";
import { soundRun } from "../oracles.mjs";
import { ROOT, run, stateOf } from "../script.mjs";
import { changedPaths, readTree } from "../tree.mjs";

/** Two runs at once: one of them may have to go; what they left is looked at by the steps that follow. */
export async function paired(play, { one, other, wait }) {
  const [first, second] = [await play.scriptOf(one), await play.scriptOf(other)];
  if (first === undefined || second === undefined) return false;
  const before = readTree(ROOT);
  const words = wait ? ["--wait", "30"] : [];
  const results = await Promise.all(
    [
      [first, one],
      [second, other],
    ].map(async ([script, { do: command }]) => {
      play.count(`${command} runs`);
      return run(script.file, [command, ...words, "--host", HOST]);
    }),
  );
  for (const [index, [script, step]] of [
    [first, one],
    [second, other],
  ].entries()) {
    const role = play.memory.role(script.name);
    const result = results[index];
    play.last = result;
    if (result.code !== 75 || wait) {
      if (step.do !== "check" || result.code !== 1) soundRun(step.do, undefined, result);
    } else play.count("lock held");
    if (step.do === "check") continue;
    for (const path of Object.values(script.described).flat()) role.ever.add(path);
    Object.assign(role, { script, state: "dirty", unsure: true, ways: [] });
    if (step.do === "apply" && !role.order) role.order = ++play.memory.orders;
  }
  if (results.every(({ code }) => code === 75)) throw new Fault("one of two runs goes on", ["both ended with 75"]);
  const paths = changedPaths(before, readTree(ROOT));
  for (const name of [first.name, second.name]) {
    const role = play.memory.role(name);
    for (const path of paths) role.ever.add(path);
    if (existsSync(stateOf(ROOT, { cluster: name.split(" ")[0], role: name.split(" ")[1] }))) continue;
    // It knows nothing any more: by an uninstall; or its journal was lost, and what it wrote before stays, for it did not get the lock now.
    if (role.damaged) for (const path of role.ever) play.memory.touched.add(path);
    play.memory.handOver(role, readTree(ROOT));
  }
  play.memory.events.push({ who: first.name, paths }, { who: second.name, paths });
  return true;
}
