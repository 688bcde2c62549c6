/** What is known of a lab across processes: a file in its directory. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KernelSuite } from "./kernel.ts";
import { labDirectory, labsDirectory } from "./places.ts";
import type { ProcessId } from "./process.ts";
import type { PlacedHost } from "./spec.ts";

export interface LabState {
  readonly suite: KernelSuite;
  /** The process that the lab ends with; null: it stays until someone takes it down. */
  readonly owner: ProcessId | null;
  readonly hosts: readonly PlacedHost[];
}

/** Null where there is no such lab. */
export function readState(name: string): LabState | null {
  const file = stateFile(name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as LabState) : null;
}

export function writeState(name: string, state: LabState): void {
  const file = stateFile(name);
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
  renameSync(`${file}.new`, file);
}

/** Every lab of this machine, by name. */
export function allStates(): ReadonlyMap<string, LabState> {
  const names = existsSync(labsDirectory) ? readdirSync(labsDirectory) : [];
  const states = names.map((name): [string, LabState | null] => [name, readState(name)]);
  return new Map(states.filter((entry): entry is [string, LabState] => entry[1] !== null));
}

function stateFile(name: string): string {
  return join(labDirectory(name), "lab.json");
}
