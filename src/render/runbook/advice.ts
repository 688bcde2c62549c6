/** What a runbook says beside its commands: what else may be done, what to do where it does not go on, and how to go back. */
import type { Step } from "../../diff/step.ts";
import type { Manner } from "./commands.ts";
import { names } from "./hosts.ts";
import { type Exchange, nobodyNew } from "./method.ts";
import { movedAddresses, serversOf, type ToldChange } from "./told.ts";

/** A sentence with a command in it; empty where it has none. */
export interface Advice {
  readonly text: string;
  readonly command: string;
  /** What follows at once, such as a full stop. */
  readonly after: string;
  /** What follows after a space. */
  readonly apart: readonly { readonly text: string }[];
}

/** @param after what follows the command; apart from it where it begins with a space */
export function say(text: string, command = "", after = ""): Advice {
  const isApart = after.startsWith(" ");
  return { text, command, after: isApart ? "" : after, apart: isApart ? [{ text: after.slice(1) }] : [] };
}

/** What else the change allows for, and what shows that it has reached clients. */
export function tipsOf(
  told: readonly ToldChange[],
  known: { readonly isWatched: boolean; readonly entries: readonly string[]; readonly exchange: Exchange },
  seconds: number,
  isLeaving: boolean,
): readonly Advice[] {
  const removed = told.filter(({ action }) => action === "removed");
  const drains = removed.some(({ rule }) => rule === "server" || rule === "service");
  const apply = `bash director.sh apply --confirm ${seconds}`;
  const moved = movedAddresses(told);
  const leaving = serversOf(told, "removed");
  const coming = serversOf(told, "added");
  return [
    ...(drains
      ? [
          say(
            "apply waits up to 30 s for the connections of what goes; where they last longer:",
            `${apply} --drain 600`,
            ".",
          ),
        ]
      : []),
    ...(moved.length > 0
      ? [
          say(
            `Nobody new is served of ${names([...new Set(moved.map(({ service }) => service))])} from the apply on the director that has the addresses until the next step has ended on a real server, and up to 30 s of that are waited for connections of the former address. To end those at once:`,
            `${apply} --drain 0`,
            ".",
          ),
        ]
      : isLeaving
        ? [say(nobodyNew(known.exchange), ...(known.exchange.isWhole ? [] : [`${apply} --drain 0`, "."]))]
        : []),
    ...(leaving.length > 0
      ? [
          say(
            `Where check, apply or verify prints a line that begins with drained and has ${names(leaving)} in it: type, with its name,`,
            "bash director.sh undrain NAME",
            " on every director afterwards. It would get no clients otherwise when it is described again.",
          ),
        ]
      : []),
    ...(coming.length === 0 ? [] : known.isWatched ? cameUp(coming, known.entries) : cameIn(coming)),
  ];
}

function cameUp(coming: readonly string[], entries: readonly string[]): readonly Advice[] {
  const some =
    entries.length > 6 ? `${entries.slice(0, 6).join("; ")}; and ${entries.length - 6} more` : entries.join("; ");
  return [
    say(
      `${names(coming)} ${get(coming)} clients where, after verify,`,
      "bash director.sh status",
      entries.length === 0
        ? " has a line that begins with up and has its address for each service."
        : ` has a line that begins with up for each of: ${some}.`,
    ),
    say(
      "Where one begins with down, though every command here ends with 0: it does not answer what it is asked, and gets no clients. Look again after ten seconds. Nobody is harmed by it: confirm, go on, and see what is wrong on it with",
      "bash realserver.sh verify",
      ".",
    ),
    say("Where it begins with drained, type, with its name,", "bash director.sh undrain NAME", " on every director."),
  ];
}

function cameIn(coming: readonly string[]): readonly Advice[] {
  return [
    say(
      `${names(coming)} ${get(coming)} clients where, after verify,`,
      "ipvsadm -Ln",
      " has its address with the described weight.",
    ),
    say(
      "Where a line of verify begins with drained and has its name, it gets none: type, with its name,",
      "bash director.sh undrain NAME",
      ".",
    ),
  ];
}

function get(some: readonly string[]): string {
  return some.length === 1 ? "gets" : "get";
}

export function isProved({ staying = [] }: Step): boolean {
  return staying.length > 0;
}

/**
 * @param later the steps after it
 * @param isAsked whether doctor.sh has been asked before the first step
 * @param isFirst whether nothing was there before, and so no former folder
 */
export function stopsOf(
  step: Step,
  later: readonly Step[],
  isAsked: boolean,
  isFirst: boolean,
  { seconds, isRerouted, isGivenBack }: Manner,
): readonly Advice[] {
  const { action, script } = step;
  if (action === "by-hand")
    return [say("Nothing is changed by a script yet: leave it as it was, and find out why it does not work.")];
  if (action === "uninstall")
    return [
      say("Mend what the line failed names, and run the same command again: it goes on where it stopped."),
      say(
        "The host is dead or gone for good: leave it out, the change is complete without it. Write that down: should it ever run again, before anything else,",
        `bash ${script ?? ""} uninstall`,
        " on it.",
      ),
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
    `${isAsked ? "The" : "doctor.sh says stop, or the"} exit code is 69: the host lacks something, or has something in the way. Mend what it names, and run it again.`,
  );
  const undo = `bash ${script ?? ""} rollback --to N`;
  const isAwaited = (step.awaited ?? []).length > 0;
  const isAlone = step.hosts.length === 1;
  if (script === "director.sh" || isRerouted)
    return [
      common,
      ...(isAwaited
        ? leaveOut(isAlone ? withOthers : "A line failed on one of several: do the others all the same, and")
        : []),
      ...(isGivenBack
        ? [
            say(
              "verify finds a fault at gateway: what the host had before lvsgen came leads nowhere, or to a director. At its console, ip route replace default via a router that reaches clients (ip -6 for IPv6), and the same in the system's own network configuration; then verify and confirm. Where there is no such router: do not confirm.",
            ),
          ]
        : []),
      say(
        `A line failed: what was changed goes back by itself ${seconds} s after the first change, or at once by`,
        undo,
        ". Mend the cause, and run it again.",
      ),
      say(
        `${isRerouted ? "No new session can be opened" : "The session is lost"}, or verify finds a fault: do not confirm. After ${seconds} s, or after a reboot, the host is as before this step, and needs no rollback. It is when`,
        `bash ${script ?? ""} status`,
        ` no longer says waiting for, and ${isFirst ? "check ends with 2, as before it" : "check of the former folder ends with 0"}.`,
      ),
      say("If it is not,", "journalctl -u 'lvsgen-confirm-*'", " says why; then rollback --to N as above."),
      say(
        "confirm ends with 1, or with 75 (all goes back at this moment): the time was over. When the host is as before this step, begin the step again.",
      ),
    ];
  const again = "A line failed: run it again when the cause is mended, it goes on where it stopped";
  if (isAwaited)
    return [
      common,
      ...leaveOut(`${again}. ${isAlone ? withOthers : "Do the others first; then, if it is one of several,"}`),
    ];
  return [
    common,
    say(`${again}; or`, `bash ${script ?? ""} rollback --to N`, "."),
    say("The session is lost: log in again, and run the same command again."),
    say(meanwhile(step, later)),
  ];
}

/** Where others wait for a step: of several real servers one is left out meanwhile. */
const withOthers = "Where others of its services serve,";
const stay = say("Do not leave it here: go on with it, or go back.");
function leaveOut(when: string): readonly Advice[] {
  const how = `${when} no new clients are sent to it when every director has run`;
  const named = ", with its name; undrain NAME when it has ended well, and when you go back.";
  return [say(how, "bash director.sh drain NAME", named), stay];
}

function meanwhile({ script }: Step, later: readonly Step[]): string {
  if (script === "nfs.sh") return "Whoever mounts from it waits for it: do not go on until it has ended well.";
  const sends = later.some((one) => one.script === "director.sh" && one.action === "apply");
  return sends
    ? "Until it has ended well on every host, do not go on: the director would send clients there."
    : "The director does not count on it for anything new: clients are served as before this step.";
}
