import type { Cluster } from "../model.ts";
import type { Report, Rule } from "./rule.ts";

/**
 * Longest name in a directory: NAME_MAX of Linux less `.lvsgen.`, under which a file's new content stands beside it until it is
 * renamed.
 */
const longestName = 247;

/** Longest path: what NFS takes (MNTPATHLEN, RFC 1813 5.1.2), and what every tool of a host has room for. */
const longestPath = 1023;

interface Written {
  readonly path: string;
  readonly pointer: string;
}

/** Linux counts bytes, of which a letter outside ASCII has two to four. */
export const longPaths: Rule = (cluster, report) => {
  const seen = new Set<string>();
  for (const written of pathsOf(cluster)) {
    if (seen.has(written.pointer)) continue;
    seen.add(written.pointer);
    measure(written, report);
  }
};

function pathsOf({ hosts, nfs }: Cluster): Written[] {
  const at = (key: string) => (one: { readonly path: string; readonly pointer: string }) => ({
    path: one.path,
    pointer: `${one.pointer}/${key}`,
  });
  return [
    ...(nfs?.exports ?? []).map(at("path")),
    ...hosts.flatMap(({ directories, files, mounts }) => [
      ...directories.map(at("path")),
      ...files.map(at("path")),
      ...mounts.map(({ target, pointer }) => ({ path: target, pointer: `${pointer}/target` })),
      ...mounts
        .filter((mount) => mount.export === null)
        .map(({ source, pointer }) => ({ path: source.slice(source.indexOf(":/") + 1), pointer: `${pointer}/source` })),
    ]),
  ];
}

function measure({ path, pointer }: Written, report: Report): void {
  const whole = Buffer.byteLength(path);
  const name = Math.max(...path.split("/").map((component) => Buffer.byteLength(component)));
  if (whole > longestPath) {
    report("PATH_TOO_LONG", {
      pointer,
      message: `the path has ${whole} bytes, ${longestPath} are the most`,
      hint: "use shorter names or fewer directories (a letter outside ASCII has two to four bytes)",
    });
  } else if (name > longestName) {
    report("PATH_TOO_LONG", {
      pointer,
      message: `a name in the path has ${name} bytes, ${longestName} are the most`,
      hint: "use a shorter name (a letter outside ASCII has two to four bytes)",
    });
  }
}
