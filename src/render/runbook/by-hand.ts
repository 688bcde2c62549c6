/** What is typed around a step that no script does, so that clients are elsewhere meanwhile. */
import { installedBy, readdressedBy } from "../../diff/by-hand.ts";
import type { Step } from "../../diff/step.ts";
import { type Advice, say } from "./advice.ts";
import { names } from "./hosts.ts";

/** Who does what in a cluster. */
export interface Roles {
  /** Names of real servers that are described hosts. */
  readonly servers: ReadonlySet<string>;
  readonly directors: ReadonlySet<string>;
  /** Whether directors take over from each other. */
  readonly takesOver: boolean;
}

/** @param later the steps after it */
export function aroundHand(
  step: Step,
  later: readonly Step[],
  { servers, directors, takesOver }: Roles,
): readonly Advice[] {
  if (step.action !== "by-hand") return [];
  const moved = readdressedBy([step]);
  const serving = [...moved, ...installedBy([step])].filter((name) => servers.has(name));
  const handing = takesOver ? moved.filter((name) => directors.has(name)) : [];
  const isApplied = (script: string, name: string): boolean =>
    later.some((one) => one.action === "apply" && one.script === script && one.hosts.includes(name));
  const staysStopped = handing.filter((name) => !isApplied("director.sh", name));
  const proved = moved.filter((name) => servers.has(name) && !isApplied("realserver.sh", name));
  return [
    ...(serving.length > 0
      ? [
          say(
            `Before it, where others of its services serve: nobody new is sent to ${names(serving)}, and connections end, by, on every director, in the former folder, with its name,`,
            "bash director.sh drain NAME --drain 600",
            moved.length > 0
              ? "; and when all steps are done, or you have gone back, in this folder or the former one: undrain NAME."
              : "; and when its own steps below are done, before the next host, or when you have gone back: undrain NAME.",
          ),
        ]
      : []),
    ...(handing.length > 0
      ? [
          say(
            `Before it, where bash director.sh status calls ${names(handing)} master, another one takes over by`,
            "systemctl stop keepalived.service",
            staysStopped.length === 0
              ? "; apply below starts it again."
              : "; when it has its new addresses: systemctl start keepalived.service.",
          ),
        ]
      : []),
    ...(staysStopped.length > 0
      ? [
          say(
            `When it is reached again, no script of this change is run on ${names(staysStopped)}; in this folder, before the next step, this ends with 0 there:`,
            "bash director.sh verify",
            ".",
          ),
        ]
      : []),
    ...(proved.length > 0
      ? [
          say(
            `When it is reached again, no script of this change is run on ${names(proved)}; in this folder, before the next step, this ends with 0 there:`,
            "bash realserver.sh verify",
            ".",
          ),
        ]
      : []),
  ];
}
