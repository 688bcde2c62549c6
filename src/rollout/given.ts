/** Which of a bundle's scripts a host is given. */
import { hostFolder } from "../render/artifacts.ts";

/** Where the bundle has a folder for each host, that of its own: it learns nothing of the others. Null: there is none. */
export function scriptFor<Content>(files: ReadonlyMap<string, Content>, host: string, script: string): Content | null {
  return files.get(`${hostFolder(host)}/${script}`) ?? files.get(script) ?? null;
}
