/**
 * What the texts of the shell runtime are in another language: catalogues below `templates/LANGUAGE/runtime/`, one for each file of the
 * runtime, `common` for what several of them say, `composed` for what is put together of several texts. An entry is two lines: the English
 * text as the file has it, with `{1}` `{2}` … for what is expanded in it, and set in by two blanks what it becomes.
 *
 * @param {string} text
 * @param {string} key the name of the catalogue, for errors
 * @returns {[string, string][]}
 */
export function catalogueEntries(text, key) {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.flatMap((line, at) => {
    const isKey = at % 2 === 0;
    if (line.startsWith("  ") === isKey) throw new Error(`${key}: no pair of lines at: ${line}`);
    return isKey ? [[line, (lines[at + 1] ?? "").slice(2)]] : [];
  });
}

/** For any program. */
export const sharedCatalogues = ["common", "composed"];

/**
 * The function `catalogue` of a program's scripts: what its own files say. The last one that fits is taken: what says the least itself comes
 * first, and last what fits only where its values have a translation.
 *
 * @param {string[]} files those whose texts the program says
 * @param {Map<string, string>} catalogues by the path of the file, without its extension
 * @param {string} program
 * @returns {string}
 */
export function catalogueFunction(files, catalogues, program) {
  const keys = [...files.map((file) => file.replace(/\.sh$/, "")), `described/${program}`, ...sharedCatalogues];
  const entries = new Map(keys.flatMap((key) => catalogueEntries(catalogues.get(key) ?? "", key)));
  const rank = ([english, other]) => (other.includes("*}") ? 10_000 : 0) + english.replace(/\{[0-9]\}/g, "").length;
  const sorted = [...entries].sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1));
  const lines = sorted.map(([english, other]) => `  chinese ${quoted(english)} ${quoted(other)}`);
  return ["# What the texts of this script are in Chinese.", "catalogue() {", ...lines, "}", ""].join("\n");
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
