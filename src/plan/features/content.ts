import type { Host, ManagedFile, Mount } from "../../model.ts";
import { mountUnit } from "../../platform/systemd.ts";
import type { Contribution } from "../contribution.ts";
import { type Ownership, rootOwned } from "../managed.ts";
import { dropIn, fullUnit } from "../naming.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

type Directory = Host["directories"][number];

/**
 * What a host gets for itself: packages, directories, mounts, files and units of the description. One role's script
 * carries them: the first of realserver, nfs, director that the host has.
 */
export function isCarrier({ host, role }: Site): boolean {
  const carriers = ["realserver", "nfs", "director"] as const;
  return carriers.find((name) => host.roles.includes(name)) === role;
}

/** The packages of the description, beside those that the role itself needs. */
export function ownPackages(at: Site): Contribution {
  return isCarrier(at) ? { packages: at.host.packages } : {};
}

/** The same on a director, whose VIP comes first: no package of the description's keeps clients waiting. */
export function ownPackagesLast(at: Site): Contribution {
  if (!isCarrier(at)) return {};
  return { resources: { ownPackages: at.host.packages.map((name) => ({ kind: "package", name })) } };
}

/**
 * Directories, mounts, files, units, in the order in which each needs the one before. A directory above an export comes before that: only
 * below what root alone can change is anything exported.
 */
export function content(at: Site): Contribution {
  if (!isCarrier(at)) return {};
  const { cluster, host, role } = at;
  const exports = role === "nfs" ? (cluster.nfs?.exports ?? []) : [];
  const isAboveExport = ({ path }: Directory): boolean =>
    exports.some((one) => one.path.startsWith(path === "/" ? "/" : `${path}/`));
  const others = host.directories.filter((directory) => !isAboveExport(directory));
  return {
    resources: {
      exportedDirectories: host.directories.filter(isAboveExport).map(directoryResource),
      directories: others.filter(({ path }) => !isOnMount(host, path)).map(directoryResource),
      mounts: mountResources(at),
      files: [
        ...others.filter(({ path }) => isOnMount(host, path)).map(directoryResource),
        ...host.files.map((file) => fileResource(host, file)),
      ],
      units: unitResources(at),
    },
  };
}

/** Does it lie on a share? Before that is mounted it would be made below the mount point, and hidden by it. */
function isOnMount({ mounts }: Host, path: string): boolean {
  return mounts.some(({ target }) => path.startsWith(target === "/" ? "/" : `${target}/`));
}

function directoryResource({ path, mode, owner, group, pointer }: Directory): Resource {
  return { kind: "directory", path, mode, owner, group, pointer: `${pointer}/path`, described: true };
}

/** Below a mount the server decides about owner and mode: content alone is managed unless the description says more. */
function fileResource(host: Host, file: ManagedFile): Resource {
  const { path, pointer } = file;
  if (file.secret) {
    const { mode, owner, group } = {
      mode: file.mode ?? "0600",
      owner: file.owner ?? "root",
      group: file.group ?? "root",
    };
    return { kind: "secret", path, mode, owner, group, pointer: `${pointer}/path`, described: true };
  }
  const fallback: Ownership = isOnMount(host, path) ? { mode: null, owner: null, group: null } : rootOwned;
  return {
    kind: "file",
    path,
    content: { text: file.content },
    mode: file.mode ?? fallback.mode,
    owner: file.owner ?? fallback.owner,
    group: file.group ?? fallback.group,
    pointer: `${pointer}/path`,
    described: true,
  };
}

function mountResources({ cluster, host, role }: Site): Resource[] {
  const [first] = host.mounts;
  if (first === undefined) return [];
  const lines = host.mounts.map((mount) => ({
    source: mount.source,
    target: mount.target,
    type: "nfs",
    options: bootOptions(mount).join(","),
  }));
  return [
    ...host.mounts.map(
      ({ target, pointer }): Resource => ({
        kind: "directory",
        path: target,
        mode: null,
        owner: null,
        group: null,
        pointer: `${pointer}/target`,
        described: true,
      }),
    ),
    ...host.mounts.map(
      ({ target, source, server, options, pointer }): Resource => ({
        kind: "mount",
        target,
        type: "nfs",
        source,
        server,
        options,
        pointer: `${pointer}/target`,
      }),
    ),
    ...host.mounts.map(
      ({ target, own, pointer }): Resource => ({
        kind: "file",
        path: dropIn(mountUnit(target), cluster.name, role),
        content: { template: "files/mount-unit", view: { own } },
        ...rootOwned,
        pointer: `${pointer}/target`,
      }),
    ),
    {
      kind: "block",
      path: "/etc/fstab",
      place: "end",
      content: { template: "files/fstab", view: { mounts: lines } },
      pointer: `${first.pointer}/target`,
    },
  ];
}

/**
 * `_netdev,nofail`: after the network, and a server that is away does not keep this host from booting. `retry` (minutes,
 * nfs(5)) waits for a server that boots later, as after a power cut of the whole site.
 */
function bootOptions({ options }: Mount): string[] {
  const added = ["_netdev", "nofail", ...(options.some((option) => option.startsWith("retry=")) ? [] : ["retry=1440"])];
  return [...options, ...added.filter((option) => !options.includes(option))];
}

function unitResources({ cluster, host, role }: Site): Resource[] {
  const targets = host.mounts.map(({ target }) => ({ path: target, unit: mountUnit(target) }));
  return host.units.flatMap(({ name: written, pointer }): Resource[] => {
    const name = fullUnit(written);
    const unit = { kind: "unit", name, enabled: true, active: true, pointer, described: true } as const;
    if (targets.length === 0) return [unit];
    const content = { template: "files/service-unit", view: { targets } };
    return [{ kind: "file", path: dropIn(name, cluster.name, role), content, ...rootOwned, pointer }, unit];
  });
}
