/** What a runbook says beside its commands: what else may be done, what to do where it does not go on, and how to go back. */
import type { Step } from "../../diff/order.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
import { confirmSeconds } from "./commands.ts";
import { names } from "./hosts.ts";

/** A sentence with a command in it; empty where it has none. */
export interface Advice {
  readonly text: string;
  readonly command: string;
  readonly after: string;
}

/** What is typed to go back, on which hosts, and in which folder. */
export interface Back {
  readonly number: string;
  readonly command: string;
  readonly hosts: string;
  readonly where: string;
}

function say(text: string, command = "", after = ""): Advice {
  return { text, command, after };
}

/** What else the change allows for. */
export function tipsOf(groups: readonly ToldGroup[]): readonly Advice[] {
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

export function isProved({ staying = [] }: Step): boolean {
  return staying.length > 0;
}

export function stopsOf(step: Step, later: readonly Step[]): readonly Advice[] {
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
    "doctor.sh says stop, or the exit code is 69: the host lacks something, or has something in the way. Mend what it names, and run it again.",
  );
  if (script === "director.sh")
    return [
      common,
      say(
        `A line failed: what was changed goes back by itself ${confirmSeconds} s after the first change, or at once by`,
        "bash director.sh rollback --to N",
        ". Mend the cause, and run it again.",
      ),
      say(
        `The session is lost, or verify finds a fault: do not confirm. After ${confirmSeconds} s, or after a reboot, the host is as before this step, and needs no rollback.`,
      ),
      say("confirm ends with 1: the time was over, and the host is as before this step. Begin the step again."),
    ];
  const again = "A line failed: run it again when the cause is mended, it goes on where it stopped";
  if ((step.awaited ?? []).length > 0)
    return [
      common,
      say(
        `${again}. Do the others first; then, if it is one of several, no new clients are sent to it once a director has run`,
        "bash director.sh drain NAME",
        ", with its name; undrain NAME when it has ended well, and when you go back.",
      ),
      say("Do not leave it here: go on with it, or go back."),
    ];
  return [
    common,
    say(`${again}; or`, `bash ${script ?? ""} rollback --to N`, "."),
    say("The session is lost: log in again, and run the same command again."),
    say(meanwhile(step, later)),
  ];
}

function meanwhile({ script }: Step, later: readonly Step[]): string {
  if (script === "nfs.sh") return "Whoever mounts from it waits for it: do not go on until it has ended well.";
  const sends = later.some((one) => one.script === "director.sh" && one.action === "apply");
  return sends
    ? "Until it has ended well on every host, do not go on: the director would send clients there."
    : "The director does not count on it: clients are served meanwhile.";
}

/** From the end of a step back to the beginning: what was done last goes first. */
export function backOf(done: readonly Step[]): readonly Back[] {
  return [...done]
    .reverse()
    .filter(({ action }) => action !== "by-hand")
    .map(({ action, script, hosts }, index) => ({
      number: String(index + 1),
      command: action === "uninstall" ? `bash ${script ?? ""}` : `bash ${script ?? ""} rollback --to N`,
      // Of several directors the one that has the virtual addresses is the last in either direction.
      hosts: names(script === "director.sh" ? hosts : [...hosts].reverse()),
      where: action === "uninstall" ? "in the former folder" : "",
    }));
}
