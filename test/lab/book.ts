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

export class Book {
  readonly checks: Check[] = [];
  readonly figures: Figure[] = [];
  private readonly start = performance.now();
  private readonly begun: { name: string; title: string; at: number }[] = [];

  begin(name: string, title: string): void {
    this.begun.push({ name, title, at: this.seconds() });
    this.say(`== ${name}: ${title}`);
  }

  private get topic(): string {
    return this.begun.at(-1)?.name ?? "";
  }

  get topics(): readonly Topic[] {
    return this.begun.map(({ name, title, at }, index) => {
      const end = this.begun[index + 1]?.at ?? this.seconds();
      return { name, title, seconds: Math.round((end - at) * 100) / 100 };
    });
  }

  check(name: string, passed: boolean, seen = ""): boolean {
    this.checks.push({ topic: this.topic, name, passed, seen: seen.trim(), atSeconds: this.seconds() });
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
    this.figures.push({ topic: this.topic, name, value: rounded, unit });
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

  seconds(): number {
    return Math.round((performance.now() - this.start) / 10) / 100;
  }

  get failed(): readonly Check[] {
    return this.checks.filter((check) => !check.passed);
  }

  private say(text: string): void {
    process.stdout.write(`${this.seconds().toFixed(1).padStart(6)}s  ${text}\n`);
  }
}

function indent(text: string): string {
  const lines = text.split("\n");
  const shown = lines.length > 40 ? [...lines.slice(0, 40), `… ${lines.length - 40} more lines`] : lines;
  return shown.map((line) => `                 ${line}`).join("\n");
}
