/** Imports texts as the command does, with files that exist in the test alone. */
import { analyse } from "../../../src/compile.ts";
import {
  type FileAccess,
  type Imported,
  type ImportOptions,
  importInputs,
  noFiles,
  noOptions,
} from "../../../src/import/index.ts";
import { ipvsRules } from "../../../src/lvs/table.ts";

export interface Given extends Partial<ImportOptions> {
  readonly includes?: Readonly<Record<string, string>>;
}

/** @param texts by the name of the file; one below `HOST/` is a host's own */
export async function importTexts(
  texts: Readonly<Record<string, string>>,
  { includes, ...options }: Given = {},
): Promise<Imported> {
  const inputs = Object.entries(texts).map(([file, text]) => ({
    file,
    text,
    folder: file.includes("/") ? file.slice(0, file.indexOf("/")) : null,
  }));
  return importInputs(
    inputs,
    { ...noOptions, ...options },
    includes === undefined ? noFiles : filesOf(includes),
    (text, file) => analyse(text, { file }),
  );
}

export function importText(text: string, options: Given = {}): Promise<Imported> {
  return importTexts({ input: text }, options);
}

function filesOf(files: Readonly<Record<string, string>>): FileAccess {
  return {
    find: (pattern) => {
      if (pattern.startsWith("/etc/passwd")) return { refused: "outside" };
      const form = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`);
      return Object.keys(files)
        .filter((file) => form.test(file))
        .sort();
    },
    read: (file) => files[file] ?? null,
  };
}

/** Errors of the compiler about the description. */
export function errorsOf({ diagnostics }: Imported): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code}: ${message}`);
}

/** The rules that the description builds, in the table's order. */
export async function builtRules({ text, facts }: Imported, file = "cluster.json"): Promise<string> {
  const { cluster, diagnostics } = await analyse(text, { file });
  if (cluster === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return ipvsRules(cluster.services, facts.printsTunnelType ?? true).join("");
}

/** The outcome of each line, with the reason: `3 ignored: a comment`. */
export function outcomes({ lines }: Imported): string[] {
  return lines.map(({ line, outcome, reason }) => `${line} ${outcome}${reason === "" ? "" : `: ${reason}`}`);
}

export function missesOf({ misses }: Imported): string[] {
  return misses.map(({ place, reason }) => `${place.line}: ${reason}`);
}
