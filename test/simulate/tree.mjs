// A host's tree of files: made from data, read back as data, compared.
import {
  chmodSync,
  chownSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** What lvsgen keeps for itself: never part of a host's state. */
const OWN = ["/var/lib/lvsgen", "/var/log/lvsgen"];
const LONG_AGO = 1_577_934_245;

/**
 * Writes a tree: path to text, `{ text, mode, owner }`, `{ directory: mode, owner }` or `{ link: target }`. Times are of the past and the
 * same on every run.
 */
export function writeTree(root, files) {
  rmSync(root, { recursive: true, force: true });
  for (const directory of ["etc", "srv", "var/lib", "var/log"])
    mkdirSync(join(root, directory), { recursive: true, mode: 0o755 });
  for (const [path, what] of Object.entries(files)) {
    const at = root + path;
    mkdirSync(dirname(at), { recursive: true, mode: 0o755 });
    if (typeof what === "object" && "link" in what) {
      symlinkSync(what.link, at);
      lutimesSync(at, LONG_AGO, LONG_AGO);
      continue;
    }
    const { text, directory, mode, owner = 0 } = typeof what === "string" ? { text: what } : what;
    if (text === undefined) mkdirSync(at, { recursive: true });
    else writeFileSync(at, text);
    chownSync(at, owner, owner);
    chmodSync(at, Number.parseInt(directory ?? mode ?? "0644", 8));
    utimesSync(at, LONG_AGO, LONG_AGO + path.length / 1000);
  }
}

/** Path to what is there, as text that can be compared; with `own`, lvsgen's state and log too, and all times to the nanosecond. */
export function readTree(root, own = false) {
  const tree = new Map();
  const visit = (path) => {
    if (!own && OWN.includes(path)) return;
    const at = root + path;
    const stat = lstatSync(at, { bigint: true });
    const rights = `${(stat.mode & 0o7777n).toString(8)} ${stat.uid}:${stat.gid}`;
    if (stat.isDirectory()) {
      if (path !== "") tree.set(path, { type: "directory", rights, time: own ? `${stat.mtimeNs}` : "", content: "" });
      for (const name of readdirSync(at)) visit(`${path}/${name}`);
    } else if (stat.isSymbolicLink()) {
      tree.set(path, { type: "link", rights: "", time: own ? `${stat.mtimeNs}` : "", content: readlinkSync(at) });
    } else {
      const content = stat.isFile() ? readFileSync(at, "latin1") : "";
      const type = stat.isFile() ? "file" : "other";
      tree.set(path, { type, rights, time: `${stat.mtimeNs}`, content });
    }
  };
  visit("");
  return tree;
}

const PARTS = { type: "type", rights: "mode and owner", content: "content", time: "time" };
const show = (text) => (text.length > 300 ? `${JSON.stringify(text.slice(0, 300))}…` : JSON.stringify(text));

/**
 * What differs, a line each: `PATH: what`. `leave(path, part)` tells what is not looked at; `parts` are those that are.
 */
export function differences(expected, found, { leave = () => false, parts = ["type", "rights", "content"] } = {}) {
  const lines = [];
  for (const path of [...new Set([...expected.keys(), ...found.keys()])].sort()) {
    const [want, have] = [expected.get(path), found.get(path)];
    if (want === undefined || have === undefined) {
      if (!leave(path, "type")) lines.push(`${path}: ${want ? "is missing" : `is there (${have.type})`}`);
      continue;
    }
    if (want.type !== have.type) {
      if (!leave(path, "type")) lines.push(`${path}: is a ${have.type}, not a ${want.type}`);
      continue;
    }
    for (const part of parts)
      if (want[part] !== have[part] && !leave(path, part))
        lines.push(`${path}: ${PARTS[part]} ${show(have[part])}, not ${show(want[part])}`);
  }
  return lines;
}

/** The paths at which two trees differ. */
export function changedPaths(before, after) {
  const paths = new Set();
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(path), after.get(path)];
    if (!one || !other || Object.keys(PARTS).some((part) => one[part] !== other[part])) paths.add(path);
  }
  return paths;
}

/** Is the path one of these, above or below one? */
export function touches(paths, path) {
  for (const one of paths) if (one === path || one.startsWith(`${path}/`) || path.startsWith(`${one}/`)) return true;
  return false;
}
