/** Which of a bundle's scripts a host is given. */
import { hostFolder } from "../render/artifacts.ts";
import type { Task } from "./plan.ts";

/**
 * Where the bundle has a folder for each host, that of its own, and no other: it learns nothing of the others. Null: there is none, as of a
 * host that has left a description with folders.
 */
export function scriptFor<Content>(files: ReadonlyMap<string, Content>, host: string, script: string): Content | null {
  const own = files.get(`${hostFolder(host)}/${script}`);
  if (own !== undefined) return own;
  const hasFolders = [...files.keys()].some((path) => path.startsWith("hosts/"));
  return hasFolders ? null : (files.get(script) ?? null);
}

/**
 * Whether a task's script is the former bundle's: also that of a host that leaves, where each host has a folder of its own.
 *
 * @param files of the new bundle
 */
export function isOfFormer<Content>(
  { bundle, action, host, script }: Task,
  files: ReadonlyMap<string, Content>,
): boolean {
  return bundle === "former" || (action === "uninstall" && scriptFor(files, host, script) === null);
}
