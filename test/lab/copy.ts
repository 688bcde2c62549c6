/** How a file or a directory gets to its place on a guest. */
import { quote } from "./command.ts";

/**
 * The shell command that copies `from` to `to` and makes the directories above.
 *
 * A file appears whole and in one step, so that several may bring the same file to the same place at once
 * (`cp` looks first whether the target is there, and fails where another made it in between). A directory is copied into the
 * one that is there.
 */
export function copyCommand(from: string, to: string): string {
  const fresh = quote(`${to}.${from.slice(from.lastIndexOf("/") + 1)}`);
  return `mkdir -p "$(dirname ${quote(to)})" &&
    if [[ -d ${quote(from)} ]]; then cp -rpT ${quote(from)} ${quote(to)}
    else cp -pT ${quote(from)} ${fresh} && mv -fT ${fresh} ${quote(to)}; fi`;
}
