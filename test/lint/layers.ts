// Which file of the shell runtime calls which, and whether its layer may. The layers are in templates/runtime/README.md.
import { mask } from "./mask.ts";

export interface RuntimeFile {
  /** Below `templates/runtime/`. */
  readonly path: string;
  readonly text: string;
}

export interface Call {
  readonly from: string;
  readonly to: string;
  readonly name: string;
}

/** What may stand between the begin of a line and a command: the end of another, a word like `if`, assignments. */
const BEFORE_COMMAND = /(?:^|[;&|({!)]|(?:^|\s)(?:do|then|else|elif|if|while|until|time)\s)\s*(?:\w+=[^\s;&|()]*\s+)*$/;

/** Engine files that facts may call as well: they say and split things, and change nothing. */
const GROUND: ReadonlySet<string> = new Set(["engine/text.sh", "engine/words.sh", "engine/output.sh"]);

/** What of these changes something. */
const CHANGES: ReadonlySet<string> = new Set(["run", "run_as", "try"]);

/** What every program has of its own, and `engine/program.sh` and `engine/program-end.sh` call in it. */
const OF_EACH_PROGRAM: ReadonlySet<string> = new Set(["introduce", "conclude", "program", "ended"]);

/** The functions that a file defines. */
export function definitions(code: string): readonly string[] {
  return [...code.matchAll(/^([a-z_][a-z_0-9]*)\(\)/gm)].map(([, name = ""]) => name);
}

/** Names at places where a command stands. Functions that are called by a name put together (`"${kind}_set"`) are not seen. */
export function commandNames(code: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { 1: name = "", index } of code.matchAll(/(?<![\w$.{/=*-])([a-z_][a-z_0-9]*)(?=[\s;&|)]|$)/gm)) {
    const before = code.slice(code.lastIndexOf("\n", index - 1) + 1, index);
    // `name)` is a pattern of a `case`, unless it was opened.
    if (code[index + name.length] === ")" && !/\([^()]*$/.test(before)) continue;
    if (BEFORE_COMMAND.test(before)) names.add(name);
  }
  return names;
}

/** The calls from one file of a program to another, each once. Throws where two of its files define the same function. */
export function callsAcross(files: readonly RuntimeFile[]): readonly Call[] {
  const home = new Map<string, string>();
  const codes = files.map(({ path, text }) => ({ path, code: mask(text).code }));
  for (const { path, code } of codes) {
    for (const name of definitions(code)) {
      const other = home.get(name);
      if (other !== undefined) throw new Error(`${name} is defined in ${other} and in ${path}`);
      home.set(name, path);
    }
  }
  return codes.flatMap(({ path: from, code }) =>
    [...commandNames(code)].flatMap((name) => {
      const to = home.get(name);
      return to === undefined || to === from ? [] : [{ from, to, name }];
    }),
  );
}

/** May a file call that function by its layer? */
export function isAllowed({ from, to, name }: Call): boolean {
  if (/^engine\/program(-end)?\.sh$/.test(from) && OF_EACH_PROGRAM.has(name)) return true;
  const [layer, other] = [layerOf(from), layerOf(to)];
  switch (layer) {
    case "programs":
      return true;
    case "kinds":
      return other === "engine" || other === "facts" || (other === "kinds" && kindOf(from) === kindOf(to));
    case "engine":
      return other === "engine" || other === "facts";
    default:
      return other === "facts" || (GROUND.has(to) && !CHANGES.has(name));
  }
}

function layerOf(path: string): string {
  return path.slice(0, path.indexOf("/"));
}

/** `service` of `kinds/service-edits.sh`. */
function kindOf(path: string): string {
  return path.replace(/^kinds\//, "").replace(/[-.].*$/, "");
}
