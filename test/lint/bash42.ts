// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
// Finds what EL7's bash 4.2 and its tools do not understand.
import { mask } from "./mask.ts";
import { LANGUAGE, type Rule, TOOLS } from "./rules.ts";

export interface Finding {
  readonly rule: string;
  /** The first version that understands it. */
  readonly since: string;
  /** Where that is written; "ran" is tried. */
  readonly source: string;
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Inside double quotes bash 4.2 keeps quotes in the replacement of `${name/pattern/"replacement"}` as characters (ran). */
const QUOTED_REPLACEMENT: Omit<Rule, "code"> = {
  id: "quoted-replacement",
  since: "4.3",
  source: "ran",
  say: "quotes in the replacement of a quoted ${name/pattern/…} (they become part of the text)",
};

function replacementHasQuotes(expansion: string): boolean {
  const match = /^\$\{!?\w+(?:\[[^\]]*\])?\/[/#%]?((?:\\.|[^/\\])*)\/(.*)\}$/s.exec(expansion);
  return match !== null && /(?<!\\)["']/.test(match[2] ?? "");
}

/** Arrays that bash itself fills, and `${name[@]+"${name[@]}"}`, where the outer expansion guards the inner one. */
function isVouchedFor(code: string, at: number, name: string, line: string): boolean {
  const guard = new RegExp(`\\$\\{!?${name}\\[[@*]\\]:?\\+[^}]*$`);
  return (
    /^(?:BASH_SOURCE|FUNCNAME|BASH_LINENO|PIPESTATUS|BASH_REMATCH)$/.test(name) ||
    guard.test(code.slice(Math.max(0, at - 80), at)) ||
    line.includes("# never empty")
  );
}

/** Checks one script. A line that says `# never empty` vouches for its arrays. Sorted by position. */
export function checkBash42(text: string): readonly Finding[] {
  const { code, quotedExpansions } = mask(text);
  const findings: Finding[] = [];
  const lines = text.split("\n");
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const lineAt = (at: number): number => starts.findLastIndex((start) => start <= at);
  const report = ({ id, since, source, say }: Omit<Rule, "code">, at: number): void => {
    const line = lineAt(at);
    findings.push({ rule: id, since, source, message: say, line: line + 1, column: at - (starts[line] ?? 0) + 1 });
  };
  for (const rule of [...LANGUAGE, ...TOOLS]) {
    for (const match of code.matchAll(rule.code)) {
      const at = match.index + match[0].search(/[^\s;&|(]/);
      if (rule.raw && !rule.raw.test(text.slice(match.index))) continue;
      if (rule.id === "unguarded-array" && isVouchedFor(code, match.index, match[1] ?? "", lines[lineAt(at)] ?? ""))
        continue;
      report(rule, at);
    }
  }
  for (const [start, end] of quotedExpansions)
    if (replacementHasQuotes(text.slice(start, end))) report(QUOTED_REPLACEMENT, start);
  return findings.sort((one, other) => one.line - other.line || one.column - other.column);
}
