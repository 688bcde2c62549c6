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
}

/** So many hosts of a step have their own commands. */
export const mostWithCommands = 8;

export function viewOf(commands: readonly CommandLine[], afterwards: readonly CommandLine[]) {
  const lines = aligned([...commands, ...afterwards]);
  return { commands: lines.slice(0, commands.length), afterwards: lines.slice(commands.length) };
}

export function shown({ name, about }: NamedHost): string {
  return about === "" ? name : `${name} (${about})`;
}
