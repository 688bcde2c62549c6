import type { Cluster, Directory, Host } from "../model.ts";
import { mountOf } from "./mounts.ts";
import { directoriesAbove, isBelow } from "./paths.ts";
import type { Report, Rule } from "./rule.ts";

type Kind = "directory" | "file" | "mount" | "export";

interface Owner {
  readonly kind: Kind;
  readonly path: string;
  readonly pointer: string;
  readonly permissions: Partial<Pick<Directory, "mode" | "owner" | "group">>;
}

/** Everything that the description puts at a path of a host. */
function ownersOf(host: Host, { nfs }: Cluster): Owner[] {
  const exports = nfs?.server === host ? nfs.exports : [];
  return [
    ...exports.map(
      (one) => ({ kind: "export", path: one.path, pointer: `${one.pointer}/path`, permissions: one }) as const,
    ),
    ...host.directories.map(
      (one) => ({ kind: "directory", path: one.path, pointer: `${one.pointer}/path`, permissions: one }) as const,
    ),
    ...host.files.map(
      (one) => ({ kind: "file", path: one.path, pointer: `${one.pointer}/path`, permissions: one }) as const,
    ),
    ...host.mounts.map(
      (one) => ({ kind: "mount", path: one.target, pointer: `${one.pointer}/target`, permissions: {} }) as const,
    ),
  ];
}

/** A path of a host has one owner, and a file has nothing below it. */
export const conflictingPaths: Rule = (cluster, report) => {
  for (const host of cluster.hosts) {
    const owners = ownersOf(host, cluster);
    const first = new Map<string, Owner>();
    const files = new Map(owners.filter(({ kind }) => kind === "file").map((owner) => [owner.path, owner]));
    for (const owner of owners) {
      const other = first.get(owner.path);
      if (other === undefined) first.set(owner.path, owner);
      else if (cannotShare(other, owner)) {
        reportConflict(owner, other, `${owner.path} of ${host.name} has two owners`, report);
      }
      const file = [...directoriesAbove(owner.path)]
        .map((path) => files.get(path))
        .find((found) => found !== undefined);
      if (file !== undefined) {
        reportConflict(owner, file, `${owner.path} of ${host.name} lies below the file ${file.path}`, report);
      }
    }
  }
};

/** A directory may be a mount point, and an export may be described as a directory too, if both say the same. */
function cannotShare(a: Owner, b: Owner): boolean {
  if (a.kind === b.kind) return a.kind !== "export";
  if (a.kind === "file" || b.kind === "file") return true;
  return (["mode", "owner", "group"] as const).some((key) => {
    const [one, other] = [a.permissions[key] ?? null, b.permissions[key] ?? null];
    return one !== null && other !== null && one !== other;
  });
}

function reportConflict(owner: Owner, other: Owner, message: string, report: Report): void {
  report("PATH_CONFLICT", {
    pointer: owner.pointer,
    message,
    hint: "keep one of the two",
    related: [{ pointer: other.pointer, message: `the other one, a ${other.kind}` }],
  });
}

/** A file on a share, as every host that mounts it sees it. */
interface SharedFile {
  readonly host: Host;
  readonly content: string;
  readonly pointer: string;
}

/** Hosts that write one file of a share agree on its content. */
export const conflictingSharedFiles: Rule = (cluster, report) => {
  const first = new Map<string, SharedFile>();
  for (const host of cluster.hosts) {
    for (const { path, content, pointer } of host.files) {
      const place = sharedPlace(host, path, cluster);
      if (place === null) continue;
      const other = first.get(place);
      if (other === undefined) first.set(place, { host, content, pointer: `${pointer}/path` });
      else if (other.content !== content) {
        report("PATH_CONFLICT", {
          pointer: `${pointer}/path`,
          message: `${path} of ${host.name} is on a share where ${other.host.name} writes it with other content`,
          hint: "let the hosts mount separate shares, or write the same content",
          related: [{ pointer: other.pointer, message: `written by ${other.host.name}` }],
        });
      }
    }
  }
};

/** Name of a file that is the same for every host that sees it, or null for one that is on no share. */
function sharedPlace(host: Host, path: string, { nfs }: Cluster): string | null {
  const mount = mountOf(host, { path });
  if (mount !== undefined) return `${mount.export ?? mount.source}${path.slice(mount.target.length)}`;
  const isExported = nfs?.server === host && nfs.exports.some((one) => isBelow(path, one.path));
  return isExported ? path : null;
}
