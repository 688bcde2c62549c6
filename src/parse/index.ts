import type { LocatedDiagnostic, Part, Position } from "../diagnostics/index.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { parent, tokens } from "../pointer.ts";
import { readJson } from "./json.ts";
import { positionFinder } from "./position.ts";
import { parseOnce, type Repeated } from "./repeats.ts";
import { countKeys, scan } from "./scan.ts";
import {
  type Duplicate,
  nodeFinder,
  plainValue,
  type Reading,
  type Span,
  type SyntaxProblem,
  type TreeNode,
} from "./tree.ts";

/** Deeper than any description nests, and far from what would exhaust the stack. */
const maxDepth = 100;

/** A description as a value, with the place of everything in it. */
export interface Document {
  /** Lists that say the same may be one object, and what an alias of YAML stands for is. */
  readonly value: unknown;
  /**
   * Where the value of a pointer stands, or its key (of a list's item: the item itself). Of a pointer to
   * nothing, the nearest thing around it is shown. The text is read for places when the first is asked for.
   */
  locate(pointer: string, part: Part): Position;
}

export interface Parsed {
  /** Null when the text cannot be understood. */
  readonly document: Document | null;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/**
 * Reads a description: JSON with comments and trailing commas, or YAML 1.2 when the name of the file ends in
 * `.yaml` or `.yml`. Keys that stand twice are always found.
 *
 * @param file name of the file, for diagnostics and the choice of the language; it is not read
 */
export async function parse(text: string, file: string): Promise<Parsed> {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const position = positionFinder(content);
  if (/\.ya?ml$/i.test(file)) {
    const { readYaml } = await import("./yaml.ts");
    return fromReading(readYaml(content, maxDepth), file, position);
  }
  return parseJson(content, file, position);
}

type FindPosition = (span: Span) => Position;

function parseJson(text: string, file: string, position: FindPosition): Parsed {
  const { keys, tooDeep, repeated } = scan(text, maxDepth);
  if (tooDeep !== null) {
    const problem: SyntaxProblem = {
      code: "NESTED_TOO_DEEP",
      span: { start: tooDeep, end: tooDeep + 1 },
      message: "this is nested deeper than any description",
      hint: "close the brackets that are open",
    };
    return fromReading({ root: null, problems: [problem], duplicates: [] }, file, position);
  }
  const shared = new Set<unknown>();
  const value = parseNatively(text, repeated, shared);
  // A key that stands twice is once in the value: where the numbers agree, there is none.
  if (value === undefined || countKeys(value, shared) !== keys) return fromReading(readJson(text), file, position);
  return { document: { value, locate: locator(() => readJson(text).root, position) }, diagnostics: [] };
}

/** The engine's own parser is many times faster; what it refuses may still be JSON with comments. */
function parseNatively(text: string, repeated: readonly Repeated[], shared: Set<unknown>): unknown {
  try {
    return parseOnce(text, repeated, shared);
  } catch {
    return undefined;
  }
}

function fromReading({ root, problems, duplicates }: Reading, file: string, position: FindPosition): Parsed {
  const diagnostics = [
    ...problems.map((problem) => fromProblem(problem, file, position)),
    ...duplicates.map((duplicate) => fromDuplicate(duplicate, file, position)),
  ];
  if (root !== null)
    return { document: { value: plainValue(root), locate: locator(() => root, position) }, diagnostics };
  if (diagnostics.length > 0) return { document: null, diagnostics };
  const empty = diagnostic("EMPTY_FILE", {
    pointer: "",
    message: "the description is empty",
    hint: "`lvsgen init` writes a commented description to start from",
  });
  return { document: null, diagnostics: [{ ...empty, file, line: 1, column: 1, length: 1, related: [] }] };
}

function fromProblem(
  { code, span, message, hint }: SyntaxProblem,
  file: string,
  position: FindPosition,
): LocatedDiagnostic {
  return { ...diagnostic(code, { pointer: "", message, hint }), file, ...position(span), related: [] };
}

function fromDuplicate({ pointer, first, second }: Duplicate, file: string, position: FindPosition): LocatedDiagnostic {
  const found = diagnostic("DUPLICATE_KEY", {
    pointer,
    message: `the key ${JSON.stringify(tokens(pointer).at(-1))} stands twice in one object`,
    hint: "keep one of the two; only the last would count",
  });
  return { ...found, file, ...position(second), related: [{ pointer, message: "the first one", ...position(first) }] };
}

function locator(readRoot: () => TreeNode | null, position: FindPosition): Document["locate"] {
  let find: ((pointer: string) => TreeNode | null) | null = null;
  return (pointer, part) => {
    if (find === null) {
      const root = readRoot();
      find = root === null ? () => null : nodeFinder(root);
    }
    let node = find(pointer);
    let wanted = part;
    for (let around = pointer; node === null && around !== ""; ) {
      around = parent(around);
      node = find(around);
      wanted = "key";
    }
    if (node === null) return position({ start: 0, end: 1 });
    return position(wanted === "key" && node.key !== null ? node.key : node);
  };
}
