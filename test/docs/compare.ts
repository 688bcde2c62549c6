/** Compares what a page shows with what was printed: line by line, but for what differs each time. */

/** What may stand in a page for what differs. A sum is the same one wherever a page has its name. */
const placeholders: Readonly<Record<string, string>> = {
  sum: "[0-9a-f]{64}",
  number: "\\d+",
  seconds: "\\d+(?:\\.\\d+)?",
  time: "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:Z|[+-]\\d\\d:?\\d\\d)?",
  mac: "(?:[0-9a-f]{2}:){5}[0-9a-f]{2}",
  release: "\\d+(?:\\.\\d+)+",
};

/** Stands for any lines, or none. */
const anyLines = "…";

/**
 * Whether the lines that are shown say what was printed. An ellipsis on a line of its own stands for any lines; nothing shown means that
 * nothing was printed.
 * @param known sums by their names, which a page has shown so far; those that are new are added
 */
export function showsWhatWasPrinted(shown: readonly string[], printed: string, known: Map<string, string>): boolean {
  const fresh = new Set<string>();
  const lines = shown.map((line) => {
    if (line.trim() === anyLines) return "(?:.*\\n)*?";
    const parts = line.split(/<([a-z]+(?: \d)?)>/);
    const patterns = parts.map((part, index) => {
      if (index % 2 === 1) return pattern(part, known, fresh);
      // A column behind what differs begins where it does in any case.
      return index === 0 ? escaped(part) : escaped(part).replace(/^ {2,}/, " +");
    });
    return `${patterns.join("")}\\n`;
  });
  const text = printed.replaceAll(/[ \t]+$/gm, "").replace(/\n*$/, "\n");
  const found = new RegExp(`^${lines.join("")}$`).exec(text === "\n" ? "" : text);
  for (const name of found === null ? [] : fresh) known.set(name, found?.groups?.[name.replace(" ", "")] ?? "");
  return found !== null;
}

function pattern(name: string, known: ReadonlyMap<string, string>, fresh: Set<string>): string {
  const [kind = ""] = name.split(" ");
  const any = placeholders[kind];
  // What is no placeholder is text of the output.
  if (any === undefined) return escaped(`<${name}>`);
  if (kind !== "sum") return any;
  const value = known.get(name);
  if (value !== undefined) return value;
  const group = name.replace(" ", "");
  if (fresh.has(name)) return `\\k<${group}>`;
  fresh.add(name);
  return `(?<${group}>${any})`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
