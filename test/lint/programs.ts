// The files that each program of the shell runtime is made of.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listedFiles } from "../../tools/generate/programs.mjs";
import type { RuntimeFile } from "./layers.ts";

const runtime = join(import.meta.dirname, "../../templates/runtime");

const lists = readdirSync(join(runtime, "programs"))
  .filter((name) => name.endsWith(".list"))
  .map((name) => ({
    key: name.slice(0, -".list".length),
    text: readFileSync(join(runtime, "programs", name), "utf8"),
  }));
/** Every file of the runtime, by its path. */
export const everyFile = readdirSync(runtime, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".sh"))
  .map((key) => ({ key }));

/** The paths of a program's files below `templates/runtime`, in their order. */
export const programs = listedFiles(lists, everyFile);

export function filesOf(program: string): readonly RuntimeFile[] {
  return (programs[program] ?? []).map((path) => ({ path, text: readFileSync(join(runtime, path), "utf8") }));
}
