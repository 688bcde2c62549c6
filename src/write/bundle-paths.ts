/**
 * The paths that a build makes, in one place: what is written has one of them, and nothing else is ever taken for
 * the work of a former build, whatever a `manifest.json` says.
 */

const files: ReadonlySet<string> = new Set([
  "OPERATIONS.md",
  "RUNBOOK.md",
  "SHA256SUMS",
  "SHA256SUMS.rsa",
  "SHA256SUMS.sig",
  "SHA256SUMS.signed",
  "client-test.sh",
  "director.sh",
  "doctor.sh",
  "fetch-packages.sh",
  "manifest.json",
  "nfs.sh",
  "realserver.sh",
  "topology.svg",
]);

/** Folders with one folder a host, and the files of that host in it. */
const treesByHost: ReadonlySet<string> = new Set(["files", "parts"]);

/** Those that stand once, whatever hosts there are. */
const ofAll: ReadonlySet<string> = new Set([
  "OPERATIONS.md",
  "SHA256SUMS.rsa",
  "SHA256SUMS.sig",
  "SHA256SUMS.signed",
  "topology.svg",
]);

/** Whether a build can write a file at this path, which is relative to the output directory and has `/` between its names. */
export function isBundlePath(path: string): boolean {
  const [tree = "", host, ...names] = path.split("/");
  if (tree !== "hosts") return isPathOfBundle(path);
  return host !== undefined && isName(host) && !ofAll.has(names.join("/")) && isPathOfBundle(names.join("/"));
}

function isPathOfBundle(path: string): boolean {
  if (files.has(path)) return true;
  const [tree = "", host, ...names] = path.split("/");
  return treesByHost.has(tree) && host !== undefined && names.length > 0 && [host, ...names].every(isName);
}

/** What most names are: V8 compiles the classes of Unicode anew in every process that asks for them. */
const plainName = /^[\w.-]*[\w-]$/;

/** What `artifactPath` leaves in a name: nothing that leads elsewhere, and nothing that Windows reads in its own way. */
function isName(name: string): boolean {
  return plainName.test(name) || (name !== "" && !/[:<>"|?*\\\p{Cc}]|[. ]$/u.test(name));
}
