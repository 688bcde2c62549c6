/** What the two operands of `diff` stand for: files, directories and revisions, to bundles in text. */

import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { compile } from "../../compile.ts";
import { isError, type LocatedDiagnostic } from "../../diagnostics/index.ts";
import { type BundleText, comparedFiles, textOfBundle } from "../../diff/index.ts";
import { exitCode } from "../../exit-code.ts";
import type { ReadSource } from "../../sources/index.ts";
import type { Description } from "../../terminal/description.ts";
import { type Problem, systemMessage } from "../../terminal/problem.ts";
import { plainLines, readBundleFolder } from "../bundle-folder.ts";
import { defaultFile } from "../default-file.ts";
import { isText, notText, readDescription } from "../input.ts";
import { ofBytes, ofVariable, sourcesBeside } from "../sources.ts";
import { type Revision, revisionOf } from "./git.ts";

export type Side =
  | { readonly kind: "bundle"; readonly name: string; readonly text: BundleText }
  | { readonly kind: "faulty"; readonly description: Description; readonly diagnostics: readonly LocatedDiagnostic[] }
  | { readonly kind: "problem"; readonly problem: Problem };

const ofFolder = [...comparedFiles, "SHA256SUMS"];

/** How an operand is understood; a file or directory of that name comes before a revision. */
type Operand =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "revision"; readonly revision: string; readonly path: string | null };

function operandOf(text: string): Operand {
  if (text === "-" || existsSync(text)) return { kind: "path", path: text };
  const colon = text.indexOf(":");
  // `HEAD^{/fix: all}` has a colon of its own, but no path behind it.
  if (colon > 0 && !text.slice(0, colon).includes("{"))
    return { kind: "revision", revision: text.slice(0, colon), path: text.slice(colon + 1) };
  return { kind: "revision", revision: text, path: null };
}

/**
 * A former bundle: of a revision of git without a path, the one that it has in this directory, else that of its description.
 *
 * @param output where `build` writes
 * @param description that which is built
 */
export async function formerSide(text: string, output: string, description: string): Promise<Side> {
  const operand = operandOf(text);
  if (operand.kind === "path" || operand.path !== null) return sideOf(operand, description);
  const revision = revisionOf(operand.revision);
  if ("code" in revision) return { kind: "problem", problem: revision };
  return ofRevision(operand.revision, revision.isDirectory(output) ? output : description);
}

/**
 * Both sides.
 *
 * @param old left out: HEAD
 * @param next left out: the description that is here now; of a revision on the left the same file
 */
export async function sidesOf(old: string | undefined, next: string | undefined): Promise<readonly [Side, Side]> {
  const [before, after] = [operandOf(old ?? "HEAD"), next === undefined ? null : operandOf(next)];
  // The description of a revision is the file that the other side names.
  const fallback = [after, before].flatMap((one) =>
    one?.kind === "path" && one.path !== "-" && !isDirectory(one.path)
      ? [one.path]
      : one?.kind === "revision" && one.path !== null
        ? [one.path]
        : [],
  )[0];
  const same =
    before.kind === "revision" && before.path !== null ? ({ kind: "path", path: before.path } as const) : null;
  const right = after ?? same;
  return [await sideOf(before, fallback), right === null ? await described() : await sideOf(right, fallback)];
}

/** @param fallback the description of a revision without a path; left out: the one that is called as that of this directory */
async function sideOf(operand: Operand, fallback?: string): Promise<Side> {
  if (operand.kind === "revision") {
    const path = operand.path ?? fallback;
    if (path !== undefined) return ofRevision(operand.revision, path);
    const here = defaultFile();
    if (here.kind === "problem" && here.problem.code !== "NO_SUCH_FILE") return here;
    // A revision may have one all the same.
    return ofRevision(operand.revision, here.kind === "file" ? here.path : here.problem.file);
  }
  if (operand.path !== "-" && isDirectory(operand.path)) return ofDirectory(operand.path);
  return described(operand.path);
}

/** @param file left out: the description of this directory */
async function described(file?: string): Promise<Side> {
  const input = await readDescription(file);
  return input.kind === "problem" ? input : compiled(input.description, sourcesBeside(input.description.file));
}

async function compiled(description: Description, readSource: ReadSource): Promise<Side> {
  const { bundle, diagnostics } = await compile(description.text, { file: description.file, readSource });
  if (bundle === null) return { kind: "faulty", description, diagnostics: diagnostics.filter(isError) };
  return { kind: "bundle", name: description.file, text: textOfBundle(bundle) };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A directory that `build` made: of its files only those that are compared are opened, and no link or device. */
function ofDirectory(directory: string): Side {
  try {
    const files = readBundleFolder(directory, ofFolder);
    return files.has("manifest.json") ? { kind: "bundle", name: directory, text: { files } } : noBundle(directory);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return problem(
      "CANNOT_READ",
      path ?? directory,
      `cannot be read: ${systemMessage(code)}`,
      "name a directory whose files you may read",
      exitCode.noInput,
    );
  }
}

async function ofRevision(name: string, path: string): Promise<Side> {
  const revision = revisionOf(name);
  if ("code" in revision) return { kind: "problem", problem: revision };
  const title = `${name}:${path}`;
  if (revision.isDirectory(path)) return ofTree(revision, path, title);
  const bytes = revision.read(path);
  if (bytes === null)
    return problem(
      "NO_SUCH_FILE",
      title,
      "this revision has no such file",
      `name the description that it has: lvsgen diff ${name}:PATH`,
      exitCode.noInput,
    );
  if (!isText(bytes)) return { kind: "problem", problem: await notText(title, bytes) };
  return compiled({ file: title, text: bytes.toString("utf8") }, sourcesOf(revision, path));
}

/** Files as the revision has them beside its description; a link is no file there. */
function sourcesOf(revision: Revision, description: string): ReadSource {
  return (source) => {
    if ("env" in source) return ofVariable(source.env);
    const path = join(dirname(description), source.file);
    if (revision.isDirectory(path) || revision.isLink(path)) return { lacks: "no-file" };
    const bytes = revision.read(path);
    return bytes === null ? { lacks: "missing" } : ofBytes(bytes);
  };
}

function ofTree(revision: Revision, path: string, title: string): Side {
  const files = new Map<string, string>();
  for (const name of ofFolder) {
    const bytes = revision.read(`${path.replace(/\/+$/, "")}/${name}`);
    if (bytes !== null) files.set(name, plainLines(bytes.toString("utf8")));
  }
  return files.has("manifest.json") ? { kind: "bundle", name: title, text: { files } } : noBundle(title);
}

function noBundle(directory: string): Side {
  return problem(
    "NO_BUNDLE",
    directory,
    "has no manifest.json: it is no directory that build made",
    "name the output directory of a build, or a description",
    exitCode.noInput,
  );
}

function problem(code: string, file: string, message: string, hint: string, exit: Problem["exitCode"]): Side {
  return { kind: "problem", problem: { code, file, message, hint, exitCode: exit } };
}
