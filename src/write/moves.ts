/** The moves that put a bundle in place. Each can be taken back: where one fails, what stood there before stands there again. */
import {
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { makeDirectories } from "./directories.ts";

/** Not a path of a bundle, so that it is in no file's way. */
export const formerName = ".former";

export class Moves {
  readonly #stage: string;
  readonly #directory: string;
  /** How to take each move back, in their order. */
  readonly #back: (() => void)[] = [];
  #kept = 0;

  /**
   * @param stage where the new files are, and where what they replace is kept meanwhile
   * @param directory the output directory
   */
  constructor(stage: string, directory: string) {
    this.#stage = stage;
    this.#directory = directory;
    mkdirSync(join(stage, formerName));
  }

  /** Takes a file out of the output. */
  remove(path: string): void {
    const file = join(this.#directory, path);
    const kept = this.#place();
    named(file, () => renameSync(file, kept));
    this.#back.push(() => {
      // The directories that it emptied went after it.
      makeDirectories(dirname(file));
      renameSync(kept, file);
    });
  }

  /** Puts a file, or a whole new directory, of the stage into the output, in one step. */
  put(path: string): void {
    const staged = join(this.#stage, path);
    const file = join(this.#directory, path);
    const kept = this.#keep(file);
    named(file, () => renameSync(staged, file));
    this.#back.push(() => renameSync(kept ?? file, kept === null ? staged : file));
  }

  /** Takes everything back, the last move first. Whether the output stands as it was. */
  takeBack(): boolean {
    let isWhole = true;
    for (const back of this.#back.reverse()) {
      try {
        back();
      } catch {
        isWhole = false;
      }
    }
    return isWhole;
  }

  /** A second name of what stands there: until the very step that replaces it, it stays in its place. */
  #keep(file: string): string | null {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    // An empty directory that makes way for a file is made again with what lay in it.
    if (stats === undefined || stats.isDirectory()) return null;
    const kept = this.#place();
    if (stats.isSymbolicLink()) {
      symlinkSync(readlinkSync(file), kept);
      return kept;
    }
    try {
      linkSync(file, kept);
    } catch {
      // File systems without hard links, and files that are not one's own.
      named(file, () => copyFileSync(file, kept, constants.COPYFILE_FICLONE));
      utimesSync(kept, stats.atime, stats.mtime);
    }
    return kept;
  }

  #place(): string {
    this.#kept++;
    return join(this.#stage, formerName, String(this.#kept));
  }
}

/** The system names the two paths of a move; a person knows the one in the output. */
function named(file: string, move: () => void): void {
  try {
    move();
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}
