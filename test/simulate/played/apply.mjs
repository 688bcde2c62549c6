// After an apply: as a fresh one, and nothing left to do.
import { expectNone, Fault } from "../fault.mjs";
import { generationsOf } from "../memory.mjs";
import { isRefused, onlyInTheWay, tail } from "../oracles.mjs";
import { ROOT } from "../script.mjs";
import { differences, readTree, touches } from "../tree.mjs";

export async function applied(play, { step, script, role, before, event, result }) {
  const { memory } = play;
  // What is given up stays where --only leaves it out.
  const inItsOwnWay = () => step.only && onlyInTheWay(result.output, (path) => touches(role.ever, path));
  if (isRefused(result, memory)) {
    if (!inItsOwnWay()) await mayFail(play, script, role, result);
    return;
  }
  const changed = memory.events.at(-1).paths;
  // What a case says that the role needs away, as what --adopt of another role took out, is its own too.
  for (const path of [...Object.values(script.described).flat(), ...changed, ...(step.away ?? [])]) role.ever.add(path);
  const numbers = generationsOf(script.state);
  const known = role.ways.filter(({ number }) => numbers.includes(number));
  for (const number of numbers)
    if (!role.ways.some((way) => way.number === number)) known.push({ number, before, event });
  Object.assign(role, { script, ways: known, state: "dirty" });
  role.order ??= ++memory.orders;
  if (result.code !== 0) {
    if (result.struck === undefined && !inItsOwnWay()) await mayFail(play, script, role, result);
    return;
  }
  if (step.only) return;
  role.state = "clean";
  play.count("clean applies");
  if (play.looksFor(/^a second apply|^check|^no |^an exit code|^a closing line/)) await nothingLeft(play, script);
  if (play.looksFor(/^as a fresh apply/)) await asFresh(play, script);
}

/** An undisturbed apply fails where something is in the way: put there by a hand, or there from the beginning. */
async function mayFail(play, script, role, { output }) {
  const { memory } = play;
  if (role.damaged || onlyInTheWay(output, (path) => touches(memory.inTheWay, path))) return;
  // Or where another role has something, by an older or newer build, or by one that did not come through.
  const theirs = memory
    .others(script.name)
    .filter((other) => other.script?.of !== script.of || other.state !== "clean");
  if (onlyInTheWay(output, (path) => theirs.some(({ ever }) => touches(ever, path)))) return;
  if ((await play.fresh.tree(memory.base, memory.baseTree(), [script])) === undefined) return;
  // Or what is there by right of the other roles lets it succeed no more than here.
  const others = memory.others(script.name).sort((a, b) => a.order - b.order);
  const scripts = others.flatMap((other) => other.script ?? []);
  const succeeds = async (all) => (await play.fresh.tree(memory.base, memory.baseTree(), all)) !== undefined;
  if (!(await succeeds(scripts)) || (await succeeds([...scripts, script])))
    throw new Fault("an apply that would succeed on a fresh host succeeds", tail(output));
}

async function nothingLeft(play, script) {
  const before = readTree(ROOT, true);
  const again = await play.runScript(script, "apply", []);
  if (again.code !== 0 || !/ changed=0 /.test(again.output))
    throw new Fault("a second apply changes nothing", tail(again.output));
  expectNone("a second apply writes nothing", play.writtenSince(before));
  const check = await play.runScript(script, "check", []);
  if (check.code !== 0) throw new Fault("check after an apply says that all is as described", tail(check.output));
  expectNone("check writes nothing", play.writtenSince(before));
}

async function asFresh(play, script) {
  const { memory } = play;
  const roles = [...memory.roles.values()].filter(({ ever }) => ever.size > 0).sort((a, b) => a.order - b.order);
  if (roles.some(({ state, damaged }) => state !== "clean" || damaged)) return;
  // Two builds of one cluster may describe one path differently.
  for (const one of roles)
    for (const other of roles)
      if (one.script.cluster === other.script.cluster && one.script.of !== other.script.of) return;
  const tree = await play.fresh.tree(
    memory.base,
    memory.baseTree(),
    roles.map((one) => one.script),
  );
  if (tree === undefined) return;
  play.count("compared with a fresh apply");
  const described = new Set(script.described.file);
  const leave = (path, part) => touches(memory.touched, path) && !(described.has(path) && part === "content");
  expectNone("as a fresh apply", differences(inOneOrder(tree), inOneOrder(readTree(ROOT)), { leave }));
}

const BLOCK = /^# BEGIN lvsgen (.*)\n[\s\S]*?^# END lvsgen \1$\n?/gm;

/** Services with their real servers, in the file that the system loads. */
const SERVICE = /^-A .*\n(?:-a .*\n)*/gm;
const RULES = ["/etc/ipvsadm.rules", "/etc/sysconfig/ipvsadm"];

/** Parts of several roles in a file stand in the order in which they came, and each is in force wherever it stands. */
function inOneOrder(tree) {
  return new Map(
    [...tree].map(([path, one]) => {
      if (RULES.includes(path)) {
        const services = (one.content.match(SERVICE) ?? []).sort();
        return [path, { ...one, content: `${services.join("")}${one.content.replace(SERVICE, "")}` }];
      }
      const blocks = one.content.match(BLOCK) ?? [];
      if (blocks.length < 2) return [path, one];
      const sorted = (path === "/etc/fstab" ? countedOnce(blocks) : blocks).map((block) => block.trimEnd()).sort();
      return [path, { ...one, content: `${one.content.replace(BLOCK, "")}${sorted.join("\n")}\n` }];
    }),
  );
}

const ABOVE = "# mounted above: ";

/**
 * A mount that two clusters describe is a line in the block that stands first, and a comment in the others. Which that is, is a matter of
 * the order in which they got their blocks; that it is so, is not.
 */
function countedOnce(blocks) {
  const seen = new Set();
  const counted = (line) => {
    if (line === "") return line;
    const plain = line.startsWith(ABOVE) ? line.slice(ABOVE.length) : line;
    const isFirst = !seen.has(plain);
    seen.add(plain);
    return isFirst === (plain === line) ? plain : `${line} (of two, the first counts)`;
  };
  return blocks.map((block) => block.split("\n").map(counted).join("\n"));
}
