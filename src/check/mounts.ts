import type { Cluster, ExportClient, Host, ManagedFile, Mount, Nfs, NfsExport } from "../model.ts";
import { longestUnitName, mountUnit } from "../platform/systemd.ts";
import { accessOf, isReadOnly } from "./export-access.ts";
import { directoriesAbove, isBelow } from "./paths.ts";
import type { Rule } from "./rule.ts";

const exportsByPath = new WeakMap<Nfs, ReadonlyMap<string, NfsExport>>();

function exportOf({ nfs }: Cluster, mount: Mount): NfsExport | undefined {
  if (nfs === null || mount.export === null) return undefined;
  const known = exportsByPath.get(nfs) ?? new Map([...nfs.exports].reverse().map((one) => [one.path, one]));
  exportsByPath.set(nfs, known);
  return known.get(mount.export);
}

/** The server refuses whom its export does not name. */
export const forbiddenMounts: Rule = (cluster, report) => {
  const names = namesOf(cluster);
  for (const host of cluster.hosts) {
    for (const mount of host.mounts) {
      const exported = exportOf(cluster, mount);
      if (exported === undefined || mayUse(exported.clients, host, names)) continue;
      report("MOUNT_NOT_ALLOWED", {
        pointer: `${mount.pointer}/export`,
        message: `${host.name} is no client of the export ${exported.path}`,
        hint: `add ${host.name} or its network to the clients of the export`,
        related: [{ pointer: `${exported.pointer}/clients`, part: "key", message: "its clients" }],
      });
    }
  }
};

function mayUse(clients: readonly ExportClient[], host: Host, hostNames: ReadonlySet<string>): boolean {
  return clients.some((client) => accessOf(client, host, hostNames) !== "no");
}

function namesOf({ hosts }: Cluster): ReadonlySet<string> {
  return new Set(hosts.map(({ name }) => name));
}

/** Mounts are made in their order: an outer one that comes later hides the inner one. */
export const hiddenMounts: Rule = ({ hosts }, report) => {
  for (const { mounts, name } of hosts) {
    // Of each directory, the first mount somewhere below it so far.
    const below = new Map<string, Mount>();
    for (const outer of mounts) {
      const inner = below.get(outer.target);
      for (const path of directoriesAbove(outer.target)) if (!below.has(path)) below.set(path, outer);
      if (inner === undefined) continue;
      report("MOUNT_HIDES_MOUNT", {
        pointer: `${outer.pointer}/target`,
        message: `the mount on ${outer.target} would hide that on ${inner.target} of ${name}`,
        hint: "write the outer mount before the inner one",
        related: [{ pointer: `${inner.pointer}/target`, message: "the inner one" }],
      });
    }
  }
};

/** systemd mounts by a unit that is named after the mount point, every unusual byte of it as four. */
export const nameableMounts: Rule = ({ hosts }, report) => {
  for (const { pointer, target } of hosts.flatMap(({ mounts }) => mounts)) {
    const length = Buffer.byteLength(mountUnit(target));
    if (length <= longestUnitName) continue;
    report("MOUNT_TARGET_TOO_LONG", {
      pointer: `${pointer}/target`,
      message: `the mount point's unit would have a name of ${length} bytes, ${longestUnitName} are the most`,
      hint: "use a shorter path, with letters, digits, dots and underscores (any other byte becomes four)",
    });
  }
};

/** A file below a mount is written through it. */
export const filesOnReadOnlyMounts: Rule = (cluster, report) => {
  const names = namesOf(cluster);
  for (const host of cluster.hosts) {
    for (const file of host.files) {
      const mount = mountOf(host, file);
      const why = mount === undefined ? null : readOnlyPlace(mount, host, cluster, names);
      if (mount === undefined || why === null) continue;
      report("FILE_ON_READ_ONLY_MOUNT", {
        pointer: `${file.pointer}/path`,
        message: `${file.path} of ${host.name} lies on the mount ${mount.target}, which is read-only`,
        hint: 'export and mount it with "rw", or let the NFS server write the file',
        related: [{ pointer: why, message: "read-only" }],
      });
    }
  }
};

/** The mount that a file lies on: the innermost. */
export function mountOf({ mounts }: Host, { path }: Pick<ManagedFile, "path">): Mount | undefined {
  return mounts
    .filter(({ target }) => isBelow(path, target))
    .reduce<Mount | undefined>(
      (best, one) => (one.target.length >= (best?.target.length ?? 0) ? one : best),
      undefined,
    );
}

/** Where it is said that the host can only read what it mounts, or null. */
function readOnlyPlace(mount: Mount, host: Host, cluster: Cluster, hostNames: ReadonlySet<string>): string | null {
  const option = mount.options.indexOf("ro");
  if (option !== -1) return `${mount.pointer}/options/${option}`;
  const exported = exportOf(cluster, mount);
  const clients = (exported?.clients ?? []).filter((client) => accessOf(client, host, hostNames) !== "no");
  return exported !== undefined && clients.length > 0 && clients.every(isReadOnly)
    ? `${exported.pointer}/clients`
    : null;
}
