import { existsSync } from "node:fs";
import { exitCode } from "../../exit-code.ts";
import { pageMark } from "../../status/index.ts";
import type { Problem } from "../../terminal/problem.ts";
import { writeNewFile } from "../new-file.ts";
import { readText } from "./folder.ts";

/** What would keep the page from being written: a file that no `status` wrote is never replaced, and no link is followed. */
export function foreignPage(file: string): Problem | null {
  if (!existsSync(file)) return null;
  const text = readText(file, pageMark.length, true);
  if ("text" in text && text.text === pageMark) return null;
  return {
    code: "FOREIGN_FILE",
    file,
    message: "exists, and is no page that lvsgen status wrote",
    hint: "choose another file with --html, or move it away",
    exitCode: exitCode.cannotWrite,
  };
}

/** Writes the page; a former one stays whole until the new one is. */
export function writePage(file: string, text: string): Problem | null {
  const obstacle = foreignPage(file);
  if (obstacle !== null) return obstacle;
  const problem = writeNewFile(file, text, existsSync(file));
  return problem === null ? null : { ...problem, hint: "choose another file with --html" };
}
