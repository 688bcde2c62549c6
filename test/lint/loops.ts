// Counted loops whose counter a function that they call sets: a variable of bash is seen, and set, by every function that is called while it
// stands (dynamic scope), so a counter that has the name of what another function gives back ends its loop, or never does.
import { commandNames } from "./layers.ts";
import { mask } from "./mask.ts";

/** `drop_leftovers: at, set by drop_leftover` */
export interface Clobbered {
  readonly function: string;
  readonly counter: string;
  readonly by: string;
}

interface Known {
  readonly code: string;
  readonly text: string;
  readonly locals: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
  /** What it sets in its callers, by itself or by what it calls. */
  readonly sets: Set<string>;
}

const FUNCTION = /^([a-z_]\w*)\(\) \{(.*?)(?:\n\}| \})$/gms;
const LOCAL = /\blocal\b([^\n;]*)/g;
const COUNTED = /\bfor \(\((\w+) = /g;

/** Functions that are called by a name put together: `"${kind}_set"`, of every kind. */
const HOOK = /"\$\{?\w+(?:\[[^\]]*\])*\}?_([a-z_]+)"/g;

/** Counters of a program's loops that do not keep their value. The texts are those of its files. */
export function clobberedCounters(texts: readonly string[]): readonly Clobbered[] {
  const functions = readFunctions(texts.join("\n"));
  spread(functions);
  return [...functions].flatMap(([name, { code, text }]) =>
    [...code.matchAll(COUNTED)].flatMap(({ 1: counter = "", index }) => {
      const body = bodyOf(code, index);
      const called = callsIn(body, text.slice(index, index + body.length), functions);
      return [...called]
        .filter((other) => other !== name && functions.get(other)?.sets.has(counter))
        .map((by) => ({ function: name, counter, by }));
    }),
  );
}

function readFunctions(text: string): ReadonlyMap<string, Known> {
  const { code } = mask(text);
  const bodies = [...code.matchAll(FUNCTION)].map(({ 0: whole, 1: name = "", index }) => ({
    name,
    code: whole,
    text: text.slice(index, index + whole.length),
  }));
  const names = new Map(bodies.map(({ name }) => [name, null]));
  return new Map(
    bodies.map(({ name, code: body, text: own }) => {
      const locals = new Set([...body.matchAll(LOCAL)].flatMap(([, words = ""]) => localNames(words)));
      const sets = new Set(assigned(body.replaceAll(LOCAL, "")).filter((one) => !locals.has(one)));
      return [name, { code: body, text: own, locals, calls: callsIn(body, own, names), sets }];
    }),
  );
}

function localNames(words: string): string[] {
  return [...words.matchAll(/(?:^|\s)([a-z_]\w*)(?==|\s|$)/g)].map(([, name = ""]) => name);
}

function assigned(code: string): string[] {
  const plain = [...code.matchAll(/(?:^|[\s;({])([a-z_]\w*)(?:\[[^\]\n]*\])?\+?=(?!=)/gm)].map(([, name = ""]) => name);
  const loops = [...code.matchAll(/\bfor (?:\(\()?([a-z_]\w*)\b/g)].map(([, name = ""]) => name);
  const printed = [...code.matchAll(/\bprintf -v ([a-z_]\w*)/g)].map(([, name = ""]) => name);
  const read = [...code.matchAll(/\b(?:read|mapfile)((?: -\w+(?: [^a-z\s]\S*)?)*)((?: [a-z_]\w*)+)/g)].flatMap(
    ([, , words = ""]) => words.trim().split(" "),
  );
  return [...plain, ...loops, ...printed, ...read];
}

function callsIn(code: string, text: string, functions: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const direct = [...commandNames(code)].filter((name) => functions.has(name));
  const hooks = new Set([...text.matchAll(HOOK)].map(([, hook = ""]) => `_${hook}`));
  const meant =
    hooks.size === 0 ? [] : [...functions.keys()].filter((name) => hooks.has(name.replace(/^[a-z0-9]+/, "")));
  return new Set([...direct, ...meant]);
}

/** What is called sets what its caller has not made its own. */
function spread(functions: ReadonlyMap<string, Known>): void {
  for (let grown = true; grown; ) {
    grown = false;
    for (const { calls, sets, locals } of functions.values()) {
      const before = sets.size;
      for (const name of calls) for (const one of functions.get(name)?.sets ?? []) if (!locals.has(one)) sets.add(one);
      grown ||= sets.size > before;
    }
  }
}

/** From a loop to its `done`: on its line, or on the first that is set in as far. */
function bodyOf(code: string, index: number): string {
  const begin = code.lastIndexOf("\n", index) + 1;
  const line = code.slice(index, code.indexOf("\n", index));
  if (/\bdone\b/.test(line)) return line;
  const indent = /^\s*/.exec(code.slice(begin, index + 1))?.[0] ?? "";
  const end = code.indexOf(`\n${indent}done`, index);
  return code.slice(index, end === -1 ? undefined : end);
}
