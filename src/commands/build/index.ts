import { compile } from "../../compile.ts";
import { stops } from "../../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../../exit-code.ts";
import type { Signature } from "../../sign/index.ts";
import { jsonLine } from "../../terminal/json.ts";
import { fromWriteProblem, readableByOthers } from "../../terminal/problem.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { compareBundle, readFormerCluster, writeBundle } from "../../write/index.ts";
import { defaultFile } from "../default-file.ts";
import { readDescription } from "../input.ts";
import { sourcesBeside } from "../sources.ts";
import { departures } from "./departures.ts";
import { type FoundFormer, findFormer } from "./former.ts";
import type { BuildOptions } from "./options.ts";
import { exitCodeOf, type Outcome } from "./outcome.ts";
import { outcomeToJson, printOutcome } from "./report.ts";
import { signatureAfter, signBundle, standingSignature } from "./sign.ts";

/** Builds once, or with `--watch` until the process is interrupted. */
export async function build(file: string | undefined, options: BuildOptions, terminal: Terminal): Promise<ExitCode> {
  const named = file === undefined ? defaultFile() : ({ kind: "file", path: file } as const);
  const told = (outcome: Outcome, path: string): ExitCode => {
    if (options.json) terminal.out.write(jsonLine(outcomeToJson(outcome, options)));
    else printOutcome(outcome, path, options, terminal);
    return exitCodeOf(outcome);
  };
  if (named.kind === "problem") return told({ kind: "unreadable", problem: named.problem }, named.problem.file);
  const { path } = named;
  // While a description is edited, every save would else be the former bundle of the next.
  let kept: FoundFormer | null = null;
  const once = async (note: (file: string) => void = () => {}): Promise<ExitCode> => {
    const outcome = await buildOnce(
      path,
      options,
      async (description) => {
        const found = kept ?? (await findFormer(options, description, options.watch === true));
        if (options.watch && found.kind !== "problem" && found.kind !== "faulty") kept = found;
        return found;
      },
      note,
    );
    return told(outcome, path);
  };
  if (!options.watch) return once();
  if (path === "-") {
    terminal.err.write(terminal.err.language.terminal("error: standard input cannot be watched\n"));
    return exitCode.usage;
  }
  const { watch } = await import("./watch.ts");
  return watch(path, options.output, once, terminal);
}

/** In the place of the signature that is still to be made. */
const anySignature: Signature = { text: "", ssh: "", rsa: null };

async function buildOnce(
  path: string,
  options: BuildOptions,
  formerOf: (description: string) => Promise<FoundFormer>,
  noteSource: (file: string) => void,
): Promise<Outcome> {
  const input = await readDescription(path);
  if (input.kind === "problem") return { kind: "unreadable", problem: input.problem };
  const { description } = input;
  const found = await formerOf(description.file);
  if (found.kind === "problem") return { kind: "unreadable", problem: found.problem };
  if (found.kind === "faulty") return { ...found, kind: "rejected" };
  const { bundle, diagnostics } = await compile(description.text, {
    file: description.file,
    readSource: sourcesBeside(description.file, noteSource),
    ...(found.kind === "former" ? { former: found.former } : {}),
    perHost: options.perHost === true,
  });
  const isStrict = options.strict === true;
  if (bundle === null || diagnostics.some((found) => stops(found, isStrict)))
    return { kind: "rejected", description, diagnostics };

  // Before it is overwritten.
  const former = readFormerCluster(options.output);
  const isComparison = options.check === true;
  const standing = standingSignature(options.output);
  const force = options.force === true;
  const { sign: key } = options;
  // Nobody is asked for a passphrase, or to touch a token, for what cannot be written then.
  const planned = key === undefined ? null : compareBundle(bundle, options.output, force, anySignature);
  const isObstructed = planned !== null && planned.problems.length > 0;
  const made = key === undefined || isObstructed ? null : await signBundle(bundle, standing, { ...options, key });
  if (made !== null && "problem" in made) return { kind: "unsigned", description, diagnostics, problem: made.problem };
  const { changes, problems, openToOthers } = isObstructed
    ? planned
    : isComparison
      ? compareBundle(bundle, options.output, force)
      : writeBundle(bundle, options.output, force, made);
  const isWritten = isComparison || problems.length === 0;
  const common = {
    ...(isWritten ? signatureAfter(bundle, standing, made) : { signature: null, unsigned: null }),
    description,
    diagnostics,
    scripts: bundle.scripts,
    healthChecks: bundle.healthChecks,
    signedOnly: bundle.signedOnly,
    changes,
    change: bundle.change,
    departures: departures(former, bundle),
  };
  const shown = problems.map((problem) => fromWriteProblem(options.output, problem));
  // A comparison stops at nothing but what it cannot read.
  if (isComparison && problems.every(({ kind }) => kind !== "system" && kind !== "output-link" && kind !== "root"))
    return { kind: "compared", ...common, obstacles: shown };
  if (problems.length > 0) return { kind: "unwritable", ...common, problems: shown };
  const open = openToOthers === undefined ? null : readableByOthers(options.output, openToOthers);
  return { kind: "written", ...common, open };
}
