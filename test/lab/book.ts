/** What was proved: named checks by topic, and figures beside them. */

export interface Check {
  readonly topic: string;
  readonly name: string;
  readonly passed: boolean;
  /** What was seen; empty where the name says it all. */
  readonly seen: string;
  /** Since the run began. */
  readonly atSeconds: number;
}

export interface Figure {
  readonly topic: string;
  readonly name: string;
  readonly value: number;
  /** `requests`, `s`, … */
  readonly unit: string;
}

export interface Topic {
  readonly name: string;
  readonly title: string;
  /** How long it took, once it is over. */
  readonly seconds: number;
}

/** All topics of a run, each with a chapter of its own; several may be written at a time. */
export class Book {
  readonly checks: Check[] = [];
  readonly figures: Figure[] = [];
  private readonly start = performance.now();
  private readonly chapters: Chapter[] = [];

  begin(name: string, title: string): Chapter {
    const chapter = new Chapter(this, name, title);
    this.chapters.push(chapter);
    return chapter;
  }

  get topics(): readonly Topic[] {
    return this.chapters.map(({ name, title, seconds }) => ({ name, title, seconds }));
  }

  seconds(): number {
    return Math.round((performance.now() - this.start) / 10) / 100;
  }

  get failed(): readonly Check[] {
    return this.checks.filter((check) => !check.passed);
  }
}

/** What is written about one topic, and said at once. */
export class Chapter {
  private readonly begun: number;
  private ended: number | null = null;

  constructor(
    private readonly book: Book,
    readonly name: string,
    readonly title: string,
  ) {
    this.begun = book.seconds();
    this.say(`== ${title}`);
  }

  end(): void {
    this.ended = this.book.seconds();
  }

  get seconds(): number {
    return Math.round(((this.ended ?? this.book.seconds()) - this.begun) * 100) / 100;
  }

  get failed(): boolean {
    return this.book.failed.some(({ topic }) => topic === this.name);
  }

  check(name: string, passed: boolean, seen = ""): boolean {
    this.book.checks.push({ topic: this.name, name, passed, seen: seen.trim(), atSeconds: this.book.seconds() });
    this.say(`${passed ? "ok  " : "FAIL"}  ${name}${passed || seen.trim() === "" ? "" : `\n${indent(seen.trim())}`}`);
    return passed;
  }

  /** A check that shows both sides when they differ. */
  equal(name: string, actual: string | number, expected: string | number): boolean {
    return this.check(
      name,
      actual === expected,
      actual === expected ? "" : `expected: ${expected}\nactual:   ${actual}`,
    );
  }

  figure(name: string, value: number, unit: string): void {
    const rounded = Math.round(value * 100) / 100;
    this.book.figures.push({ topic: this.name, name, value: rounded, unit });
    this.say(`      ${name}: ${rounded} ${unit}`);
  }

  /** Does something and notes how long it took. */
  async timed<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.figure(name, (performance.now() - start) / 1000, "s");
    return result;
  }

  note(text: string): void {
    this.say(`      ${text}`);
  }

  private say(text: string): void {
    process.stdout.write(`${this.book.seconds().toFixed(1).padStart(6)}s  ${this.name.padEnd(12)}${text}\n`);
  }
}

function indent(text: string): string {
  const lines = text.split("\n");
  const shown = lines.length > 40 ? [...lines.slice(0, 40), `… ${lines.length - 40} more lines`] : lines;
  return shown.map((line) => `                 ${line}`).join("\n");
}
