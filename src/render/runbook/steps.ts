/** Steps as a runbook has them: what is typed where, how it ends, what clients notice, and what to do where it does not go on. */
import type { Step } from "../../diff/order.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
import { stepText } from "../../diff/titles.ts";
import { verdictTitles } from "../../diff/verdict.ts";
import { type Advice, type Back, backOf, isProved, stopsOf, tipsOf } from "./advice.ts";
import { afterwardsOf, aligned, type CommandLine, commandsOf, questionsOf } from "./commands.ts";
import { type Effect, effectsOf, tellingStep } from "./effects.ts";
import { type HostBook, type NamedHost, names } from "./hosts.ts";

export interface StepView {
  readonly number: string;
  /** What is run; by hand where there is no script. */
  readonly title: readonly { readonly command: string }[];
  readonly byHand: boolean;
  readonly where: string;
  readonly why: string;
  /** Whether somebody has to say that the host can still be reached. */
  readonly confirms: boolean;
  /** Whether the scripts are those of the former folder. */
  readonly former: boolean;
  /** Whether the new scripts prove after it that what both describe is still in force. */
  readonly proved: boolean;
  readonly effects: readonly Effect[];
  /** Whether an effect is not known. */
  readonly unknown: boolean;
  readonly awaited: boolean;
  readonly tips: readonly Advice[];
  /** Whether clients notice nothing, as far as is known. */
  readonly quiet: boolean;
  readonly first: readonly HostView[];
  /** Whether the others wait for the first. */
  readonly one: boolean;
  readonly others: readonly HostView[];
  /** Too many for commands of their own: these are to be ticked, with the commands of the first. */
  readonly many: readonly (NamedHost & { readonly shown: string })[];
  readonly stops: readonly Advice[];
  readonly back: readonly Back[];
}

interface HostView {
  readonly shown: string;
  /** Whether its script says how to go back, which is to be noted. */
  readonly noted: boolean;
  readonly commands: readonly { readonly text: string }[];
  /** What is typed in a new session. */
  readonly afterwards: readonly { readonly text: string }[];
}

/** So many hosts of a step have their own commands. */
const mostWithCommands = 8;

/**
 * @param groups what changes; null: everything is new, and nobody is served yet
 */
export function stepViews(
  steps: readonly Step[],
  groups: readonly ToldGroup[] | null,
  book: HostBook,
): readonly StepView[] {
  const telling = tellingStep(steps);
  const isAsked = asksFirst(steps);
  return steps.map((step, index) => {
    const { command, former } = stepText(step);
    const effects = groups === null ? [] : effectsOf(step, groups, step === telling);
    const hosts = step.hosts.map((name) => hostView(step, book(name), isAsked));
    const isAwaited = (step.awaited ?? []).length > 0;
    const hasMany = hosts.length > mostWithCommands;
    return {
      number: String(index + 1),
      title: command === null ? [] : [{ command: command.replace(/^bash /, "") }],
      byHand: command === null,
      where: names(step.hosts),
      why: `${step.why.charAt(0).toUpperCase()}${step.why.slice(1)}`,
      confirms: step.script === "director.sh" && step.action === "apply",
      former,
      proved: isProved(step),
      effects,
      unknown: effects.some(({ verdict }) => verdict === verdictTitles["not-classified"]),
      awaited: isAwaited,
      tips: groups === null || step !== telling ? [] : tipsOf(groups),
      quiet: groups !== null && effects.length === 0 && !isAwaited,
      first: hosts.slice(0, 1),
      one: hosts.length > 1 && step.script === "realserver.sh",
      others: hasMany ? [] : hosts.slice(1),
      many: hasMany ? step.hosts.slice(1).map((name) => ({ ...book(name), shown: shown(book(name)) })) : [],
      stops: stopsOf(step, steps.slice(index + 1)),
      back: backOf(steps.slice(0, index + 1)),
    };
  });
}

/** Where clients wait from one step to the next, all that asks is typed before the first of them. */
function asksFirst(steps: readonly Step[]): boolean {
  return steps.some(({ awaited = [] }) => awaited.length > 0);
}

/** That, host by host; none where each step asks for itself. */
export function questionViews(steps: readonly Step[], book: HostBook): readonly HostView[] {
  if (!asksFirst(steps)) return [];
  const hosts = [...new Set(steps.flatMap(({ action, hosts: all }) => (action === "apply" ? all : [])))];
  return hosts.map((name, index) => {
    const lines = steps.filter(({ hosts: all }) => all.includes(name)).flatMap((step) => questionsOf(step, name));
    const once = lines.filter(({ command }, index) => lines.findIndex((one) => one.command === command) === index);
    // Of many the first has the commands.
    const isShown = index === 0 || hosts.length <= mostWithCommands;
    return { ...viewOf(isShown ? once : [], []), shown: shown(book(name)), noted: false };
  });
}

function hostView(step: Step, host: NamedHost, isAsked: boolean): HostView {
  const questions = isAsked ? [] : questionsOf(step, host.name);
  const commands = [...questions, ...commandsOf(step, host.name)];
  return { ...viewOf(commands, afterwardsOf(step, host.name)), shown: shown(host), noted: step.action === "apply" };
}

function viewOf(commands: readonly CommandLine[], afterwards: readonly CommandLine[]) {
  const lines = aligned([...commands, ...afterwards]);
  return { commands: lines.slice(0, commands.length), afterwards: lines.slice(commands.length) };
}

function shown({ name, about }: NamedHost): string {
  return about === "" ? name : `${name} (${about})`;
}
