// What a named case says of its last run and of a path, beside what always holds.
import { lstatSync, readFileSync } from "node:fs";
import { Fault } from "./fault.mjs";

/** `{ path, absent | text | contains | lacks | mode }`, or `{ code, says }` of the last run. */
export function meets(root, { path, absent, text, contains, lacks, mode, code, says }, last) {
  const fail = (what) => {
    throw new Fault("as the case says", [what, ...(last?.output ?? "").trimEnd().split("\n").slice(-6)]);
  };
  if (code !== undefined && last.code !== code) fail(`it ended with ${last.code}, not ${code}`);
  if (says !== undefined && !new RegExp(says).test(last.output)) fail(`it does not say ${says}`);
  if (path === undefined) return true;
  const stat = lstatSync(root + path, { throwIfNoEntry: false });
  if (absent) {
    if (stat !== undefined) fail(`${path} is there`);
    return true;
  }
  if (stat === undefined) fail(`${path} is missing`);
  if (mode !== undefined && (stat.mode & 0o7777) !== Number.parseInt(mode, 8))
    fail(`${path} has mode ${(stat.mode & 0o7777).toString(8)}, not ${mode}`);
  if (!stat.isFile() && [text, contains, lacks].some((what) => what !== undefined)) fail(`${path} is no file`);
  if (!stat.isFile()) return true;
  const content = readFileSync(root + path, "utf8");
  if (text !== undefined && content !== text)
    fail(`${path} is ${JSON.stringify(content)}, not ${JSON.stringify(text)}`);
  if (contains !== undefined && !content.includes(contains)) fail(`${path} lacks ${JSON.stringify(contains)}`);
  if (lacks !== undefined && content.includes(lacks)) fail(`${path} has ${JSON.stringify(lacks)}`);
  return true;
}
