/** Something that must not be: which oracle says so, and what it saw. */
export class Fault extends Error {
  constructor(oracle, lines) {
    super(oracle);
    this.oracle = oracle;
    this.lines = Array.isArray(lines) ? lines : lines.split("\n");
  }
}

/** Throws when there is anything to tell. */
export function expectNone(oracle, lines) {
  if (lines.length > 0) throw new Fault(oracle, lines.slice(0, 20));
}

/** Of two texts, the lines that only one has. */
export function expectSame(oracle, want, have) {
  if (want === have) return;
  const [wanted, found] = [new Set(want.split("\n")), new Set(have.split("\n"))];
  throw new Fault(
    oracle,
    [
      ...[...wanted].filter((line) => !found.has(line)).map((line) => `- ${line}`),
      ...[...found].filter((line) => !wanted.has(line)).map((line) => `+ ${line}`),
    ].slice(0, 30),
  );
}
