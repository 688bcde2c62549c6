/** What a host is, to be compared with what it was. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Host } from "../host.ts";
import { sources } from "../places.ts";

/** Section to its lines, as `state.sh` prints them. */
export type State = ReadonlyMap<string, readonly string[]>;

export async function stateOf(host: Host): Promise<State> {
  const text = await host.must(await readFile(join(sources, "proofs/state.sh"), "utf8"));
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const name = /^\[([a-z]+)\]$/.exec(line)?.[1];
    if (name !== undefined) {
      lines = [];
      sections.set(name, lines);
    } else lines.push(line);
  }
  return sections;
}

/** Lines of a section that are in one state only, `-` those that went and `+` those that came. */
export function difference(before: State, after: State, section: string): string[] {
  const [old, now] = [new Set(before.get(section)), new Set(after.get(section))];
  return [
    ...[...old].filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...[...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
  ];
}
