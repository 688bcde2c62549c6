/** What bash itself makes of the heads of scripts. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { normalKey, type Statement, statementsOf } from "./formats.ts";

/** How many heads a process of bash takes. */
const heads = 400;

/** The functions of the templates; a text that is embedded may look like one. */
const known =
  /^(?:hosts|platform_facts|named_real_servers|resources|directors|services|authorities|interfaces|needs|targets)$/;

export interface Evaluated {
  readonly statements: readonly Statement[];
}

/** Evaluates heads, some hundred a process; what bash complains of, and what it left in its empty directory, goes to `fault`. */
export function evaluate(
  texts: readonly { readonly head: string; readonly hosts: string }[],
  fault: (index: number, message: string) => void,
): Evaluated[] {
  const results: Evaluated[] = [];
  for (let first = 0; first < texts.length; first += heads) {
    const batch = texts.slice(first, first + heads);
    results.push(...evaluateBatch(batch, (index, message) => fault(first + index, message)));
  }
  return results;
}

function evaluateBatch(
  texts: readonly { readonly head: string; readonly hosts: string }[],
  fault: (index: number, message: string) => void,
): Evaluated[] {
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-sweep-"));
  try {
    const empty = join(directory, "empty");
    mkdirSync(empty);
    const words = texts.flatMap(({ head, hosts }, index) => {
      writeFileSync(join(directory, `${index}`), head);
      const functions = [...head.matchAll(/^([a-z_]+)\(\) \{$/gm)].flatMap(([, name = ""]) =>
        known.test(name) ? [name] : [],
      );
      return [functions.join(" "), hosts, join(directory, `${index}`)];
    });
    const { stdout, stderr, status } = spawnSync(
      process.env["BASH42"] ?? "bash",
      ["--norc", "test/sweep/heads.bash", ...words],
      { encoding: "utf8", maxBuffer: 1 << 30, env: {}, cwd: process.cwd() },
    );
    if (status !== 0 || stderr !== "") fault(0, `bash: ${stderr.slice(0, 400)} (${status})`);
    if (readdirSync(empty).length > 0) fault(0, `something was made: ${readdirSync(empty).join(" ")}`);
    return readRecords(stdout);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function readRecords(stdout: string): Evaluated[] {
  const fields = stdout.split("\0");
  const results: Evaluated[] = [];
  let statements: Statement[] = [];
  for (let at = 0; at < fields.length - 1; ) {
    const count = fields[at++];
    if (count === "end") {
      results.push({ statements });
      statements = [];
      continue;
    }
    const size = Number(count) + 1;
    statements.push(...normal(fields.slice(at, at + size)));
    at += size;
  }
  return results;
}

/**
 * The same said in the same way: keys of sysctl, under what kind netplan has an interface, which its name decides, and of a file or a
 * block what it says.
 */
function normal(words: readonly string[]): Statement[] {
  const [verb = "", kind = "", path = ""] = words;
  const fixed = kind === "file" ? 6 : kind === "keepalived" ? words.length - 1 : 4;
  if (verb === "want" && (kind === "file" || kind === "block" || kind === "keepalived")) {
    const inner = statementsOf(path, words.slice(fixed).join(""));
    return [words.slice(0, fixed), ...inner.map((one) => ["in", path, ...one])];
  }
  return [plain(words)];
}

function plain(words: readonly string[]): Statement {
  return words.map((word, index) => {
    if (/^net[./]/.test(word)) return normalKey(word);
    return words[index - 1] === "netplan" && /^(?:ethernets|bonds|bridges|vlans)$/.test(word) ? "TYPE" : word;
  });
}
