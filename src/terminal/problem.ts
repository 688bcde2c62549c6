/** What can go wrong around a description rather than in it: files, directories, programs. */
import { safe } from "../diagnostics/excerpt.ts";
import { label } from "../diagnostics/index.ts";
import { columns as columnsOf } from "../diagnostics/width.ts";
import { broken } from "../diagnostics/wrap.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { OpenToOthers, WriteProblem } from "../write/index.ts";
import type { Output } from "./terminal.ts";

export interface Problem {
  /** A word, as in diagnostics (`NO_SUCH_FILE`). */
  readonly code: string;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  /** The file or directory it is about. */
  readonly file: string;
  readonly exitCode: ExitCode;
}

/** Where nothing else stands in the JSON form: the exit code is that of the process. */
export function problemToJson({ code, message, hint, file }: Problem): Omit<Problem, "exitCode"> {
  return { code, message, hint, file };
}

export function printProblem(
  { message, hint, file }: Problem,
  { write, colors, columns, language }: Output,
  severity: "error" | "warning" = "error",
): void {
  const { terminal: say } = language;
  const colon = say(": ");
  const [place, kind, help] = [`${safe(file)}${colon}`, `${say(severity)}${colon}`, `= ${say("help: ")}`];
  const said = broken(safe(say(message)), { columns, start: columnsOf(place + kind), indent: 4 });
  const indent = 2 + columnsOf(help);
  const remedy = broken(safe(say(hint)), { columns, start: indent, indent });
  write(
    `${label(colors.bold, place)}${label(severity === "error" ? colors.red : colors.yellow, kind)}${said}\n  ${label(colors.cyan, help)}${remedy}\n`,
  );
}

const maxProblems = 16;

export function printProblems(problems: readonly Problem[], output: Output): void {
  for (const problem of problems.slice(0, maxProblems)) printProblem(problem, output);
  const more = problems.length - maxProblems;
  if (more > 0) output.write(output.language.terminal(`… and ${more} more\n`));
}

/** Words for the system's error codes; the code itself for those that hardly anyone meets. */
export function systemMessage(code: string): string {
  return systemMessages[code] ?? `the system says ${code}`;
}

const systemMessages: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EEXIST: "there is a file of that name",
  EISDIR: "it is a directory",
  ELOOP: "too many symbolic links",
  EMFILE: "too many open files",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "no such file or directory",
  ENOSPC: "no space is left on the device",
  ENOTDIR: "a part of the path is a file, not a directory",
  EPERM: "the operation is not permitted",
  EROFS: "the file system is read-only",
  EDQUOT: "the disk quota is used up",
};

/** What else is to be done where a directory's permissions are not what is wrong. */
const writeRemedies: Readonly<Record<string, string>> = {
  EPERM: "make it replaceable (where lsattr shows i or a: chattr -ia)",
  ENOSPC: "make room",
  EDQUOT: "make room",
  EROFS: "mount the file system for writing",
};

/** A problem of the write stage, for a person. */
export function fromWriteProblem(directory: string, problem: WriteProblem): Problem {
  return { ...describeWriteProblem(directory, problem), exitCode: exitCode.cannotWrite };
}

/** All is written, and only its modes are not as they are to be: a warning. */
export function readableByOthers(directory: string, { path, code }: OpenToOthers): Problem {
  return {
    code: "OPEN_TO_OTHERS",
    file: `${directory}/${path}`,
    message: `is written, and others may read it: its mode cannot be changed: ${systemMessage(code)}`,
    hint: "build as the user who owns it, or with -o where modes can be set; docs/per-host.md says what holds until then",
    exitCode: exitCode.ok,
  };
}

function describeWriteProblem(directory: string, problem: WriteProblem): Omit<Problem, "exitCode"> {
  const file =
    problem.kind === "system"
      ? problem.path
      : problem.kind === "output-link" || problem.kind === "root"
        ? directory
        : `${directory}/${problem.path}`;
  switch (problem.kind) {
    case "foreign-file":
      return {
        code: "FOREIGN_FILE",
        file,
        message: "exists with other content, and no former build of lvsgen wrote it",
        hint: "move it away, choose another directory with -o, or replace it with --force",
      };
    case "edited-file":
      return {
        code: "EDITED_FILE",
        file,
        message:
          problem.fate === "replaced"
            ? "was changed since lvsgen wrote it, and would be replaced"
            : "was changed since lvsgen wrote it, and would be removed: the description no longer gives it",
        hint: `say the change in the description, or keep a copy elsewhere; then let it be ${problem.fate} with --force`,
      };
    case "converted-file":
      return {
        code: "CONVERTED_FILE",
        file,
        message: "has its line ends converted to CRLF since lvsgen wrote it; nothing else differs",
        hint: "git converts them on checkout: write a line `* -text` into .gitattributes of the directory; then restore the files with --force",
      };
    case "foreign-manifest":
      return {
        code: "FOREIGN_MANIFEST",
        file,
        message:
          problem.lists === null
            ? "is not a manifest of lvsgen, so the directory belongs to something else"
            : `is not a manifest of lvsgen, which never writes ${JSON.stringify(safe(problem.lists))}: the directory belongs to something else, or to a later version`,
        hint: "choose another directory with -o, or replace the file with --force",
      };
    case "symbolic-link":
      return {
        code: "SYMBOLIC_LINK",
        file,
        message: "is a symbolic link; lvsgen does not write through links inside its output",
        hint: "remove the link, choose another directory with -o, or replace the link itself with --force",
      };
    case "output-link":
      return {
        code: "SYMBOLIC_LINK",
        file,
        message:
          problem.reason === "nowhere"
            ? `is a symbolic link to ${JSON.stringify(safe(problem.target))}, where nothing is`
            : `is a symbolic link to ${JSON.stringify(safe(problem.target))}, and the link or that directory is not your own`,
        hint:
          problem.reason === "nowhere"
            ? "make the directory that it leads to, or remove the link"
            : "name the directory itself with -o: a link is followed only where both are yours",
      };
    case "root":
      return {
        code: "OUTPUT_IS_ROOT",
        file,
        message: "is the root of the file system, where no bundle belongs",
        hint: "name a directory of its own, as in -o out",
      };
    case "in-the-way":
      return {
        code: "IN_THE_WAY",
        file,
        message: "stands where lvsgen has to write something of another kind (a file or a directory)",
        hint: "move it away, or choose another directory with -o",
      };
    case "system":
      return {
        code: "CANNOT_WRITE",
        file,
        message: `cannot be written: ${systemMessage(problem.code)}; ${problem.isWhole ? "nothing was changed" : "a part of the files was changed, and the next build sets them right"}`,
        hint: `${writeRemedies[problem.code] ?? "make the directory writable"}, or choose another one with -o`,
      };
  }
}
