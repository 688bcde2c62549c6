/** A host with what is typed on it. */
import { aligned, type CommandLine } from "./commands.ts";
import type { NamedHost } from "./hosts.ts";

export interface HostView {
  readonly shown: string;
  /** Whether its script says how to go back, which is to be noted. */
  readonly noted: boolean;
  readonly commands: readonly { readonly text: string }[];
  /** What is typed in a new session. */
  readonly afterwards: readonly { readonly text: string }[];
  /** What is typed when a machine has tested as a client; none where nobody tests. */
  readonly confirming: readonly { readonly text: string }[];
  /** Who tests before that. */
  readonly tested: readonly Test[];
}

/** A test as a client between `verify` and `confirm`. */
export interface Test {
  readonly tester: string;
  /** Whether only the last of several directors is tested: it alone has the clients. */
  readonly isLast: boolean;
  /** Whether new real servers may get other shares than the rest for a while. */
  readonly shares: boolean;
  /** Whether packets come wrapped by it, so that large requests may hang. */
  readonly wraps: boolean;
  /** Such requests, each of which prints the status; none where nobody speaks HTTP. */
  readonly large: readonly { readonly command: string }[];
}

/** So many hosts of a step have their own commands. */
export const mostWithCommands = 8;

/** @param tested who tests before the last of what is typed afterwards */
export function viewOf(
  commands: readonly CommandLine[],
  afterwards: readonly CommandLine[],
  tested: readonly Test[] = [],
): Pick<HostView, "commands" | "afterwards" | "confirming" | "tested"> {
  const lines = aligned([...commands, ...afterwards]);
  const later = lines.slice(commands.length);
  const split = tested.length > 0 ? later.length - 1 : later.length;
  return {
    commands: lines.slice(0, commands.length),
    afterwards: later.slice(0, split),
    confirming: later.slice(split),
    tested,
  };
}

export function shown({ name, about }: NamedHost): string {
  return about === "" ? name : `${name} (${about})`;
}
