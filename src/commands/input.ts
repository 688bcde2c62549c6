import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { exitCode } from "../exit-code.ts";
import type { Description } from "../terminal/description.ts";
import { type Problem, systemMessage } from "../terminal/problem.ts";
import { defaultFile } from "./default-file.ts";

export type Input =
  | { readonly kind: "description"; readonly description: Description }
  | { readonly kind: "problem"; readonly problem: Problem };

/**
 * Reads a description.
 *
 * @param file `-` is standard input; left out: the one of this directory
 */
export async function readDescription(file?: string): Promise<Input> {
  if (file !== undefined) return readNamed(file);
  const found = defaultFile();
  return found.kind === "problem" ? found : readNamed(found.path);
}

async function readNamed(file: string): Promise<Input> {
  const name = file === "-" ? "<stdin>" : file;
  try {
    const bytes = file === "-" ? await readStandardInput() : readFileSync(file);
    // Nearly every file is plain text: only for another one it is worth to load what knows encodings.
    if (!isText(bytes)) return { kind: "problem", problem: await notText(name, bytes) };
    const text = bytes.toString("utf8");
    const foreign = await foreignKind(name, text);
    if (foreign !== null) return { kind: "problem", problem: foreign };
    const isYaml = file === "-" && !startsLikeJson(text);
    return { kind: "description", description: { file: isYaml ? `${name}.yaml` : name, text } };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { kind: "problem", problem: code === "ENOENT" ? noSuchFile(name) : cannotRead(name, code) };
  }
}

export function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** Why bytes that are no text of UTF-8 are no description. */
export async function notText(file: string, bytes: Buffer): Promise<Problem> {
  const { encodingProblem } = await import("./encoding.ts");
  return encodingProblem(file, bytes);
}

/** `readFileSync(0)` would fail with EAGAIN where another process made the pipe non-blocking. */
async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Standard input has no name to tell its language. A description in JSON is an object, after comments perhaps. */
function startsLikeJson(text: string): boolean {
  return /^\uFEFF?\s*(?:\/\/[^\n]*\n\s*|\/\*(?:[^*]|\*(?!\/))*\*\/\s*)*(?:\{|$)/.test(text);
}

/** Files that people have before they have a description, and hand to the command that they know. */
async function foreignKind(file: string, text: string): Promise<Problem | null> {
  // A description that is not JSON is rare: only then it is worth to load what knows other files.
  if (startsLikeJson(text)) return null;
  const { foreignTo, kindTitles } = await import("../import/detect.ts");
  const kind = foreignTo(text, file);
  if (kind === null) return null;
  return {
    code: "NOT_A_DESCRIPTION",
    file,
    message: `is ${kindTitles[kind]}, not a description`,
    hint: `make a description of it: lvsgen import ${file === "<stdin>" ? "-" : file}`,
    exitCode: exitCode.findings,
  };
}

function noSuchFile(file: string): Problem {
  return {
    code: "NO_SUCH_FILE",
    file,
    message: "no such file",
    hint: "name the description, or write a first one with: lvsgen init",
    exitCode: exitCode.noInput,
  };
}

function cannotRead(file: string, code: string): Problem {
  return {
    code: "CANNOT_READ",
    file,
    message: `cannot be read: ${systemMessage(code)}`,
    hint: "name a file that you may read, or - for standard input",
    exitCode: exitCode.noInput,
  };
}
