/**
 * What former builds left in the output directory, as far as they can tell: the checksums of the files that they
 * wrote. A file that still has one of them may be replaced or removed; everything else belongs to someone else.
 */
import { createHash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isBundlePath } from "./bundle-paths.ts";
import { addSum, isObject, parseJson, readSums, type Sums } from "./sums.ts";

export type FormerBuild =
  | { readonly kind: "none" }
  | { readonly kind: "lvsgen"; readonly sums: Sums }
  /** There is a `manifest.json`, but not one that lvsgen wrote; `lists` is the path that gives it away, if one does. */
  | { readonly kind: "foreign"; readonly lists: string | null };

/**
 * Reads `manifest.json` of the output directory.
 *
 * @throws the system's error when the file is there and cannot be read
 */
export function readFormerBuild(directory: string): FormerBuild {
  const text = readText(directory, "manifest.json");
  if (text === null) return { kind: "none" };
  const manifest = parseJson(text);
  if (!isObject(manifest) || manifest.generator !== "lvsgen" || manifest.format !== 1 || !Array.isArray(manifest.files))
    return { kind: "foreign", lists: null };
  const sums = readSums(manifest.files);
  if (sums === null) return { kind: "foreign", lists: strangePath(manifest.files) };
  addUnlisted(sums, text, readText(directory, "SHA256SUMS"));
  return { kind: "lvsgen", sums };
}

/** A cluster as a former build named it, with the roles of each host. */
export interface FormerCluster {
  readonly name: string;
  readonly hosts: readonly { readonly name: string; readonly roles: readonly string[] }[];
  /** What its scripts installed: where it stood in the bundle, and where it stands on the host. */
  readonly files: readonly { readonly path: string; readonly host: string; readonly target: string }[];
}

/** Which cluster the output directory holds; null where it holds none, or a manifest that cannot be understood. */
export function readFormerCluster(directory: string): FormerCluster | null {
  let manifest: unknown = null;
  try {
    manifest = parseJson(readText(directory, "manifest.json") ?? "");
  } catch {
    // Who writes there afterwards meets the same error, and says it.
  }
  if (!isObject(manifest) || manifest.generator !== "lvsgen" || manifest.format !== 1) return null;
  const { cluster, hosts } = manifest;
  if (typeof cluster !== "string" || !Array.isArray(hosts)) return null;
  return {
    name: cluster,
    hosts: hosts.flatMap((host: unknown) => {
      if (!isObject(host) || typeof host.name !== "string" || !Array.isArray(host.roles)) return [];
      return [{ name: host.name, roles: host.roles.filter((role: unknown) => typeof role === "string") }];
    }),
    files: (Array.isArray(manifest.files) ? manifest.files : []).flatMap((file: unknown) => {
      if (!isObject(file)) return [];
      const { path, host, target } = file;
      return typeof path === "string" && typeof host === "string" && typeof target === "string"
        ? [{ path, host, target }]
        : [];
    }),
  };
}

/**
 * The two files that no manifest can list, for each holds checksums of the other files, vouch for each other:
 * `SHA256SUMS` has the sum of the manifest, and otherwise says nothing but what the manifest says.
 */
function addUnlisted(sums: Sums, manifest: string, checksums: string | null): void {
  const text = (checksums ?? "").replaceAll("\r\n", "\n");
  const lines = text.split("\n").slice(0, -1);
  const written = new Map<string, string>();
  for (const line of lines) {
    const [, sum = "", path = ""] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    written.set(path, sum);
  }
  const ofManifest = written.get("manifest.json");
  const isBuilt = [...written].every(([path, sum]) => path === "manifest.json" || sums.get(path)?.has(sum) === true);
  addSum(sums, "manifest.json", ofManifest ?? sha256(manifest));
  sums.set("SHA256SUMS", new Set(isBuilt && text.endsWith("\n") ? [sha256(text)] : []));
}

/** The text of a file, null where there is none; what is no file (a link, a device) has no text. */
function readText(directory: string, name: string): string | null {
  const file = join(directory, name);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  return stats.isFile() ? readFileSync(file, "utf8") : "";
}

function strangePath(entries: readonly unknown[]): string | null {
  const paths = entries.flatMap((entry) => (isObject(entry) && typeof entry.path === "string" ? [entry.path] : []));
  return paths.find((path) => !isBundlePath(path)) ?? null;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
