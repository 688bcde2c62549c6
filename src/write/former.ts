/**
 * What the former build left in the output directory. Only files that its manifest lists may be replaced
 * or removed; everything else belongs to someone else.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type FormerBuild =
  | { readonly kind: "none" }
  | { readonly kind: "lvsgen"; readonly paths: ReadonlySet<string> }
  /** There is a `manifest.json`, but not one that lvsgen wrote. */
  | { readonly kind: "foreign" };

/** The two files that no manifest can list, for each of them holds the checksum of the other files. */
const unlisted = ["manifest.json", "SHA256SUMS"];

/**
 * Reads `manifest.json` of the output directory.
 *
 * @throws the system's error when the file is there and cannot be read
 */
export function readFormerBuild(directory: string): FormerBuild {
  const file = join(directory, "manifest.json");
  if (!existsSync(file)) return { kind: "none" };
  const paths = listedPaths(parseJson(readFileSync(file, "utf8")));
  return paths === null ? { kind: "foreign" } : { kind: "lvsgen", paths: new Set([...paths, ...unlisted]) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function listedPaths(manifest: unknown): string[] | null {
  if (!isObject(manifest) || manifest.generator !== "lvsgen" || manifest.format !== 1) return null;
  const files = manifest.files;
  if (!Array.isArray(files)) return null;
  const paths: string[] = [];
  for (const entry of files as unknown[]) {
    if (!isObject(entry) || typeof entry.path !== "string" || !staysInside(entry.path)) return null;
    paths.push(entry.path);
  }
  return paths;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A manifest may have been edited by anyone: a path that could leave the directory makes it not ours. */
function staysInside(path: string): boolean {
  if (path.includes("\\") || path.includes("\0") || path.includes(":")) return false;
  return path.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}
