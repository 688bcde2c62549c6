/** What a build would have to change in an output directory. Nothing is written here. */
import { isBundlePath } from "./bundle-paths.ts";
import { sha256OfFile, sha256WithLineFeeds } from "./content.ts";
import { type FormerBuild, readFormerBuild } from "./former.ts";
import type { OutputFile } from "./output-file.ts";
import type { ForeignLink } from "./output-link.ts";
import { type DirectoryPlace, type Place, Places } from "./place.ts";
import { addSignature, type StandingSignature } from "./signatures.ts";
import type { Sums } from "./sums.ts";

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
  /** A file that a former build wrote and somebody has changed since; the build would replace or remove it. */
  | { readonly kind: "edited-file"; readonly path: string; readonly fate: "replaced" | "removed" }
  /** As such a file, but its lines end in CRLF, and that is all that differs. */
  | { readonly kind: "converted-file"; readonly path: string }
  /** A `manifest.json` that lvsgen did not write (`lists` is a path that no build makes): the directory belongs to something else. */
  | { readonly kind: "foreign-manifest"; readonly path: string; readonly lists: string | null }
  /** A symbolic link where a file or one of its directories has to be; it is never followed. */
  | { readonly kind: "symbolic-link"; readonly path: string }
  /** The output directory itself is a link that is not followed; `path` is empty. */
  | ({ readonly kind: "output-link"; readonly path: "" } & ForeignLink)
  /** The output directory is the root of a file system, which is never a bundle's own; `path` is empty. */
  | { readonly kind: "root"; readonly path: "" }
  /** A directory or a device where a file has to be, or a file where a directory has to be. */
  | { readonly kind: "in-the-way"; readonly path: string }
  /** The system refused; `code` is its error (`EACCES`, `ENOSPC`, …). `isWhole`: the output stands as it was. */
  | { readonly kind: "system"; readonly path: string; readonly code: string; readonly isWhole: boolean };

export interface Survey {
  /** Sorted by path in code unit order. */
  readonly changes: readonly FileChange[];
  readonly problems: readonly WriteProblem[];
  readonly places: Places;
  /** What former builds wrote. */
  readonly sums: Sums;
}

/** What is there besides the files themselves: whose they are. */
export interface Known {
  /** Sums that builds left that were killed half way. */
  readonly records: readonly Sums[];
  readonly signature: StandingSignature;
}

/**
 * @param wantedFiles every file that the directory is to have
 * @param force replace files and links that no manifest lists, and those that were changed since
 * @throws the system's error when something there cannot be read
 */
export function survey(
  wantedFiles: readonly OutputFile[],
  directory: string,
  { records, signature }: Known,
  force: boolean,
): Survey {
  const strange = wantedFiles.find(({ path }) => !isBundlePath(path));
  if (strange !== undefined) throw new Error(`no path of a bundle: ${strange.path}`);

  const former = readFormerBuild(directory);
  const sums = union([...(former.kind === "lvsgen" ? [former.sums] : []), ...records]);
  addSignature(sums, signature);
  const before = new Places(directory, new Set());
  const inspect = inspector(before, sums);
  const problems = new Map<string, WriteProblem>();
  const changes: FileChange[] = [];

  const wanted = new Set(wantedFiles.map((file) => file.path));
  const unwanted = [...sums.keys()].filter((path) => !wanted.has(path) && standing(before, path).kind === "file");
  for (const path of unwanted) {
    changes.push({ path, status: "removed", sha256: null });
    const problem = force ? null : edit(inspect(path), path, "removed");
    if (problem !== null) problems.set(path, problem);
  }

  const places = new Places(directory, new Set(unwanted));
  for (const file of wantedFiles) {
    const found = standing(places, file.path);
    const content = found.kind === "file" ? inspect(file.path) : null;
    const status = statusOf(file, found, content);
    changes.push({ path: file.path, status, sha256: file.sha256 });
    if (status === "unchanged" || content?.sha256 === file.sha256) continue;
    const problem = obstacle(file.path, found, content, former, force);
    if (problem !== null) problems.set(problem.path, problem);
  }
  changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { changes, problems: [...problems.values()], places, sums };
}

function union(all: readonly Sums[]): Sums {
  const sums: Sums = new Map();
  for (const some of all)
    for (const [path, known] of some) sums.set(path, new Set([...(sums.get(path) ?? []), ...known]));
  return sums;
}

/** A file's content, and whose it is. */
interface Content {
  readonly sha256: string;
  readonly origin: "build" | "edited" | "converted" | "unlisted";
}

function inspector(places: Places, sums: Sums): (path: string) => Content {
  return (path) => {
    const file = places.file(path);
    const sha256 = sha256OfFile(file);
    const known = sums.get(path);
    if (known === undefined) return { sha256, origin: "unlisted" };
    if (known.has(sha256)) return { sha256, origin: "build" };
    return { sha256, origin: known.has(sha256WithLineFeeds(file)) ? "converted" : "edited" };
  };
}

type Standing = Place | Extract<DirectoryPlace, { kind: "blocked" }>;

function standing(places: Places, path: string): Standing {
  const above = places.above(path);
  return above.kind === "present" ? places.at(path) : above;
}

function statusOf(file: OutputFile, found: Standing, content: Content | null): FileStatus {
  if (found.kind === "missing" || found.kind === "blocked") return "added";
  if (found.kind !== "file") return "changed";
  // Windows has no such bit, and a tree checked out there is still the same tree.
  const sameMode = process.platform === "win32" || found.isExecutable === file.executable;
  return sameMode && content?.sha256 === file.sha256 ? "unchanged" : "changed";
}

/** Why the path may not be written, or null. A link is never a build's: a build leaves files there. */
function obstacle(
  path: string,
  found: Standing,
  content: Content | null,
  former: FormerBuild,
  force: boolean,
): WriteProblem | null {
  switch (found.kind) {
    case "missing":
      return null;
    case "blocked":
      return { kind: found.by, path: found.path };
    case "directory":
    case "other":
      return { kind: "in-the-way", path };
    case "symbolic-link":
      return force ? null : { kind: "symbolic-link", path };
    case "file":
      if (force || content === null) return null;
      if (former.kind === "foreign" && path === "manifest.json")
        return { kind: "foreign-manifest", path, lists: former.lists };
      return edit(content, path, "replaced");
  }
}

/** What is lost with the file, or null where that is only what a build wrote. */
function edit({ origin }: Content, path: string, fate: "replaced" | "removed"): WriteProblem | null {
  switch (origin) {
    case "build":
      return null;
    case "unlisted":
      return { kind: "foreign-file", path };
    case "converted":
      return { kind: "converted-file", path };
    case "edited":
      return { kind: "edited-file", path, fate };
  }
}
