// Reads TAP as it comes, by tap-parser: how many tests passed, failed and were left out so far, and what is said about those that failed.
import { Parser } from "tap-parser";

export class TapReader {
  passed = 0;
  failed = 0;
  leftOut = 0;
  /** Of those that failed, how many said so themselves: others ended before they could, and what is known of it stands elsewhere. */
  named = 0;
  /** Text for people: the line of each failed test and the comments after it. */
  failures = [];
  #parser = new Parser();
  #commenting;
  #final;

  constructor() {
    this.#parser.on("assert", (test) => this.#take(test));
    this.#parser.on("comment", (comment) => this.#commenting?.push(comment.trimEnd()));
    this.#parser.on("complete", (final) => {
      this.#final = final;
    });
  }

  #take({ ok, name, id, skip }) {
    this.#commenting = undefined;
    if (skip) this.leftOut += 1;
    else if (ok) this.passed += 1;
    else {
      this.failed += 1;
      this.named += 1;
      this.#commenting = [`not ok ${id ? `${id} ` : ""}- ${name}`];
      this.failures.push(this.#commenting);
    }
  }

  write(text) {
    this.#parser.write(text);
  }

  /** The end of the stream: tests that were planned and did not report, or a plan that never came, are failures too. */
  end() {
    this.#parser.end();
    const { count, plan, bailout } = this.#final;
    this.#commenting = undefined;
    const fail = (number, what) => {
      this.failed += number;
      this.failures.push([what]);
    };
    if (bailout) fail(1, `Bail out! ${bailout === true ? "" : bailout}`);
    else if (count === 0) fail(plan.end || 1, "no test reported");
    else if (plan.end === null) fail(1, "the stream ends without a plan: something ended before its time");
    else if (plan.end > count) fail(plan.end - count, `${plan.end - count} planned tests did not report`);
    else if (plan.end < count) fail(1, `${count} tests reported, ${plan.end} planned`);
    const { passed, failed, leftOut } = this;
    return { passed, failed, leftOut, failures: this.failures.map((lines) => lines.join("\n")) };
  }
}

export function readTap(text) {
  const reader = new TapReader();
  reader.write(text);
  return reader.end();
}
