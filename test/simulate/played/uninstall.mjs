// After an uninstall: the pristine host, and what hands made of it meanwhile.
import { existsSync } from "node:fs";
import { expectNone, Fault } from "../fault.mjs";
import { onlyInTheWay, tail } from "../oracles.mjs";
import { differences, touches } from "../tree.mjs";

const parts = ["type", "rights", "content", "time"];

export function uninstalled(play, { script, role, tree, result }) {
  const { memory } = play;
  if (result.code !== 0) {
    role.script ??= script;
    if (role.state !== "absent") role.state = "dirty";
    role.unsure = true;
    if (result.struck !== undefined) return;
    if (role.damaged) play.giveUp(script, role);
    else if (!onlyInTheWay(result.output, (path) => touches(memory.inTheWay, path)))
      throw new Fault("an uninstall succeeds", tail(result.output));
    return;
  }
  if (existsSync(script.state)) throw new Fault("an uninstall forgets", [`${script.state} is there`]);
  if (role.damaged) for (const path of role.ever) memory.touched.add(path);
  memory.handOver(role, tree);
  const others = memory.others(script.name);
  const base = memory.baseTree();
  if (others.length === 0) {
    play.count("compared with the pristine host");
    expectNone(
      "the last uninstall gives the pristine host",
      differences(base, tree, {
        leave: (path, part) => touches(memory.touched, path) || (part === "time" && memory.isShared(path)),
        parts,
      }),
    );
    memory.keepBase();
    return;
  }
  play.count("compared with the pristine host in part");
  const theirs = new Set(others.flatMap(({ ever }) => [...ever]));
  expectNone(
    "an uninstall gives back what was its own",
    differences(base, tree, {
      leave: (path, part) =>
        (part === "time" && memory.isShared(path)) ||
        !role.ever.has(path) ||
        touches(theirs, path) ||
        touches(memory.touched, path),
      parts,
    }),
  );
}
