import { type Answers, type ListKey, pathClash } from "./answers.ts";
import type { Judge } from "./judge.ts";
import { Ended, type Prompts } from "./prompts.ts";
import { plainText, quotedNear, value, wordsOf } from "./read.ts";
import { type ChoiceStep, type HostsStep, type Step, steps, type TextStep } from "./steps.ts";

export interface Asked {
  /** Whether all questions were answered; if not, somebody ended them. */
  readonly isComplete: boolean;
  /** What was answered, by options or by the person. */
  readonly answers: Partial<Answers>;
  /** Lists with hosts in them that nobody has said the end of. */
  readonly open: readonly ListKey[];
}

/** The answer that leads to the question before. */
const back = "<";

/**
 * Asks in the terminal for what is still open. Every answer is judged at once, those of the options too, and asked for again with the
 * reason where it cannot work. What builds and may still not be meant is kept, and warned of.
 *
 * @param open lists that are asked on, with what `known` has of them
 */
export async function ask(
  known: Partial<Answers>,
  judge: Judge,
  prompts: Prompts,
  open: readonly ListKey[] = [],
): Promise<Asked> {
  prompts.open("A first description of an LVS cluster", "Enter takes what is shown, < goes back, Ctrl-C ends.");
  const questions = new Questions(known, open, judge, prompts);
  try {
    await questions.run();
    prompts.close("That is all it takes.");
    return { isComplete: true, answers: questions.before(steps.length), open: [] };
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    prompts.leave("Ended. Nothing was written.");
    return { isComplete: false, answers: questions.before(steps.length), open: questions.open };
  }
}

/** `back`: to the question before. */
type Outcome = "answered" | "back";

class Questions {
  /** Everything that was answered, what stands behind a question that one went back to included. */
  #all: Partial<Answers>;
  readonly #options: Set<keyof Answers>;
  /** Lists that were begun, and not ended. */
  readonly #open: Set<ListKey>;
  /** Why the last answer was refused. */
  #reason = "";
  /** What Enter takes in place of an answer that was refused. */
  #proposed: string | null = null;
  readonly #judge: Judge;
  readonly #prompts: Prompts;

  constructor(known: Partial<Answers>, open: readonly ListKey[], judge: Judge, prompts: Prompts) {
    this.#all = { ...known };
    this.#options = new Set(Object.keys(known) as (keyof Answers)[]);
    this.#open = new Set(open);
    this.#judge = judge;
    this.#prompts = prompts;
  }

  get open(): readonly ListKey[] {
    return [...this.#open].filter((key) => (this.#all[key] ?? []).length > 0);
  }

  /** The answers to the questions before this one. */
  before(index: number): Partial<Answers> {
    let answers: Partial<Answers> = {};
    for (const { key, applies } of steps.slice(0, index))
      if (this.#all[key] !== undefined && (this.#options.has(key) || applies?.(answers) !== false))
        answers = { ...answers, [key]: this.#all[key] };
    return answers;
  }

  async run(): Promise<void> {
    const asked: number[] = [];
    for (let index = 0; index < steps.length; ) {
      const step = steps[index] as Step;
      const isOpen = !(await this.#isGiven(step, index)) && step.applies?.(this.before(index)) !== false;
      if (isOpen && (await this.#ask(step, index)) === "back") {
        const former = asked.pop();
        if (former === undefined) this.#prompts.refuse("This is the first question.");
        index = former ?? index;
        continue;
      }
      if (isOpen) asked.push(index);
      index++;
    }
  }

  /** Whether an option answers it, all of it, and can work. */
  async #isGiven({ key }: Step, index: number): Promise<boolean> {
    if (!this.#options.has(key)) return false;
    const before = this.before(index);
    const { reason, warnings } = await this.#judge({ ...before, [key]: this.#all[key] });
    if (reason === null && !this.#open.has(key as ListKey)) {
      await this.#warn(warnings, before);
      return true;
    }
    // From here on it is the person's, who can go back to it.
    this.#options.delete(key);
    if (reason === null) return false;
    this.#prompts.refuse(reason);
    delete this.#all[key];
    return false;
  }

  async #ask(step: Step, index: number): Promise<Outcome> {
    for (;;) {
      const outcome = await this.#once(step, this.before(index));
      if (outcome !== "again") return outcome;
    }
  }

  #once(step: Step, before: Partial<Answers>): Promise<Outcome | "again"> {
    switch (step.kind) {
      case "text":
        return this.#text(step, before);
      case "choice":
        return this.#choice(step, before);
      case "hosts":
        return this.#hosts(step, before);
    }
  }

  async #text(step: TextStep, before: Partial<Answers>): Promise<Outcome | "again"> {
    const usual = this.#proposed ?? step.text(this.#all) ?? step.usual(before);
    const text = plainText(await this.#prompts.text(step.question(before), usual)) || (usual ?? "");
    this.#proposed = null;
    if (text === back) return "back";
    if (text === "") return this.#again("An answer is needed.");
    const read = step.read(text, this.#all);
    if (read.kind === "wrong") return this.#again(read.message);
    const outcome = await this.#take(before, read.value);
    if (outcome === "again") this.#proposed = await this.#proposal(step, text, before);
    return outcome;
  }

  /** What the reason for which an answer was refused says to write instead, where that can work. */
  async #proposal(step: TextStep, text: string, before: Partial<Answers>): Promise<string | null> {
    const meant = quotedNear(this.#reason, text);
    const read = meant === null ? null : step.read(meant, this.#all);
    if (read?.kind !== "value") return null;
    return (await this.#judge({ ...before, ...read.value })).reason === null ? meant : null;
  }

  async #choice(step: ChoiceStep, before: Partial<Answers>): Promise<Outcome | "again"> {
    const choices = [...step.choices(before), { value: back, meaning: "back" }];
    const former = this.#all[step.key];
    const usual = choices.some(({ value }) => value === former) ? (former ?? null) : step.usual;
    const answer = await this.#prompts.choose(step.question, choices, usual);
    return answer === back ? "back" : this.#take(before, { [step.key]: answer });
  }

  /** One line of it; `back` takes the last host back, and leads on where there is none. */
  async #hosts(step: HostsStep, before: Partial<Answers>): Promise<Outcome | "again"> {
    const soFar = this.#all[step.key] ?? [];
    const answers = { ...this.#all, [step.key]: soFar };
    this.#open.add(step.key);
    const text = plainText(await this.#prompts.text(step.question(answers, soFar.length), null));
    if (text === back) {
      if (soFar.length === 0) {
        // Nobody has said that there are none.
        delete this.#all[step.key];
        return "back";
      }
      const gone = soFar.at(-1);
      this.#all = { ...this.#all, [step.key]: soFar.slice(0, -1) };
      return this.#again(`${gone?.name}=${gone?.cidr} is taken back.`);
    }
    const read = text === "" ? value([]) : step.read(text, answers);
    const note = wordsOf(text).length > 1 ? "\nNothing of this line was taken." : "";
    if (read.kind === "wrong") return this.#again(`${read.message}${note}`);
    if (read.value.length > 0) {
      // What is still to come may be what a warning asks for.
      await this.#take(before, { [step.key]: [...soFar, ...read.value] }, { isSilent: true, note });
      return "again";
    }
    if (soFar.length < step.least) return this.#again("One is needed at least.");
    // What was answered before it may have changed since.
    const outcome = await this.#take(before, { [step.key]: soFar });
    if (outcome === "answered") this.#open.delete(step.key);
    return outcome;
  }

  async #take(
    before: Partial<Answers>,
    answer: Partial<Answers>,
    { isSilent = false, note = "" }: { readonly isSilent?: boolean; readonly note?: string } = {},
  ): Promise<"answered" | "again"> {
    const given = this.#options.has("checkPath") ? { checkPath: this.#all.checkPath ?? null } : {};
    const clash = pathClash({ ...given, ...answer });
    if (clash !== null) return this.#again(clash);
    const { reason, warnings } = await this.#judge({ ...before, ...answer });
    if (reason !== null) return this.#again(`${reason}${note}`);
    this.#all = { ...this.#all, ...answer };
    if (!isSilent) await this.#warn(warnings, before, "It is kept; < leads back to it.");
    return "answered";
  }

  /** Tells the warnings that an answer brings, and what may be done about it. */
  async #warn(warnings: readonly string[], before: Partial<Answers>, choice: string | null = null): Promise<void> {
    if (warnings.length === 0) return;
    const { warnings: known } = await this.#judge(before);
    for (const warning of warnings)
      if (!known.includes(warning)) this.#prompts.warn(choice === null ? warning : `${warning}\n${choice}`);
  }

  #again(reason: string): "again" {
    this.#reason = reason;
    this.#prompts.refuse(reason);
    return "again";
  }
}
