/** The pipeline and the habits that a reader relies on, read from the source itself. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { describe, expect, test } from "vitest";

interface Import {
  /** `render/files.ts` */
  readonly from: string;
  /** `plan/script.ts`, or `node:fs`, or a package. */
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const sources = new Map(
  readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".ts") && !file.startsWith("generated/"))
    .map((file) => [file, readFileSync(join("src", file), "utf8")]),
);

/** `plan` of `plan/director.ts`, `net` of `net.ts`: a part is a folder, or a file where it needs no more. */
function partOf(file: string): string {
  return (file.split("/")[0] ?? "").replace(/\.[a-z]+$/, "");
}

const statement = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const lazy = /\bimport\("([^"]+)"\)/g;

function importsOf(from: string, text: string): Import[] {
  const resolve = (to: string): string => (to.startsWith(".") ? join(dirname(from), to).split(sep).join("/") : to);
  const found = [...text.matchAll(statement)].map(([whole, type, to = ""]) => ({
    from,
    to: resolve(to),
    // `import { type A, type B }` brings no value along either.
    isTypeOnly: type !== undefined || /^\w+\s*\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?\s*,?)+\s*\}/.test(whole),
  }));
  return [...found, ...[...text.matchAll(lazy)].map(([, to = ""]) => ({ from, to: resolve(to), isTypeOnly: false }))];
}

const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));
const isLocal = ({ to }: Import): boolean => sources.has(to) || to.startsWith("generated/");

/** What each part may import besides itself; `type` marks what it may only name. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  parse: ["diagnostics", "pointer"],
  validate: ["address-slips", "copy", "diagnostics", "hidden", "pointer", "platform", "generated"],
  sources: ["diagnostics", "pointer", "type generated"],
  expand: ["diagnostics", "type ipvs", "net", "pointer", "type generated"],
  resolve: [
    "address-slips",
    "diagnostics",
    "pointer",
    "net",
    "model",
    "platform",
    "lvs",
    "sign",
    "type expand",
    "type generated",
  ],
  check: ["diagnostics", "pointer", "net", "platform", "lvs", "model"],
  plan: ["diagnostics", "platform", "net", "lvs", "model"],
  graph: ["diagnostics", "hidden", "language", "net", "lvs", "model"],
  render: ["type plan", "lvs", "bundle", "diff", "type graph", "hidden", "language", "model", "generated", "utf8"],
  secrets: ["type model"],
  sign: [],
  verify: ["sign"],
  status: ["hidden"],
  rollout: ["diff", "render", "status"],
  write: ["bundle", "sign", "utf8"],
  language: ["type diagnostics", "generated"],
  lvs: ["type ipvs", "model", "net"],
  platform: ["type ipvs"],
  diagnostics: [],
  net: [],
  "address-slips": ["net"],
  ipvs: [],
  copy: [],
  pointer: [],
  utf8: [],
  host: ["type net", "type platform", "type sign"],
  failover: ["type host", "type net"],
  model: ["type failover", "type host", "type ipvs", "type language", "type net", "type platform"],
  hidden: [],
  bundle: ["model"],
  locate: ["diagnostics", "pointer", "type parse"],
  acknowledge: ["diagnostics", "pointer"],
  examine: [
    "validate",
    "sources",
    "expand",
    "resolve",
    "check",
    "copy",
    "acknowledge",
    "diagnostics",
    "pointer",
    "type model",
  ],
  compile: [
    "parse",
    "examine",
    "secrets",
    "type sources",
    "plan",
    "render",
    "diff",
    "graph",
    "language",
    "locate",
    "acknowledge",
    "bundle",
    "model",
    "diagnostics",
  ],
  index: [
    "compile",
    "diff",
    "type sources",
    "type graph",
    "type bundle",
    "type diagnostics",
    "type model",
    "type generated",
  ],
  import: ["diagnostics", "draft", "type language", "type ipvs", "net", "lvs", "type model", "parse", "platform"],
  diff: ["diagnostics", "type language", "lvs", "type plan", "type bundle"],
  draft: ["diagnostics", "type language"],
  // The edge: what reads arguments and files, and speaks to people.
  "exit-code": [],
  terminal: [
    "diagnostics",
    "diff",
    "exit-code",
    "language",
    "rollout",
    "status",
    "type bundle",
    "type import",
    "type sign",
    "type write",
  ],
  commands: [
    "compile",
    "diagnostics",
    "diff",
    "draft",
    "exit-code",
    "expand",
    "generated",
    "type graph",
    "import",
    "language",
    "type model",
    "net",
    "type plan",
    "platform",
    "rollout",
    "secrets",
    "sign",
    "type sources",
    "status",
    "terminal",
    "type bundle",
    "verify",
    "write",
  ],
  cli: ["commands", "exit-code", "language", "terminal"],
};

/** They alone touch the world outside. */
const edge = ["cli", "commands", "terminal", "exit-code", "sign", "write"];

describe("imports", () => {
  test("are found at all", () => {
    expect(imports.filter(({ from }) => from === "compile.ts").map(({ to }) => to)).toContain("parse/index.ts");
  });

  test.each(Object.entries(allowed))("of %s go where they may", (part, targets) => {
    const wrong = imports
      .filter((one) => partOf(one.from) === part && isLocal(one))
      .filter((one) => partOf(one.to) !== part)
      .filter((one) => !targets.includes(partOf(one.to)))
      .filter((one) => !(one.isTypeOnly && targets.includes(`type ${partOf(one.to)}`)));
    expect(wrong).toEqual([]);
  });

  test("every part of src has its place in this table, and the table no other", () => {
    const parts = new Set([...sources.keys()].map(partOf));
    expect([...parts].sort()).toEqual(Object.keys(allowed).sort());
  });

  test("the table itself has no circle, types included", () => {
    const below = (part: string): readonly string[] =>
      (allowed[part] ?? []).map((target) => target.replace("type ", ""));
    const reached = new Set<string>();
    const circle = (part: string, way: readonly string[]): readonly string[] | null => {
      if (way.includes(part)) return [...way, part];
      if (reached.has(part)) return null;
      for (const target of below(part)) {
        const found = circle(target, [...way, part]);
        if (found !== null) return found;
      }
      reached.add(part);
      return null;
    };
    for (const part of Object.keys(allowed)) expect(circle(part, [])).toBeNull();
  });

  test("a room is a folder: no file stands beside the folder of its name", () => {
    const files = [...sources.keys()];
    const beside = files.filter((file) => files.some((other) => other.startsWith(`${file.replace(/\.ts$/, "")}/`)));
    expect(beside).toEqual([]);
  });

  test.each([
    "parse",
    "validate",
    "expand",
    "resolve",
    "check",
    "plan",
    "render",
    "write",
    "diagnostics",
    "platform",
    "import",
    "graph",
    "diff",
    "language",
    "sign",
    "verify",
    "status",
  ])("%s is entered by its index", (room) => {
    expect([...sources.keys()]).toContain(`${room}/index.ts`);
  });

  test("the core asks Node for nothing but hashes: no file system, no process, no clock", () => {
    const core = imports.filter(({ from }) => !edge.includes(partOf(from)));
    expect(core.filter(({ to }) => to.startsWith("node:") && to !== "node:crypto")).toEqual([]);
    const impure = /\bprocess\.|\bDate\b|Math\.random|\blocaleCompare\b|\btoLocale|\bIntl\./;
    const users = [...sources].filter(
      ([file, text]) => !edge.includes(partOf(file)) && impure.test(withoutComments(text)),
    );
    expect(users.map(([file]) => file)).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/\/\/.*$/gm, "");
}

describe("habits", () => {
  test("a file fits in the head: at most 220 lines", () => {
    const long = [...sources].filter(([, text]) => text.split("\n").length > 221);
    expect(long.map(([file]) => file)).toEqual([]);
  });

  test("a file is named by what it does", () => {
    const vague = /(?:^|[/-])(?:utils?|helpers?|common|misc|shared)(?:[-./]|$)/;
    expect([...sources.keys()].filter((file) => vague.test(file))).toEqual([]);
  });

  test("no suppressed type error and no enum", () => {
    const suppressed =
      /@ts-(?:ignore|expect-error|nocheck)|\bas any\b|:\s*any\b(?! \w)|^\s*(?:export\s+)?(?:const\s+)?enum\s/m;
    expect([...sources].filter(([, text]) => suppressed.test(withoutComments(text))).map(([file]) => file)).toEqual([]);
  });

  // Tests share what they import (vitest.config.ts); a mocked module would go on to the next file.
  test("tests that mock a module are named so", () => {
    const tests = readdirSync("test/unit", { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".test.ts"),
    );
    const mocking = tests.filter((file) => /^vi\.(?:do)?mock\(/im.test(readFileSync(join("test/unit", file), "utf8")));
    expect(tests.filter((file) => file.endsWith(".mocked.test.ts"))).toEqual(mocking);
  });
});
