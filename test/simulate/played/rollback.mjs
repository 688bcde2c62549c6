// After a rollback: the state before the applies that it took back.
import { existsSync } from "node:fs";
import { expectNone, Fault } from "../fault.mjs";
import { generationsOf } from "../memory.mjs";
import { onlyInTheWay, tail } from "../oracles.mjs";
import { differences, touches } from "../tree.mjs";

export function rolledBack(play, { script, role, words, tree, result }) {
  const { memory } = play;
  const { ways } = role;
  const last = Number(ways.at(-1)?.number ?? 0);
  const target = words.length > 0 ? Number(words[1]) : last - 1;
  const way = ways.find(({ number }) => Number(number) > target);
  const numbers = generationsOf(script.state);
  role.script ??= script;
  role.ways = ways.filter(({ number }) => numbers.includes(number));
  if (role.state !== "absent") role.state = "dirty";
  if (result.struck !== undefined || result.code !== 0) {
    if (result.code === 64 && words.length > 0) return;
    role.unsure = true;
    if (result.struck !== undefined || role.damaged) return;
    if (onlyInTheWay(result.output, (path) => touches(memory.inTheWay, path))) return;
    throw new Fault("a rollback succeeds", tail(result.output));
  }
  if (way !== undefined && !role.damaged && !role.unsure) {
    play.count("compared with the state before");
    const others = new Set([
      ...memory.changedSince(way.event, script.name),
      ...memory.others(script.name).flatMap(({ ever }) => [...ever]),
    ]);
    // What another role still needs is written through a link that a hand has put there.
    for (const path of [...others]) {
      const one = tree.get(path);
      if (one?.type === "link") others.add(one.content);
    }
    expectNone(
      "a rollback gives the state before",
      differences(way.before, tree, {
        leave: (path) => touches(others, path),
        parts: ["type", "rights", "content", "time"],
      }),
    );
  }
  const nothingKnown = numbers.length === 0 && !existsSync(`${script.state}/base`);
  if (nothingKnown && role.state !== "absent") {
    if (role.damaged) play.giveUp(script, role);
    else memory.handOver(role, tree);
  }
}
