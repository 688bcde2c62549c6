import { lstatSync } from "node:fs";
import { join } from "node:path";
import { exitCode } from "../../exit-code.ts";
import { type Expected, readExpected } from "../../status/index.ts";
import type { Problem } from "../../terminal/problem.ts";
import { readText } from "./folder.ts";

/** The bundle that hosts are compared with. */
export type Chosen =
  | { readonly kind: "bundle"; readonly directory: string; readonly expected: Expected }
  | { readonly kind: "none" }
  | { readonly kind: "problem"; readonly problem: Problem };

/** A manifest of 1000 hosts has 20 MB. */
const largest = 256 * 1024 * 1024;

/** The head of a script. */
const headBytes = 4096;

/**
 * The bundle that is named, or the only one that lies among the reports; of those of single hosts, which lie in it, the whole one.
 *
 * @param found directories with a manifest among the reports
 */
export function chooseBundle(named: string | undefined, found: readonly string[]): Chosen {
  if (named !== undefined) return read(named) ?? { kind: "problem", problem: noBundle(named) };
  const bundles = found.map(read).filter((one) => one !== null);
  const whole = bundles.filter(({ expected }) => expected.host === null);
  const [first, second] = whole.length > 0 ? whole : bundles;
  if (first === undefined) return { kind: "none" };
  if (second !== undefined) return { kind: "problem", problem: several(first.directory, second.directory) };
  return first;
}

function read(directory: string): (Chosen & { readonly kind: "bundle" }) | null {
  const text = readText(join(directory, "manifest.json"), largest);
  if ("why" in text) return null;
  const expected = readExpected(text.text, (script) => {
    const head = readText(join(directory, script), headBytes, true);
    return "why" in head ? null : head.text;
  });
  return expected === null ? null : { kind: "bundle", directory, expected };
}

function noBundle(directory: string): Problem {
  const isThere = lstatSync(directory, { throwIfNoEntry: false }) !== undefined;
  return {
    code: "NO_BUNDLE",
    file: directory,
    message: isThere ? "has no manifest.json of lvsgen's" : "no such file or directory",
    hint: "name the directory that lvsgen build made",
    exitCode: exitCode.noInput,
  };
}

function several(one: string, other: string): Problem {
  return {
    code: "SEVERAL_BUNDLES",
    file: one,
    message: `is a bundle, and so is ${JSON.stringify(other)}: which one are the hosts to have?`,
    hint: "name it: --bundle DIR",
    exitCode: exitCode.usage,
  };
}
