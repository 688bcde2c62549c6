/**
 * The manual pages as a reader has them: rendered, at 80 columns, with all that help and the schema say. Help and the schema are read here
 * by ways of their own, so that what the generator leaves out is missed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../../src/commands/definitions.ts";
import { createProgram } from "../../../src/commands/program.ts";
import { english } from "../../../src/language/index.ts";
import type { Terminal } from "../../../src/terminal/terminal.ts";
import { example, filled, literal, page as manualPage } from "../../../tools/man/troff.mjs";
import { run } from "../cli/command-line.ts";
import { below, file, flat, pages, shown } from "./manual.ts";

const text: Record<string, string> = {};
beforeAll(() => {
  for (const page of pages) text[page] = shown(file(page));
});

describe.each(pages)("%s", (page) => {
  test("is right by mandoc's lint", () => {
    const { status, stdout, stderr } = spawnSync("mandoc", ["-T", "lint", file(page)], { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("gives groff nothing to warn of", () => {
    const { status, stderr } = spawnSync("groff", ["-man", "-ww", "-z", file(page)], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("fits 80 columns and breaks no word", () => {
    const lines = (text[page] ?? "").split("\n");
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => line.length > 80 || line.includes("\u2010"))).toEqual([]);
  });

  test("has the sections of man-pages(7), in its order", () => {
    const order = "NAME SYNOPSIS DESCRIPTION OPTIONS,EXIT STATUS,ENVIRONMENT,FILES,EXAMPLES,SEE ALSO";
    const wanted = order
      .split(",")
      .flatMap((part) => (part === "EXIT STATUS" || part === "SEE ALSO" ? [part] : part.split(" ")));
    const headings = (text[page] ?? "").split("\n").filter((line) => /^[A-Z][A-Z ]+$/.test(line));
    const common = wanted.filter((heading) => headings.includes(heading));
    expect(headings.filter((heading) => wanted.includes(heading))).toEqual(common);
    const needed = page === "lvsgen.1" ? wanted : ["NAME", "SYNOPSIS", "DESCRIPTION", "EXAMPLES", "SEE ALSO"];
    expect(common).toEqual(needed);
  });

  test("is known to apropos by its first line", () => {
    const [name] = page.split(".");
    expect(below(text[page] ?? "", "NAME", "")).toMatch(new RegExp(`^${name} - \\S.+[^.]$`));
  });
});

describe("lvsgen(1)", () => {
  const silent = { write: () => {}, columns: null, language: english };
  const terminal = { out: silent, err: silent, isInteractive: false } as unknown as Terminal;
  const program = createProgram([], terminal, () => {});

  test.each([...commands.keys()])("has all that help says of %s", (name) => {
    const part = below(text["lvsgen.1"] ?? "", name, "   ");
    const command = program.commands.find((one) => one.name() === name) ?? new Command();
    expect(part).toContain(flat(command.description()));
    for (const { flags, description } of command.options)
      expect(part).toContain(flat(`${flags.replaceAll(/[<>]/g, "")} ${description}`));
    for (const argument of command.registeredArguments)
      expect(part).toContain(flat(`${argument.name()} ${argument.description}`));
    const [, examples = ""] = run([name, "--help"]).out.split(/^Examples?:$/m);
    expect(flat(examples).length).toBeGreaterThan(5);
    for (const line of examples.split("\n")) {
      // A long one goes on in a further line, and what stands beside a command may stand above it.
      const [, command = "", remark] = /^(.*\S) {2,}(\S.*)$/.exec(line.trim()) ?? [];
      const above = remark === undefined ? [] : [`# ${remark} ${command}`];
      const page = part.replaceAll(" \\", "");
      expect([line, [line, ...above].some((one) => page.includes(flat(one).replaceAll(" \\", "")))]).toEqual([
        line,
        true,
      ]);
    }
  });

  test("has the options of every command, and each exit code with what help says of it", () => {
    const { out } = run(["--help"]);
    const [, codes = ""] = out.split("Exit codes:\n");
    const rows = codes.trimEnd().split("\n").map(flat);
    expect(rows.length).toBeGreaterThan(6);
    for (const row of rows) expect(below(text["lvsgen.1"] ?? "", "EXIT STATUS", "")).toContain(row);
    for (const { flags, description } of program.options)
      expect(below(text["lvsgen.1"] ?? "", "OPTIONS", "")).toContain(
        flat(`${flags.replaceAll(/[<>]/g, "")} ${description}`),
      );
  });
});

test("the environment that lvsgen reads is in lvsgen(1), and no other", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const read = sources.flatMap((path) =>
    Array.from(
      readFileSync(join("src", path), "utf8").matchAll(/\benv(?:\.([A-Z_]+)|\["([A-Z_]+)"\])/g),
      ([, plain, quoted]) => plain ?? quoted ?? "",
    ),
  );
  const part = (text["lvsgen.1"] ?? "").split("\nENVIRONMENT\n")[1]?.split("\nFILES\n")[0] ?? "";
  const named = Array.from(part.matchAll(/^ {7}([A-Z_]+)\b/gm), ([, name]) => name);
  expect(named.toSorted()).toEqual([...new Set(read)].toSorted());
});

describe("lvsgen-cluster(5)", () => {
  interface Schema {
    readonly $ref?: string;
    readonly title?: string;
    readonly description?: string;
    readonly default?: unknown;
    readonly enum?: readonly unknown[];
    readonly enumDescriptions?: readonly string[];
    readonly required?: readonly string[];
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly $defs?: Readonly<Record<string, Schema>>;
  }
  const schema = JSON.parse(readFileSync("schema/cluster.schema.json", "utf8")) as Schema;
  const definitions = Object.entries(schema.$defs ?? {});
  const sections = definitions.filter(([, { properties }]) => properties !== undefined);
  const page = (): string => text["lvsgen-cluster.5"] ?? "";

  const expectKeys = (part: string, { properties = {}, required = [] }: Schema): void => {
    for (const [key, property] of Object.entries(properties)) {
      const referred = schema.$defs?.[property.$ref?.split("/").at(-1) ?? ""];
      const description = flat(property.description ?? referred?.description ?? "?");
      const needed = required.includes(key) ? ", required" : "";
      const start = part.search(new RegExp(`(?:^| )\\${key.startsWith("$") ? "" : "b"}${key} \\([^()]+${needed}\\) `));
      expect({ key, isThere: start >= 0 }).toEqual({ key, isThere: true });
      expect(part).toContain(`${needed}) ${description}`);
      if (property.default !== undefined)
        expect(part).toContain(`${description} Default: ${JSON.stringify(property.default)}.`);
      if (property.properties) expectKeys(part, property);
    }
  };

  test("has every key of the description", () => {
    expectKeys(below(page(), "KEYS", ""), schema);
  });

  test.each(sections)("has every key of %s", (name, definition) => {
    const part = below(page(), definition.title ?? "", "   ");
    expect(part).toContain(flat(`${name}: ${definition.description}`));
    expectKeys(part, definition);
  });

  test("explains every other type of the schema", () => {
    const part = below(page(), "VALUES", "");
    for (const [name, { properties, description = "?" }] of definitions)
      if (properties === undefined) {
        expect(part).toMatch(new RegExp(`(?:^| )${name} \\([^()]+\\) `));
        expect(part).toContain(flat(description));
      }
  });

  test("explains every word of every choice", () => {
    const all = flat(page());
    let count = 0;
    const walk = (part: unknown): void => {
      if (typeof part !== "object" || part === null) return;
      const { enum: values = [], enumDescriptions = [] } = part as Schema;
      for (const [index, words] of enumDescriptions.entries()) {
        expect(all).toContain(flat(`${values[index]} ${words}.`));
        count++;
      }
      for (const member of Object.values(part)) walk(member);
    };
    walk(schema);
    expect(count).toBeGreaterThan(30);
  });
});

test("whatever a text has in it is shown as it is", () => {
  const hostile = [
    ".SH no heading",
    "'br no macro",
    "C:\\new \\fBold \\n(.s \\",
    'a-b --option "quoted" it\'s `code` ^ ~ … web[01-40] 调度器',
    "A sentence. Another one! .dot",
  ];
  const head = { name: "hostile", section: 7, day: "2026-01-31", source: "a 1.0", manual: "b" };
  const escaped = hostile.map((line) => `.PP\n${filled(literal(line))}`);
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-man-"));
  const path = join(directory, "hostile.7");
  writeFileSync(
    path,
    manualPage(head, [".SH NAME", "hostile \\- it", ".SH TEXT", ...escaped, ".PP", example(hostile)]),
  );
  const output = shown(path);
  rmSync(directory, { recursive: true });
  expect(below(output, "TEXT", "")).toBe(flat([...hostile, ...hostile].join(" ")));
  for (const line of hostile) expect(output).toContain(`       ${line}\n`);
});
