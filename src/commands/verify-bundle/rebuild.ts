/** What a bundle's description gives now. */
import { createHash } from "node:crypto";
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
  const { perHost, host } = madeFor(text("manifest.json"));
  const paths = [...folder.files].flatMap(([path, bytes]) => (bytes === null ? [] : [path]));
  const { bundle } = await compile(description.text, {
    file: description.file,
    readSource: sourcesBeside(description.file),
    perHost: perHost || host !== null,
    former: { manifest: text("manifest.json"), files: () => new Map(paths.map((path) => [path, text(path)])) },
  });
  if (bundle === null)
    return {
      kind: "not-built",
      why: `the description ${description.file} has errors`,
      hint: `lvsgen validate ${description.file} says which`,
    };
  const folderOfHost = bundle.files.find(
    ({ path, chunks }) => /^hosts\/[^/]+\/manifest\.json$/.test(path) && madeFor(chunks.join("")).host === host,
  );
  const inside = host === null ? "" : (folderOfHost?.path.replace(/manifest\.json$/, "") ?? null);
  if (inside === null)
    return {
      kind: "not-built",
      why: `the description ${description.file} has no host ${JSON.stringify(host)} with a role`,
      hint: "name the description that it was built from: --description FILE",
    };
  const own = bundle.files.filter(({ path }) => path.startsWith(inside));
  return {
    kind: "built",
    description: description.file,
    input: createHash("sha256").update(description.text).digest("hex"),
    sums: new Map(own.map(({ path, sha256 }) => [path.slice(inside.length), sha256])),
  };
}

/** Whether a bundle has folders of single hosts, or is that of one, by what its manifest says. */
function madeFor(manifest: string): { readonly perHost: boolean; readonly host: string | null } {
  let value: unknown = null;
  try {
    value = JSON.parse(manifest);
  } catch {
    // What is no manifest was not made by `build`, and is compared with what a build gives.
  }
  const { files = [], host = null } = (typeof value === "object" && value !== null ? value : {}) as {
    readonly files?: unknown;
    readonly host?: unknown;
  };
  const isOfHost = (file: unknown): boolean =>
    typeof file === "object" && file !== null && "path" in file && String(file.path).startsWith("hosts/");
  return {
    perHost: Array.isArray(files) && files.some(isOfHost),
    host: typeof host === "string" ? host : null,
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
