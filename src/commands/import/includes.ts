/** Files that an input includes: read where they lie beside it or below, never elsewhere. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";
import type { FileAccess } from "../../import/index.ts";
import { readText } from "./inputs.ts";

const mostMatches = 1000;
/** Names that are looked at for one pattern. */
const mostLooked = 8192;
const outside = "it lies outside of the folder of the file that is imported";
const mostBytes = 16 * 1024 * 1024;

/** @param named what the command line names: a file's folder and a folder itself may be read */
export function includesBeside(named: readonly string[]): FileAccess {
  const folders = named.filter((path) => path !== "-").map((path) => (isFolder(path) ? path : dirname(path)));
  const roots = [...new Set(folders.map(real))].filter((root) => root !== null);
  const isInside = (path: string): boolean => {
    const target = real(path);
    return (
      target !== null &&
      roots.some((root) => target === root || target.startsWith(root.endsWith(sep) ? root : root + sep))
    );
  };
  let left = mostBytes;
  return {
    find: (pattern, from) => {
      const refused = { refused: outside };
      const target = targetOf(pattern, from, named);
      const matches = braces(target).flatMap((one) => expand(one));
      const isRead = new Set(matches.filter(isInside));
      const inside = [...isRead];
      if (matches.length > 0 && inside.length === 0) return refused;
      // Nothing there: an absolute path of the host that the file is from, or a slip.
      if (matches.length === 0 && isAbsolute(pattern) && !isInside(dirname(target.replace(/[*?[{].*$/, ""))))
        return refused;
      inside.sort();
      const leftOut = [
        ...matches.filter((file) => !isRead.has(file)).map((file) => ({ file, reason: outside })),
        ...inside.slice(mostMatches).map((file) => ({ file, reason: `an include reads ${mostMatches} files at most` })),
      ];
      return leftOut.length === 0 ? inside : { files: inside.slice(0, mostMatches), leftOut };
    },
    read: (file) => {
      if (!isInside(file)) return null;
      const text = readText(file, left);
      if (typeof text !== "string") return null;
      left -= text.length;
      return text;
    },
  };
}

function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/**
 * An absolute pattern means the host that the file is from: what lies there beside `keepalived.conf`, in /etc/keepalived, lies
 * here beside the file that was named, or in the copy of the host's folders that it is in.
 */
function targetOf(pattern: string, from: string, named: readonly string[]): string {
  if (!isAbsolute(pattern)) return join(dirname(from), pattern);
  const copy = /^(.*[^/])\/(?:usr\/local\/)?etc\//.exec(from);
  if (copy !== null) return join(copy[1] ?? "", pattern);
  const [first = from] = named;
  const below = /^\/(?:usr\/local\/)?etc\/(?:keepalived|ha\.d|ldirectord)\/(.+)$/.exec(pattern);
  const here = isFolder(first) ? first : dirname(first);
  if (below !== null && real(here) !== "/etc/keepalived") return join(here, below[1] ?? "");
  return pattern;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** `{a,b}` as the shell has it, each alternative once. */
function braces(pattern: string): string[] {
  let patterns = [pattern];
  for (let round = 0; round < 8; round++) {
    const next = patterns.flatMap((one) => {
      const match = /^([^{}]*)\{([^{}]*)\}(.*)$/.exec(one);
      return match === null ? [one] : (match[2] ?? "").split(",").map((choice) => `${match[1]}${choice}${match[3]}`);
    });
    if (next.length === patterns.length || next.length > 64) break;
    patterns = next;
  }
  return patterns;
}

function expand(pattern: string): string[] {
  const parts = pattern.split("/");
  let paths = [isAbsolute(pattern) ? "/" : "."];
  for (const [index, part] of parts.entries()) {
    if (part === "" || part === ".") continue;
    const isLast = index === parts.length - 1;
    paths = paths
      .flatMap((path) => (/[*?[]/.test(part) ? matching(path, part) : [join(path, part)]))
      .slice(0, mostLooked);
    if (isLast) paths = paths.filter(isFile);
  }
  return paths;
}

function matching(directory: string, part: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => (part.startsWith(".") || !name.startsWith(".")) && fits(name, part))
      .sort()
      .map((name) => join(directory, name));
  } catch {
    return [];
  }
}

/** `*`, `?` and `[…]`, in time that grows with both lengths alone. */
function fits(name: string, pattern: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < name.length) {
    const set = /^\[(!|\^)?([^\]]+)\]/.exec(pattern.slice(at));
    const character = name.charAt(from);
    if (pattern[at] === "*") {
      star = at++;
      mark = from;
    } else if (set !== null && inSet(character, set[2] ?? "") !== (set[1] !== undefined)) {
      at += set[0].length;
      from++;
    } else if (set === null && (pattern[at] === "?" || pattern[at] === character)) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

function inSet(character: string, set: string): boolean {
  for (let index = 0; index < set.length; index++) {
    if (set[index + 1] === "-" && index + 2 < set.length) {
      if (set.charAt(index) <= character && character <= set.charAt(index + 2)) return true;
      index += 2;
    } else if (set[index] === character) return true;
  }
  return false;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
