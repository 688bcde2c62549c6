/** `~SEQ(VAR, START, STEP, END) LINE` and `~LST(VAR, VALUES) LINE`: a line for each value. */

export interface Sequence {
  /** The values of each round, by variable. */
  readonly rounds: readonly ReadonlyMap<string, string>[];
  readonly rest: string;
}

/** More than that is a slip, or an attack. */
const mostRounds = 4096;

export function isSequence(text: string): boolean {
  return text.startsWith("~SEQ") || text.startsWith("~LST");
}

/** Null where the parser of keepalived would not take it either, or where it has no end. */
export function readSequence(text: string): Sequence | null {
  return text.startsWith("~SEQ") ? readNumbers(text) : readList(text);
}

function readNumbers(text: string): Sequence | null {
  const match = /^~SEQ(x?)[ \t]*\([ \t]*(\w+)[ \t]*,([^()]*)\)[ \t]*(.*)$/.exec(text);
  if (match === null) return null;
  const numbers = (match[3] ?? "").split(",").map((part) => part.trim());
  if (numbers.length > 3 || numbers.some((part) => !/^-?(?:0x[0-9a-f]{1,8}|[0-9]{1,10})$/i.test(part))) return null;
  const [one = 0, two, three] = numbers.map(numberOf);
  let [start, step, end] = [one, two ?? 0, three ?? 0];
  if (two === undefined) [start, step, end] = [one < 0 ? -1 : 1, one < 1 ? -1 : 1, one];
  else if (three === undefined) [start, step, end] = [one, one <= two ? 1 : -1, two];
  if (step === 0 || (start < end && step < 0) || (start > end && step > 0)) return null;
  const isHex = match[1] === "x";
  if ((isHex && (start < 0 || end < 0)) || Math.abs(end - start) / Math.abs(step) > mostRounds) return null;
  const rounds: ReadonlyMap<string, string>[] = [];
  for (let value = start; step > 0 ? value <= end : value >= end; value += step)
    rounds.push(new Map([[match[2] ?? "", value.toString(isHex ? 16 : 10)]]));
  return { rounds, rest: match[4] ?? "" };
}

/** As strtol(3) with base 0: hexadecimal, octal, decimal. */
function numberOf(text: string): number {
  const digits = text.replace("-", "");
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return text.startsWith("-") ? -value : value;
}

/** `~LST(A, 1, 2)`, `~LST({A, B}, {1, x}, {2, y})`. */
function readList(text: string): Sequence | null {
  const match = /^~LST[ \t]*\(([^()]*)\)[ \t]*(.*)$/.exec(text);
  const groups = match === null ? [] : groupsOf(match[1] ?? "");
  const [names, ...values] = groups;
  if (names === undefined || values.length === 0 || values.length > mostRounds) return null;
  if (names.some((name) => !/^\w+$/.test(name)) || values.some((group) => group.length > names.length)) return null;
  const rounds = values.map((group) => new Map(names.map((name, index) => [name, group[index] ?? ""])));
  return { rounds, rest: match?.[2] ?? "" };
}

function groupsOf(text: string): string[][] {
  return Array.from(text.matchAll(/\{([^{}]*)\}|[^,{}]+/g))
    .map((match) => (match[1] ?? match[0]).split(",").map((part) => part.trim()))
    .filter((group) => group.length > 1 || group[0] !== "");
}
