/** The results of a run for people (Markdown) and programs (JSON). */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Book } from "./book.ts";
import { reportDirectory } from "./places.ts";

/** Writes `<title>.json` and `<title>.md` into the report directory. */
export async function writeReport(title: string, book: Book): Promise<void> {
  await mkdir(reportDirectory, { recursive: true });
  const { checks, figures, topics } = book;
  const failed = book.failed.length;
  const result = { title, seconds: book.seconds(), passed: checks.length - failed, failed, topics, checks, figures };
  await writeFile(join(reportDirectory, `${title}.json`), `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(join(reportDirectory, `${title}.md`), markdown(title, book));
}

/** What the terminal shows at the end; the last line is for programs. */
export function summary(book: Book, remark: string | undefined): string {
  const failed = book.failed.length;
  const lines = [
    ...(remark === undefined ? [] : [remark]),
    ...aligned(table(book)),
    ...book.failed.flatMap(({ topic, name, seen }) => [`FAIL ${topic}: ${name}`, ...excerpt(seen)]),
    `${book.seconds()} s`,
    `${book.checks.length - failed} passed, ${failed} failed`,
  ];
  return `\n${lines.join("\n")}\n`;
}

function markdown(title: string, book: Book): string {
  const [head = [], ...rows] = table(book);
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const sections = book.topics.flatMap((topic) => [
    `\n## ${topic.name}: ${topic.title}\n`,
    ...book.checks
      .filter((check) => check.topic === topic.name)
      .flatMap(({ passed, name, seen }) => [
        `- ${passed ? "ok" : "**FAIL**"} ${name}`,
        ...(passed ? [] : excerpt(seen)),
      ]),
    ...book.figures
      .filter((figure) => figure.topic === topic.name)
      .map((figure) => `- ${figure.name}: ${figure.value} ${figure.unit}`),
  ]);
  return [`# ${title}\n`, row(head), row(head.map(() => "---")), ...rows.map(row), ...sections, ""].join("\n");
}

/** Enough of what was seen to know what failed where only the end of the output is kept. */
function excerpt(seen: string): string[] {
  const lines = seen.split("\n").filter((line) => line !== "");
  const shown = lines.slice(0, 8).map((line) => `     ${line.slice(0, 200)}`);
  return lines.length > 8 ? [...shown, `     … ${lines.length - 8} more lines in the report`] : shown;
}

/** One row a topic: its checks, and the figures that have a column of their own. */
function table(book: Book): string[][] {
  const rows = book.topics.map(({ name, seconds }) => {
    const checks = book.checks.filter((check) => check.topic === name);
    const total = (unit: string): string => {
      const found = book.figures.filter((figure) => figure.topic === name && figure.unit === unit);
      return found.length === 0 ? "-" : String(found.reduce((sum, { value }) => sum + value, 0));
    };
    const again = book.figures.filter((figure) => figure.topic === name && figure.unit === "s to serve again");
    const longest = again.length === 0 ? "-" : String(Math.max(...again.map(({ value }) => value)));
    const failed = checks.filter((check) => !check.passed).length;
    return [
      name,
      `${checks.length - failed}/${checks.length}`,
      total("requests"),
      total("failed requests"),
      longest,
      seconds.toFixed(1),
    ];
  });
  return [["proof", "checks", "requests", "failures", "s to serve again (longest)", "s"], ...rows];
}

function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
