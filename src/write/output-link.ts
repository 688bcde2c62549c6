/** The output directory itself: where its name is a symbolic link, and where it can be nobody's. */
import { lstatSync, readlinkSync, statSync } from "node:fs";
import { parse, resolve } from "node:path";

/** Where a link leads that is not to be followed; `target` is as the link has it. */
export interface ForeignLink {
  readonly target: string;
  /** `nowhere`: there is nothing; `not-yours`: the link or the directory belongs to another user. */
  readonly reason: "nowhere" | "not-yours";
}

/**
 * A slip of the hand (`-o /`, or `-o "$OUT/"` without OUT): the system's own directories are there, by whatever name.
 *
 * @throws the system's error where the directory cannot be looked at
 */
export function isRoot(directory: string): boolean {
  const { root } = parse(resolve(directory));
  const [there, top] = [directory, root].map((name) => statSync(name, { throwIfNoEntry: false }));
  return there !== undefined && there.ino === top?.ino && there.dev === top.dev;
}

/**
 * A link is followed where both it and the directory that it leads to are this user's own: another one's link, in a folder that
 * many write to, would choose where scripts go that are run as root, and another one's directory may change under the build.
 * Null where there is no link, or one to follow.
 *
 * @throws the system's error where the link cannot be looked at
 */
export function foreignLink(directory: string): ForeignLink | null {
  // With a slash or a dot at its end a name is that of what the link leads to.
  const name = resolve(directory);
  const link = lstatSync(name, { throwIfNoEntry: false });
  if (link === undefined || !link.isSymbolicLink()) return null;
  const target = readlinkSync(name);
  const led = statSync(name, { throwIfNoEntry: false });
  if (led === undefined) return { target, reason: "nowhere" };
  const own = process.geteuid?.();
  // Windows has no such number; who may make a link there is an administrator.
  if (own === undefined || !led.isDirectory()) return null;
  return link.uid === own && led.uid === own ? null : { target, reason: "not-yours" };
}
