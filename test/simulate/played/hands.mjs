// What hands do to the files, and what happens to a journal.
import { damage } from "../damage.mjs";
import { edit, LED_TO } from "../edit.mjs";
import { ROOT, stateOf } from "../script.mjs";
import { changedPaths, readTree } from "../tree.mjs";

/** Times of the past, which are the same on every run. */
const LONG_AGO = 1_577_934_245;

export function edited(play, step) {
  const { memory } = play;
  const time = LONG_AGO + 1000 * (play.index + 1);
  const owned = memory.mayBeOwned(step.path);
  const before = readTree(ROOT);
  const marked = Buffer.from((step.text ?? "").trim()).toString("latin1");
  if (!edit(ROOT, step, time)) return false;
  const tree = readTree(ROOT);
  const changed = changedPaths(before, tree);
  memory.events.push({ who: "hand", paths: changed });
  if (owned) {
    for (const path of changed) memory.touched.add(path);
    memory.touched.add(step.path);
    // What is written through it.
    if (step.edit === "link") memory.touched.add(LED_TO);
    if (["link", "directory", "create"].includes(step.edit)) memory.inTheWay.add(step.path);
  } else edit(memory.base, step, time);
  for (const [mark, path] of memory.marks)
    if ([...changed].includes(path) && !(tree.get(path)?.content ?? "").includes(mark)) memory.marks.delete(mark);
  if (["append", "prepend", "rewrite", "create"].includes(step.edit) && marked !== "" && !marked.includes("\n"))
    memory.marks.set(marked, step.path);
  return true;
}

export function damaged(play, step) {
  const { name: cluster } = play.descriptions[step.of];
  const state = stateOf(ROOT, { cluster, role: step.role });
  if (!damage(state, step)) return false;
  // What a role does not know any more may be another's to give back as well.
  play.memory.everDamaged = true;
  for (const role of play.memory.roles.values()) role.damaged = true;
  play.memory.marks.clear();
  return true;
}
