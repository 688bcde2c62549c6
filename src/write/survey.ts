/** What a build would have to change in an output directory. Nothing is written here. */
import { join } from "node:path";
import type { Bundle, BundleFile } from "../bundle.ts";
import { sha256OfFile } from "./content.ts";
import { type FormerBuild, readFormerBuild } from "./former.ts";
import { type DirectoryPlace, type Place, Places } from "./place.ts";

export type FileStatus = "added" | "changed" | "removed" | "unchanged";

export interface FileChange {
  /** As in the bundle, with `/`. */
  readonly path: string;
  readonly status: FileStatus;
  /** Null for a file that is to be removed. */
  readonly sha256: string | null;
}

/** What keeps a build from writing; `path` is inside the output directory. */
export type WriteProblem =
  /** A file that no manifest lists stands where one has to be written, with other content. */
  | { readonly kind: "foreign-file"; readonly path: string }
  /** A `manifest.json` that lvsgen did not write: the directory belongs to something else. */
  | { readonly kind: "foreign-manifest"; readonly path: string }
  /** A symbolic link where a file or one of its directories has to be; it is never followed. */
  | { readonly kind: "symbolic-link"; readonly path: string }
  /** A directory or a device where a file has to be, or a file where a directory has to be. */
  | { readonly kind: "in-the-way"; readonly path: string }
  /** The system refused; `code` is its error (`EACCES`, `ENOSPC`, …). */
  | { readonly kind: "system"; readonly path: string; readonly code: string };

export interface Survey {
  /** Sorted by path in code unit order. */
  readonly changes: readonly FileChange[];
  readonly problems: readonly WriteProblem[];
  readonly places: Places;
}

/**
 * @param force replace files and links that no manifest lists
 * @throws the system's error when something there cannot be read
 */
export function survey(bundle: Bundle, directory: string, force: boolean): Survey {
  const former = readFormerBuild(directory);
  const owned: ReadonlySet<string> = former.kind === "lvsgen" ? former.paths : new Set();
  const wanted = new Set(bundle.files.map((file) => file.path));
  const leaving = new Set([...owned].filter((path) => !wanted.has(path)));
  const places = new Places(directory, leaving);

  const changes: FileChange[] = [];
  const problems = new Map<string, WriteProblem>();
  for (const file of bundle.files) {
    const found = standing(places, file.path);
    const status = statusOf(file, found, directory);
    changes.push({ path: file.path, status, sha256: file.sha256 });
    if (status === "unchanged") continue;
    const problem = obstacle(file.path, found, former, { force, owned: owned.has(file.path) });
    if (problem !== null) problems.set(problem.path, problem);
  }
  for (const path of leaving) {
    if (standing(places, path).kind === "file") changes.push({ path, status: "removed", sha256: null });
  }
  changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { changes, problems: [...problems.values()], places };
}

type Standing = Place | Extract<DirectoryPlace, { kind: "blocked" }>;

function standing(places: Places, path: string): Standing {
  const above = places.above(path);
  return above.kind === "present" ? places.at(path) : above;
}

function statusOf(file: BundleFile, found: Standing, directory: string): FileStatus {
  if (found.kind === "missing" || found.kind === "blocked") return "added";
  if (found.kind !== "file") return "changed";
  // Windows has no such bit, and a tree checked out there is still the same tree.
  const sameMode = process.platform === "win32" || found.isExecutable === file.executable;
  return sameMode && sha256OfFile(join(directory, file.path)) === file.sha256 ? "unchanged" : "changed";
}

interface Right {
  readonly force: boolean;
  readonly owned: boolean;
}

/** Why the path may not be written, or null. A link is never owned: a build leaves files there. */
function obstacle(path: string, found: Standing, former: FormerBuild, right: Right): WriteProblem | null {
  switch (found.kind) {
    case "missing":
      return null;
    case "blocked":
      return { kind: found.by, path: found.path };
    case "directory":
    case "other":
      return { kind: "in-the-way", path };
    case "symbolic-link":
      return right.force ? null : { kind: "symbolic-link", path };
    case "file":
      if (right.force || right.owned) return null;
      return {
        kind: former.kind === "foreign" && path === "manifest.json" ? "foreign-manifest" : "foreign-file",
        path,
      };
  }
}
