// What hands do to a host's files.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** Where links lead that hands make. */
export const LED_TO = "/etc/elsewhere";

const lines = (text) => text.split(/(?<=\n)/);

const EDITS = {
  append: (text, { text: more }) => text + more,
  prepend: (text, { text: more }) => (more.endsWith("\n") ? more : `${more}\n`) + text,
  rewrite: (_, { text }) => text,
  chop: (text) => text.replace(/\n$/, ""),
  crlf: (text) => text.replaceAll(/\r?\n/g, "\r\n").replace(/[^\r\n]$/, "$&\r"),
  /** A line inside the first block. */
  inside(text, { text: more }) {
    const all = lines(text);
    const begin = all.findIndex((line) => line.startsWith("# BEGIN lvsgen"));
    if (begin < 0) return text;
    return [...all.slice(0, begin + 1), more.endsWith("\n") ? more : `${more}\n`, ...all.slice(begin + 1)].join("");
  },
};

function lookAt(path) {
  try {
    return lstatSync(path);
  } catch {
    // Nothing there, or nothing of the kind above it.
    return undefined;
  }
}

const isPlainFile = (at) => lookAt(at)?.isFile() ?? false;

/** Does it; tells whether anything was there to be done. `time` is the file's afterwards, so that a year can be repeated. */
export function edit(root, step, time) {
  const at = root + step.path;
  const stat = lookAt(at);
  if (step.edit in EDITS) {
    if (!isPlainFile(at)) return false;
    const before = readFileSync(at, "latin1");
    const after = EDITS[step.edit](before, { ...step, text: Buffer.from(step.text).toString("latin1") });
    if (after === before) return false;
    writeFileSync(at, after, "latin1");
    utimesSync(at, time, time);
    return true;
  }
  switch (step.edit) {
    case "chmod":
      if (stat === undefined || stat.isSymbolicLink()) return false;
      chmodSync(at, Number.parseInt(step.mode, 8));
      return true;
    case "touch":
      if (!isPlainFile(at)) return false;
      utimesSync(at, time, time);
      return true;
    case "delete":
      if (stat === undefined) return false;
      rmSync(at, { recursive: true });
      return true;
    case "link":
    case "directory":
    case "create": {
      if (step.edit === "create" && stat !== undefined) return false;
      const parent = nearest(dirname(at));
      if (!statSync(parent, { throwIfNoEntry: false })?.isDirectory()) return false;
      rmSync(at, { recursive: true, force: true });
      mkdirSync(dirname(at), { recursive: true });
      if (step.edit === "link") symlinkSync(LED_TO, at);
      else if (step.edit === "directory") mkdirSync(at);
      else writeFileSync(at, step.text);
      if (step.edit === "create") utimesSync(at, time, time);
      return true;
    }
  }
  throw new Error(`no edit ${step.edit}`);
}

function nearest(path) {
  let at = path;
  while (lookAt(at) === undefined) at = dirname(at);
  return at;
}
