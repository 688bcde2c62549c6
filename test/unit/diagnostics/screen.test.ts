/** Every message, in both languages, on the screen of a terminal of 80 and of 60 columns: no line is broken by it, and each caret is under its character. */
import { extname } from "node:path";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { safe } from "../../../src/diagnostics/excerpt.ts";
import { catalogue, type LocatedDiagnostic, type Position, printDiagnostics } from "../../../src/diagnostics/index.ts";
import { english, type Language } from "../../../src/language/index.ts";
import { chinese } from "../../../src/language/zh/index.ts";
import { colorsFor } from "../../../src/terminal/colors.ts";
import { printFindings } from "../../../src/terminal/findings.ts";
import { invalidFixtures } from "./fixtures.ts";
import { type Row, screenOf } from "./screen.ts";

const widths = [80, 60];
const note = "/* 调度器与真实服务器：第一组虚拟地址𠀀的说明，由运维维护 */ ";

/** The texts of a fixture: as it is, with wide characters before what is meant, and all in one line. */
function variants(file: string, text: string): [name: string, text: string][] {
  const own: [string, string][] = [["as it is", text]];
  if (!file.endsWith(".json") || /SYNTAX_ERROR|EMPTY_FILE/.test(file)) return own;
  return [
    ...own,
    ["behind wide characters", text.replaceAll(/^(?=\s*["{[\]}])/gm, note)],
    ["in one line", text.replaceAll(/^\s*\/\/.*$/gm, "").replaceAll(/\n\s*/g, " ")],
  ];
}

const sourceRow = /^ *[0-9]+ \| /;
const caretRow = /^( *\| +)([\^-]+)$/;

/** What a command says of findings, in colours. */
function printed(
  found: readonly LocatedDiagnostic[],
  description: { readonly file: string; readonly text: string },
  columns: number,
  language: Language,
): string {
  let text = "";
  const colors = colorsFor(true, ["--color"], {});
  printFindings(found, description, { write: (more) => (text += more), colors, columns, language });
  return text;
}

/** What is under the carets, row by row. */
function underCarets(rows: readonly Row[], columns: number): { marked: string; first: string }[] {
  return rows.flatMap((row, y) => {
    const match = row.isWrapped ? null : caretRow.exec(row.text);
    const source = rows[y - 1];
    if (match === null) return [];
    const [, before = "", carets = ""] = match;
    const end = before.length + carets.length;
    expect(source?.text).toMatch(sourceRow);
    expect(source?.isWrapped).toBe(false);
    expect(row.text.length).toBeLessThanOrEqual(columns);
    return [
      {
        marked: source?.between(before.length, end) ?? "",
        first: source?.between(before.length, before.length + 1) ?? "",
      },
    ];
  });
}

/** What the carets of a position belong under, as it is shown: a letter with the accents that its cell has. */
function meant(text: string, { line, column, length }: Position): string {
  const found = text.split(/\r\n|\n|\r/)[line - 1] ?? "";
  const characters = Array.from(found);
  let end = column - 1 + length;
  while (/\p{Mn}/u.test(characters[end] ?? "")) end++;
  return safe(characters.slice(column - 1, end).join(""));
}

function expectAligned(text: string, found: readonly LocatedDiagnostic[], rows: readonly Row[], columns: number): void {
  const positions = found.flatMap((one) => [one, ...one.related]);
  const under = underCarets(rows, columns);
  expect(under).toHaveLength(positions.length);
  for (const [index, position] of positions.entries()) {
    const wanted = meant(text, position);
    const { marked = "", first = "" } = under[index] ?? {};
    // Of nothing, such as what an empty file has, a caret shows where it would be.
    if (wanted === "") continue;
    expect(wanted.startsWith(marked)).toBe(true);
    expect(first.startsWith(Array.from(wanted)[0] ?? "")).toBe(true);
    // Cut it is only where it would not fit.
    if (marked !== wanted) expect(rows.some(({ text: row }) => row.includes(`${marked}…`))).toBe(true);
  }
}

describe.each(invalidFixtures().map(({ file: name, text }) => ({ name, text })))("$name", ({ name, text }) => {
  const file = `cluster${extname(name)}`;
  test.each(variants(name, text))("%s", async (_name, written) => {
    const { diagnostics } = await analyse(written, { file });
    expect(diagnostics.length).toBeGreaterThan(0);
    // One that is acknowledged is listed without its line, and one of a secret never shows it.
    const marked = diagnostics.filter(
      ({ acknowledged, code }) => acknowledged === undefined && !("hidden" in catalogue[code]),
    );
    for (const columns of widths)
      for (const language of [english, chinese]) {
        const rows = await screenOf(printed(diagnostics, { file, text: written }, columns, language), columns);
        expectAligned(written, marked, rows, columns);
        expect(rows.filter(({ isWrapped }) => isWrapped)).toEqual([]);
        const count = `${file}${language.terminal(": ")}`;
        expect(rows.some(({ text: row }) => row.startsWith(count) && /[0-9]/.test(row))).toBe(true);
      }
  });
});

describe("a line that has to be cut", () => {
  const at = (column: number, length: number): LocatedDiagnostic => ({
    code: "UNKNOWN_HOST",
    severity: "error",
    message: "no host",
    hint: "add it",
    pointer: "",
    file: "cluster.json",
    line: 1,
    column,
    length,
    related: [],
  });

  /** Each character of the line is marked once, alone and with what follows it. */
  test.each([
    ["of wide characters alone", "调度器真实服务器虚拟地址直接路由健康检查权重连接".repeat(12)],
    ["of both", "web一lvs二nfs三".repeat(25)],
    ["with accents", "e\u0301a\u0308o".repeat(60)],
    ["with what is written out", "ab\u202ecd\u0007e".repeat(30)],
    ["with characters of two code units", "𠀀x𠀁".repeat(50)],
    ["that fits to the column", "x".repeat(76)],
    ["that is one column too long", "x".repeat(77)],
  ])("%s", async (_name, line) => {
    const characters = Array.from(line);
    for (let column = 1; column <= characters.length; column += 3) {
      // An accent has no column of its own.
      if (/\p{Mn}/u.test(characters[column - 1] ?? "")) continue;
      for (const length of [1, 5, 200]) {
        for (const columns of widths) {
          const found = [at(column, Math.min(length, characters.length - column + 1))];
          const shown = printDiagnostics(found, { text: line, color: false, columns });
          expectAligned(line, found, await screenOf(shown, columns), columns);
        }
      }
    }
  });

  test("says on which side", () => {
    const line = "x".repeat(300);
    const shown = (column: number): string =>
      printDiagnostics([at(column, 4)], { text: line, color: false, columns: 60 })
        .split("\n")[1]
        ?.slice(4) ?? "";
    expect(shown(1)).toMatch(/^x+…$/);
    expect(shown(150)).toMatch(/^…x+…$/);
    expect(shown(297)).toMatch(/^…x+$/);
    for (const column of [1, 150]) expect(shown(column)).toHaveLength(56);
  });
});
