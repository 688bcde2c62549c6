/** What stands at the paths of an output directory, each directory looked at once. */
import { lstatSync, readdirSync, type Stats } from "node:fs";
import { join } from "node:path";

export type Place =
  | { readonly kind: "missing" }
  | { readonly kind: "file"; readonly isExecutable: boolean }
  | { readonly kind: "directory" }
  | { readonly kind: "symbolic-link" }
  /** A device, a socket, … */
  | { readonly kind: "other" };

export type DirectoryPlace =
  | { readonly kind: "present" }
  | { readonly kind: "missing" }
  /** `path` is a symbolic link, or neither directory nor about to be removed. */
  | { readonly kind: "blocked"; readonly path: string; readonly by: "symbolic-link" | "in-the-way" };

const missing: DirectoryPlace = { kind: "missing" };
const present: DirectoryPlace = { kind: "present" };

export class Places {
  readonly #root: string;
  /** What stands before a path in the output directory. */
  readonly #prefix: string;
  readonly #leaving: ReadonlySet<string>;
  readonly #directories = new Map<string, DirectoryPlace>();

  /**
   * @param root the output directory; the one place where a symbolic link is followed
   * @param leaving files that are removed before anything is put in place
   */
  constructor(root: string, leaving: ReadonlySet<string>) {
    this.#root = root;
    // `join` takes a path apart letter by letter, and only the output directory's can need it.
    this.#prefix = join(root, "x").slice(0, -1);
    this.#leaving = leaving;
  }

  /** The file at a path, as the system names it. */
  file(path: string): string {
    return this.#prefix + path;
  }

  /** What stands at the path of a file whose directory is present. */
  at(path: string): Place {
    const stats = lstatSync(this.file(path), { throwIfNoEntry: false });
    if (stats === undefined) return { kind: "missing" };
    if (stats.isDirectory() && this.#empties(path)) return { kind: "missing" };
    return placeOf(stats);
  }

  /** The state of the directory that holds the path, and of all directories above it. */
  above(path: string): DirectoryPlace {
    const end = path.lastIndexOf("/");
    return end < 0 ? this.#rootPlace() : this.#directory(path.slice(0, end));
  }

  /**
   * The shortest leading part of a path that is not there yet: what has to be moved into place for the
   * path to stand. A whole new directory moves at once.
   */
  firstMissing(path: string): string {
    for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) {
      const directory = path.slice(0, end);
      if (this.#directory(directory).kind === "missing") return directory;
    }
    return path;
  }

  #directory(path: string): DirectoryPlace {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const above = this.above(path);
    const place = above.kind === "present" ? this.#look(path) : above;
    this.#directories.set(path, place);
    return place;
  }

  #look(path: string): DirectoryPlace {
    const stats = lstatSync(this.file(path), { throwIfNoEntry: false });
    if (stats === undefined || this.#leaving.has(path)) return missing;
    if (stats.isDirectory()) return present;
    return { kind: "blocked", path, by: stats.isSymbolicLink() ? "symbolic-link" : "in-the-way" };
  }

  #rootPlace(): DirectoryPlace {
    const known = this.#directories.get("");
    if (known !== undefined) return known;
    const isEmpty = namesIn(this.#root).length === 0;
    const place = isEmpty ? missing : present;
    this.#directories.set("", place);
    return place;
  }

  /** True when nothing is left of a directory once the leaving files are gone. */
  #empties(path: string): boolean {
    const entries = readdirSync(this.file(path), { withFileTypes: true });
    return entries.every((entry) => {
      const below = `${path}/${entry.name}`;
      return entry.isDirectory() ? this.#empties(below) : this.#leaving.has(below);
    });
  }
}

function placeOf(stats: Stats): Place {
  if (stats.isFile()) return { kind: "file", isExecutable: (stats.mode & 0o100) !== 0 };
  if (stats.isDirectory()) return { kind: "directory" };
  return { kind: stats.isSymbolicLink() ? "symbolic-link" : "other" };
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
