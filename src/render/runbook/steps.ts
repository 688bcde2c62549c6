/** Steps as a runbook has them: what is typed where, how it ends, what clients notice, and what to do where it does not go on. */

import { installedBy, readdressedBy } from "../../diff/by-hand.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
import { holderFirst, type Step } from "../../diff/step.ts";
import { stepText } from "../../diff/titles.ts";
import { verdictTitles } from "../../diff/verdict.ts";
import type { Script } from "../../plan/script.ts";
import { type Advice, isProved, stopsOf, tipsOf } from "./advice.ts";
import { asksFirst } from "./asked.ts";
import { aroundHand, type Roles } from "./by-hand.ts";
import { afterwardsOf, commandsOf, confirmSeconds, type Manner, questionsOf, testedSeconds } from "./commands.ts";
import { type Effect, effectsOf, tellingStep } from "./effects.ts";
import { type HostView, mostWithCommands, shown, type Test, viewOf } from "./host-view.ts";
import { type HostBook, type NamedHost, names } from "./hosts.ts";
import type { Exchange } from "./method.ts";
import type { Page } from "./pages.ts";
import { bringsDefaultRoute } from "./routes.ts";
import { silentOnes } from "./silent.ts";
import { isNewHost, isWrapped, reroutedBy, toldChanges } from "./told.ts";
import { type Drained, type WayBack, wayBack } from "./way-back.ts";

export interface StepView {
  readonly number: string;
  /** What is run; by hand where there is no script. */
  readonly title: readonly { readonly command: string }[];
  readonly byHand: boolean;
  readonly where: string;
  readonly why: string;
  /** Whether somebody has to say that the host can still be reached. */
  readonly confirms: boolean;
  /** Seconds for that. */
  readonly seconds: string;
  /** Whether a later step has to be done before clients are served again. */
  readonly leaves: boolean;
  /** Whether the host's own way out changes by it. */
  readonly rerouted: boolean;
  /** Whether that leads nowhere before a later step. */
  readonly cutOff: boolean;
  /** Whether the scripts are those of the former folder. */
  readonly former: boolean;
  /** Whether several directors take over from each other meanwhile. */
  readonly rolling: boolean;
  /** Whether they must not, so that the one that has the virtual addresses is the first of them. */
  readonly holderFirst: boolean;
  /** Whether all of it goes from the host. */
  readonly takesOff: boolean;
  /** Whether the new scripts prove after it that what both describe is still in force. */
  readonly proved: boolean;
  readonly effects: readonly Effect[];
  /** Whether an effect is not known. */
  readonly unknown: boolean;
  readonly awaited: boolean;
  readonly tips: readonly Advice[];
  /** What shows that real servers that come serve what clients are to see. */
  readonly pages: readonly (Page & { readonly from: string })[];
  /** Whether clients notice nothing, as far as is known. */
  readonly quiet: boolean;
  /** With commands of their own; `next`: the others, which wait for the first. */
  readonly typed: readonly (HostView & { readonly next: boolean; readonly atOnce: boolean })[];
  /** Whether the others wait for the first. */
  readonly one: boolean;
  /** Too many for commands of their own: these are to be ticked, with the commands of the first. */
  readonly many: readonly (NamedHost & { readonly shown: string; readonly noted: boolean })[];
  readonly stops: readonly Advice[];
  readonly way: readonly WayBack[];
}

/** What is known of a change. */
export interface Known {
  readonly groups: readonly ToldGroup[];
  /** What going back does to connections, by the same words; null: not known. */
  readonly returning: readonly ToldGroup[] | null;
  /** Whether something takes a real server out that has died. */
  readonly isWatched: boolean;
  /** Whether real servers come that get another share than the rest for a while. */
  readonly isUneven: boolean;
  /** Who is drained before the first step. */
  readonly drained: readonly Drained[];
  /** Requests of full-size packets, of services whose packets come to be wrapped. */
  readonly large: readonly string[];
  /** The machine that tests; a list, for there may be none. */
  readonly tester: readonly { readonly tester: string }[];
  /** How those that go on in another way are replaced. */
  readonly exchange: Exchange;
  /** Entries of the table that come, as `director.sh status` names them. */
  readonly entries: readonly string[];
  /** Of real servers that come. */
  readonly pages: readonly Page[];
  /** A director, from which they are asked. */
  readonly director: string;
  readonly roles: Roles;
}

/**
 * @param known what changes; null: everything is new, and nobody is served yet
 * @param answering what each script brings, of which a default route changes the way out of a host that is new
 */
export function stepViews(
  steps: readonly Step[],
  known: Known | null,
  book: HostBook,
  answering: readonly Script[],
): readonly StepView[] {
  const telling = tellingStep(steps);
  const isAsked = asksFirst(steps);
  // What they have is what their installer, or whoever gave them their addresses, has set.
  const anew = [...installedBy(steps), ...readdressedBy(steps)];
  const told = known === null ? null : toldChanges(known.groups);
  const change =
    known === null || told === null
      ? null
      : {
          told,
          returning: known.returning,
          isTested: known.tester.length > 0,
          isWatched: known.isWatched,
          drained: known.drained,
        };
  return steps.map((step, index) => {
    const { command, former } = stepText(step);
    const effects = known === null ? [] : effectsOf(step, known.groups, step === telling);
    const hasTold = telling !== undefined && index >= steps.indexOf(telling);
    const isAwaited = (step.awaited ?? []).length > 0;
    const hasMany = step.hosts.length > mostWithCommands;
    const isOneFirst = step.hosts.length > 1 && step.script === "realserver.sh";
    const later = steps.slice(index + 1);
    const isDirectors = step.script === "director.sh" && step.action === "apply";
    const isHolderFirst = step.hosts.length > 1 && step.why === holderFirst;
    const isLeaving = later.some(({ awaited = [] }) => awaited.length > 0);
    // Where others are to run first, it fails until then.
    const tested: readonly Test[] =
      isDirectors && !isLeaving && told !== null
        ? (known?.tester ?? []).map((one) => ({
            ...one,
            isLast: step.hosts.length > 1 && !isHolderFirst,
            shares: known?.isUneven === true,
            wraps: told.some(isWrapped),
            large: (known?.large ?? []).map((command) => ({ command })),
          }))
        : [];
    const rerouted = told === null ? [] : reroutedBy(told, step);
    const isNewlyRouted = step.hosts.some(
      (name) =>
        (told === null || anew.includes(name) || isNewHost(told, step, name)) &&
        bringsDefaultRoute(answering, step, name),
    );
    const manner: Manner = {
      seconds: tested.length > 0 ? testedSeconds : confirmSeconds,
      isRerouted: rerouted.length > 0 || isNewlyRouted,
      isGivenBack: rerouted.some(({ becomes }) => becomes === null),
    };
    const hosts = step.hosts.map((name) => hostView(step, book(name), isAsked, manner, tested));
    return {
      number: String(index + 1),
      title: command === null ? [] : [{ command: command.replace(/^bash /, "") }],
      byHand: command === null,
      where: names(step.hosts),
      why: `${step.why.charAt(0).toUpperCase()}${step.why.slice(1)}`,
      confirms: isDirectors || manner.isRerouted,
      seconds: String(manner.seconds),
      leaves: isDirectors && known !== null && isLeaving,
      rerouted: manner.isRerouted,
      cutOff: isNewlyRouted && later.some(({ script }) => script === "director.sh"),
      rolling: known !== null && isDirectors && hosts.length > 1 && !isHolderFirst,
      holderFirst: isHolderFirst,
      former,
      takesOff: step.action === "uninstall" && !isProved(step),
      proved: isProved(step),
      effects,
      unknown: effects.some(({ verdict }) => verdict === verdictTitles["not-classified"]),
      awaited: isAwaited,
      pages: pagesFor(step, known),
      tips:
        told === null || known === null
          ? []
          : [
              ...aroundHand(step, later, known.roles),
              ...(step === telling ? tipsOf(told, known, manner.seconds, isLeaving) : []),
            ],
      quiet: known !== null && effects.length === 0 && !isAwaited,
      typed: hosts
        .slice(0, hasMany ? 1 : hosts.length)
        .map((host, nth) => ({ ...host, next: isOneFirst && nth === 1, atOnce: isAwaited })),
      one: isOneFirst,
      many: hasMany
        ? step.hosts
            .slice(1)
            .map((name) => ({ ...book(name), shown: shown(book(name)), noted: step.action === "apply" }))
        : [],
      stops: [
        ...(step === telling && known?.exchange.leavesSilent === true ? [silentOnes] : []),
        ...stopsOf(step, later, isAsked, known === null, manner),
      ],
      way: wayBack(steps.slice(0, index + 1), change, hasTold),
    };
  });
}

function pagesFor({ action, script, hosts }: Step, known: Known | null) {
  if (known === null || action !== "apply" || script !== "realserver.sh") return [];
  return known.pages.filter(({ host }) => hosts.includes(host)).map((page) => ({ ...page, from: known.director }));
}

function hostView(step: Step, host: NamedHost, isAsked: boolean, manner: Manner, tested: readonly Test[]): HostView {
  const questions = isAsked ? [] : questionsOf(step, host.name);
  const commands = [...questions, ...commandsOf(step, host.name, manner)];
  return {
    ...viewOf(commands, afterwardsOf(step, host.name, manner), tested),
    shown: shown(host),
    noted: step.action === "apply",
  };
}
