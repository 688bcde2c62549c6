/** What a bundle's description gives now. */
import { lstatSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { compile } from "../../compile.ts";
import type { Folder, Rebuilt } from "../../verify/index.ts";
import { defaultFiles } from "../default-file.ts";
import { readDescription } from "../input.ts";
import { sourcesBeside } from "../sources.ts";

/** @param named the description; left out: the one of the usual names that lies beside the directory */
export async function rebuild(directory: string, folder: Folder, named?: string): Promise<Rebuilt> {
  const file = named ?? beside(directory);
  if (typeof file !== "string") return file;
  const input = await readDescription(file);
  if (input.kind === "problem")
    return {
      kind: "not-built",
      why: `the description ${input.problem.file}: ${input.problem.message}`,
      hint: "name the description that it was built from: --description FILE",
    };
  const { description } = input;
  const text = (path: string): string => folder.files.get(path)?.toString("utf8") ?? "";
  const paths = [...folder.files].flatMap(([path, bytes]) => (bytes === null ? [] : [path]));
  const { bundle } = await compile(description.text, {
    file: description.file,
    readSource: sourcesBeside(description.file),
    former: { manifest: text("manifest.json"), files: () => new Map(paths.map((path) => [path, text(path)])) },
  });
  if (bundle === null)
    return {
      kind: "not-built",
      why: `the description ${description.file} has errors`,
      hint: `lvsgen validate ${description.file} says which`,
    };
  return {
    kind: "built",
    description: description.file,
    sums: new Map(bundle.files.map(({ path, sha256 }) => [path, sha256])),
  };
}

function beside(directory: string): string | Rebuilt {
  const above = dirname(resolve(directory));
  const found = defaultFiles
    .map((name) => join(above, name))
    .filter((file) => lstatSync(file, { throwIfNoEntry: false })?.isFile() === true);
  const [only] = found;
  if (only !== undefined && found.length === 1) return relative(process.cwd(), only) || only;
  return {
    kind: "not-built",
    why:
      only === undefined
        ? "there is no description beside the directory"
        : "several descriptions lie beside the directory",
    hint: "name the description that it was built from: --description FILE",
  };
}
