// What holds after every run of a script, whatever was done to it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expectNone, Fault } from "./fault.mjs";
import { generationsOf } from "./memory.mjs";

const KEPT_GENERATIONS = 10;
const UNUSED_BLOBS = 12;

const BASH_ERROR =
  /unbound variable|syntax error|: line \d+:|internal error|command not found|bad substitution|ambiguous redirect|not a valid identifier/;

/** The exit codes that a command may end with, undisturbed. */
const CODES = {
  apply: [0, 1],
  check: [0, 1, 2],
  rollback: [0, 1, 64],
  "rollback --dry-run": [0, 2, 64],
  uninstall: [0, 1],
  "uninstall --dry-run": [0, 2],
  drain: [0, 1],
  undrain: [0, 1],
  confirm: [0, 1],
};
/** And with a disturbance that reached it. */
const STRUCK = {
  kill: [137],
  killed: [137],
  term: [143],
  fail: [0, 1, 2, 69, 75, 78],
  full: [0, 1],
};

/** What stands in the way, could lead elsewhere, or is something else for another role: refused before anything is changed. */
const REFUSALS = [
  "there is no safe way to what is described",
  "another role of this host has something else there",
  "Another number for the aliases of this host, or none",
  "a regular file is to be",
  "a directory is to be",
  "the marks of lvsgen's part are not a pair",
  "something else stands in the way",
  "systemd mounts nothing at a path with a symbolic link in it",
];

/** A file of ifupdown's that a role wrote whose journal was damaged meanwhile is anybody's. */
const ANYBODYS = "With both, ifup fails where the address is there already";

export const isRefused = ({ code, output }, { everDamaged }) =>
  code === 69 && [...REFUSALS, ...(everDamaged ? [ANYBODYS] : [])].some((text) => output.includes(text));

/** A directory of root's in one that others can change is not opened to them; whether it would be on a fresh host too, is looked at. */
const isUntrusted = ({ code, output }) => code === 69 && output.includes("it is not opened or given to others");

/** Of what a run printed, what tells of a failure. */
export function tail(output) {
  const lines = output.trimEnd().split("\n");
  return [...lines.filter((line) => /^failed |^pending /.test(line)), ...lines.slice(-5)];
}

export function soundRun(command, how, { code, output, struck, hung }, memory = {}) {
  if (hung)
    throw new Fault("no run hangs", [
      `it was still running after a minute${struck ? `, at: ${struck}` : ""}`,
      ...tail(output),
    ]);
  const errors = output.split("\n").filter((line) => BASH_ERROR.test(line));
  expectNone("no text of bash's own", errors);
  const allowed =
    struck === undefined ? CODES[command] : [...STRUCK[how.fault], ...(how.fault === "term" ? CODES[command] : [])];
  if (!allowed.includes(code) && !isRefused({ code, output }, memory) && !isUntrusted({ code, output }))
    throw new Fault("an exit code of the contract", [`${command} ended with ${code}`, ...tail(output)]);
  const closing = /^(director|realserver|nfs) \S+:( \w+=\d+)+$/m.test(output);
  if ((code === 0 || code === 2) && !closing && command !== "confirm")
    throw new Fault("a closing line", [`${command} ended with ${code}`, ...tail(output)]);
  if (code === 1 && struck === undefined && !/^failed |: /m.test(output))
    throw new Fault("a failure is told", tail(output));
}

/** The state that a role keeps is bounded, and every record's copy is there. */
export function boundedState(state, role) {
  if (!existsSync(state)) return;
  const numbers = generationsOf(state);
  if (numbers.length > KEPT_GENERATIONS + 1)
    throw new Fault("bounded state", [`${role} has ${numbers.length} generations`]);
  const blobs = existsSync(`${state}/blobs`) ? readdirSync(`${state}/blobs`) : [];
  const used = new Set();
  for (const file of [...numbers.map((number) => `${state}/generations/${number}`), `${state}/base`]) {
    if (!existsSync(file)) continue;
    for (const line of readFileSync(file, "latin1").split("\n")) {
      const [, , record = "", stop] = line.split("\t");
      if (stop === "." && record.startsWith("=saved ")) used.add(record.slice("=saved ".length));
    }
  }
  expectNone(
    "no record without its copy",
    [...used].filter((blob) => !blobs.includes(blob)).map((blob) => `${role}: ${blob}`),
  );
  const unused = blobs.filter((blob) => !used.has(blob));
  if (unused.length > UNUSED_BLOBS)
    throw new Fault("bounded state", [`${role} has ${unused.length} copies that no record names`]);
}

/** Temporary files, of a tree with lvsgen's own. */
export function temporaries(tree) {
  return [...tree.keys()].filter((path) => /\/(\.lvsgen\.|\.gone-)[^/]*$/.test(path));
}

/** Does each resource that failed lie where a hand put something in the way? */
export function onlyInTheWay(output, touched) {
  const failed = [...output.matchAll(/^failed {2,}(\w+) (.*?)(?: {2}\(.*)?$/gm)].map(([, kind, name]) =>
    kind === "setting" ? name.replace(/ \S+$/, "") : name,
  );
  return failed.length > 0 && failed.every((path) => touched(path.replaceAll("?", "")) || touched(path));
}
