/** Steps as a runbook has them: what is typed where, how it ends, what clients notice, and what to do where it does not go on. */
import type { Step } from "../../diff/order.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
import { stepText } from "../../diff/titles.ts";
import { verdictTitles } from "../../diff/verdict.ts";
import { aligned, commandsOf, confirmSeconds } from "./commands.ts";
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
  readonly back: readonly {
    readonly number: string;
    readonly command: string;
    readonly hosts: string;
    readonly where: string;
  }[];
}

interface HostView {
  readonly shown: string;
  readonly commands: readonly { readonly text: string }[];
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
  return steps.map((step, index) => {
    const { command, former } = stepText(step);
    const effects = groups === null ? [] : effectsOf(step, groups, step === telling);
    const hosts = step.hosts.map((name) => hostView(step, book(name)));
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

/** A sentence with a command in it; empty where it has none. */
interface Advice {
  readonly text: string;
  readonly command: string;
  readonly after: string;
}

function say(text: string, command = "", after = ""): Advice {
  return { text, command, after };
}

/** What else the change allows for. */
function tipsOf(groups: readonly ToldGroup[]): readonly Advice[] {
  const told = groups.flatMap(({ alike }) => alike.flatMap(({ shown }) => shown));
  const drains = told.some(({ rule, action }) => (rule === "server" || rule === "service") && action === "removed");
  const methods = told.some(({ rule }) => rule === "server-method" || rule === "server-tunnel");
  return [
    ...(drains
      ? [
          say(
            "apply waits up to 30 s for the connections of what goes; where they last longer:",
            `bash director.sh apply --confirm ${confirmSeconds} --drain 600`,
            ".",
          ),
        ]
      : []),
    ...(methods
      ? [
          say(
            "Without an interruption the method is changed on one real server at a time, in a change of its own each: before it",
            "bash director.sh drain NAME",
            ", and undrain when its realserver.sh has ended well.",
          ),
        ]
      : []),
  ];
}

function hostView(step: Step, host: NamedHost): HostView {
  return { shown: shown(host), commands: aligned(commandsOf(step, host.name)) };
}

function shown({ name, about }: NamedHost): string {
  return about === "" ? name : `${name} (${about})`;
}

function isProved({ staying = [] }: Step): boolean {
  return staying.length > 0;
}

function stopsOf(step: Step, later: readonly Step[]): readonly Advice[] {
  const { action, script } = step;
  if (action === "by-hand")
    return [say("Nothing is changed by a script yet: leave it as it was, and find out why it does not work.")];
  if (action === "uninstall")
    return [
      say("Mend what the line failed names, and run the same command again: it goes on where it stopped."),
      ...(isProved(step)
        ? [
            say(
              "verify finds a fault: do not go on to the next host. In this folder,",
              `bash ${script ?? ""}`,
              ": it mends that.",
            ),
            say("What is not taken off yet does no harm meanwhile: the new name has the same in force."),
          ]
        : [
            say(
              script === "director.sh"
                ? "Until it has ended well, do not go on: another machine is to have its virtual addresses."
                : "What is not taken off yet does no harm meanwhile.",
            ),
          ]),
    ];
  const common = say(
    "doctor.sh says stop, or the exit code is 69: nothing was changed. Mend what it names, and run it again.",
  );
  if (script === "director.sh")
    return [
      common,
      say(
        `A line failed: what was changed goes back by itself ${confirmSeconds} s after the beginning, or at once by`,
        "bash director.sh rollback",
        ". Mend the cause, and run it again.",
      ),
      say(
        `The session is lost, or verify finds a fault: do not confirm. After ${confirmSeconds} s, or after a reboot, the host is as before this step.`,
      ),
    ];
  const again = "A line failed: run it again when the cause is mended, it goes on where it stopped";
  const [awaited] = step.awaited ?? [];
  if (awaited !== undefined)
    return [
      common,
      say(
        `${again}. Meanwhile clients go to the others, if it is one of several, when the director has run`,
        `bash director.sh drain ${awaited}`,
        ".",
      ),
      say("Do not leave it here: go on with it, or go back."),
    ];
  return [common, say(`${again}; or`, `bash ${script ?? ""} rollback`, "."), say(meanwhile(step, later))];
}

function meanwhile({ script }: Step, later: readonly Step[]): string {
  if (script === "nfs.sh") return "Whoever mounts from it waits for it: do not go on until it has ended well.";
  const sends = later.some((one) => one.script === "director.sh" && one.action === "apply");
  return sends
    ? "Until it has ended well on every host, do not go on: the director would send clients there."
    : "The director does not count on it: clients are served meanwhile.";
}

/** From the end of a step back to the beginning: what was done last goes first. */
function backOf(done: readonly Step[]): StepView["back"] {
  return [...done]
    .reverse()
    .filter(({ action }) => action !== "by-hand")
    .map(({ action, script, hosts }, index) => ({
      number: String(index + 1),
      command: action === "uninstall" ? `bash ${script ?? ""}` : `bash ${script ?? ""} rollback`,
      // Of several directors the one that has the virtual addresses is the last in either direction.
      hosts: names(script === "director.sh" ? hosts : [...hosts].reverse()),
      where: action === "uninstall" ? "in the former folder" : "",
    }));
}
