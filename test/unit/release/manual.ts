/** Manual pages as man(1) shows them. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";

export const pages = ["lvsgen.1", "lvsgen-cluster.5"] as const;
export const file = (page: string): string => join("dist", "man", page);

/** A file as man(1) shows it in a terminal of 80 columns, without bold and italics; it has nothing to warn of. */
export function shown(path: string): string {
  const env = { ...process.env, MANWIDTH: "80", LC_ALL: "C.UTF-8", MAN_KEEP_FORMATTING: undefined };
  const { status, stdout, stderr } = spawnSync("man", ["-l", "--warnings=w", "-Tutf8", path], {
    env,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: grotty's escape sequences and overstrikes
  return stdout.replaceAll(/\u001b\[[0-9;]*m/g, "").replaceAll(/.\u0008/g, "");
}

/** Text without its line ends: where lines are broken is the reader's terminal's business. */
export const flat = (text: string): string => text.replaceAll("`", "").replaceAll(/\s+/g, " ").trim();

/** The part of a page below a heading, up to the next one of its level. */
export function below(text: string, heading: string, indent: string): string {
  const lines = text.split("\n");
  const start = lines.indexOf(`${indent}${heading}`);
  expect({ heading, isThere: start >= 0 }).toEqual({ heading, isThere: true });
  const next = lines.findIndex((line, index) => index > start && /^ {0,3}\S/.test(line));
  return flat(lines.slice(start + 1, next).join("\n"));
}
