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
