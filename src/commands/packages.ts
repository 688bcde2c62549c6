import { analyse } from "../compile.ts";
import { isError, toJson } from "../diagnostics/index.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Say } from "../language/index.ts";
import type { PlatformPackages } from "../plan/packages.ts";
import { printFindings } from "../terminal/findings.ts";
import { jsonLine } from "../terminal/json.ts";
import { printProblem, problemToJson } from "../terminal/problem.ts";
import type { Output, Terminal } from "../terminal/terminal.ts";
import { table, wrapped } from "../terminal/text.ts";
import { readDescription } from "./input.ts";
import { sourcesBeside } from "./sources.ts";

export interface PackagesOptions {
  readonly json?: true;
}

/** Says which packages the hosts need, by platform and role: what `fetch-packages.sh` of the same description fetches. */
export async function packages(
  file: string | undefined,
  { json }: PackagesOptions,
  { out, err }: Terminal,
): Promise<ExitCode> {
  const input = await readDescription(file);
  if (input.kind === "problem") {
    if (json) out.write(jsonLine({ diagnostics: [], problems: [problemToJson(input.problem)], platforms: [] }));
    else printProblem(input.problem, err);
    return input.problem.exitCode;
  }
  const { description } = input;
  const { plan, diagnostics } = await analyse(description.text, {
    file: description.file,
    readSource: sourcesBeside(description.file),
  });
  const needed = plan?.packages ?? [];
  if (json) {
    const found = diagnostics.map(toJson);
    out.write(jsonLine({ diagnostics: found, problems: [], platforms: needed.map(platformToJson) }));
  } else {
    printFindings(diagnostics.filter(isError), description, err);
    if (plan !== null)
      out.write(needed.length === 0 ? out.language.terminal("no host needs a package\n") : listing(needed, out));
  }
  return plan === null ? exitCode.findings : exitCode.ok;
}

function platformToJson({ platform, needs, packages }: PlatformPackages) {
  return { platform: platform.name, packageManager: platform.packageManager, packages, roles: needs };
}

function listing(needed: readonly PlatformPackages[], { colors, language: { terminal: say } }: Output): string {
  const heading = ["PLATFORM", "ROLE", "HOSTS", "PACKAGES"].map((title) => colors.dim(say(title)));
  const rows = needed.flatMap(({ platform, needs }) =>
    needs.map(({ role, hosts, packages }, index) => [
      index === 0 ? colors.bold(platform.name) : "",
      role,
      someOf(hosts, say),
      packages.join(" "),
    ]),
  );
  return `${table([heading, ...rows], "  ")}\n${wrapped(say(hint), "")}\n`;
}

const hint =
  "For hosts without a network: fetch-packages.sh of the bundle downloads these with all that they depend on, on a connected machine of the same system.";

/** A column that stays readable with a thousand hosts. */
function someOf(hosts: readonly string[], say: Say): string {
  const shown = hosts.slice(0, 4);
  return [...shown, ...(hosts.length > shown.length ? [say(`and ${hosts.length - shown.length} more`)] : [])].join(
    ", ",
  );
}
