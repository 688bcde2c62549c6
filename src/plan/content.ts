import type { Host, ManagedFile, Mount } from "../model.ts";
import { mountUnit } from "../platform/systemd.ts";
import { dropIn, fullUnit } from "./naming.ts";
import { type Ownership, type Resource, rootOwned, type Section } from "./resource.ts";

/**
 * What a host gets for itself: packages, directories, mounts, files and units of the description. One role's script
 * carries them: the first of realserver, nfs, director that the host has.
 */
export function carriesContent(host: Host, role: "director" | "realserver" | "nfs"): boolean {
  const carriers = ["realserver", "nfs", "director"] as const;
  return carriers.find((name) => host.roles.includes(name)) === role;
}

export function contentPackages(host: Host): Resource[] {
  return host.packages.map((name): Resource => ({ kind: "package", name }));
}

/** Directories, mounts, files, units, in the order in which each needs the one before. */
export function contentSections(cluster: string, role: string, host: Host): Section[] {
  const sections: Section[] = [
    {
      title: "Directories",
      resources: host.directories.map(
        ({ path, ...rest }): Resource => ({ kind: "directory", path, ...ownership(rest) }),
      ),
    },
    { title: "Mounts, live and at boot", resources: mountResources(cluster, role, host) },
    { title: "Files", resources: host.files.map((file) => fileResource(host, file)) },
    { title: "Units of the description", resources: unitResources(cluster, role, host) },
  ];
  return sections.filter(({ resources }) => resources.length > 0);
}

function ownership({ mode, owner, group }: Ownership): Ownership {
  return { mode, owner, group };
}

/** Below a mount the server decides about owner and mode: content alone is managed unless the description says more. */
function fileResource(host: Host, file: ManagedFile): Resource {
  const mounted = host.mounts.some(({ target }) => file.path.startsWith(target === "/" ? "/" : `${target}/`));
  const fallback: Ownership = mounted ? { mode: null, owner: null, group: null } : rootOwned;
  return {
    kind: "file",
    path: file.path,
    content: { text: file.content },
    mode: file.mode ?? fallback.mode,
    owner: file.owner ?? fallback.owner,
    group: file.group ?? fallback.group,
  };
}

function mountResources(cluster: string, role: string, host: Host): Resource[] {
  if (host.mounts.length === 0) return [];
  const lines = host.mounts.map((mount) => ({
    source: mount.source,
    target: mount.target,
    type: "nfs",
    options: bootOptions(mount).join(","),
  }));
  return [
    ...host.mounts.map(
      ({ target }): Resource => ({ kind: "directory", path: target, mode: null, owner: null, group: null }),
    ),
    ...host.mounts.map(
      (mount): Resource => ({
        kind: "mount",
        target: mount.target,
        type: "nfs",
        source: mount.source,
        options: mount.options,
      }),
    ),
    ...host.mounts.map(
      (mount): Resource => ({
        kind: "file",
        path: dropIn(mountUnit(mount.target), cluster, role),
        content: { template: "files/mount-unit", view: { own: mount.own } },
        ...rootOwned,
      }),
    ),
    { kind: "block", path: "/etc/fstab", place: "end", content: { template: "files/fstab", view: { mounts: lines } } },
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

function unitResources(cluster: string, role: string, host: Host): Resource[] {
  const targets = host.mounts.map(({ target }) => ({ path: target, unit: mountUnit(target) }));
  return host.units.map(fullUnit).flatMap((name): Resource[] => [
    ...(targets.length > 0
      ? [
          {
            kind: "file",
            path: dropIn(name, cluster, role),
            content: { template: "files/service-unit", view: { targets } },
            ...rootOwned,
          } as const,
        ]
      : []),
    { kind: "unit", name, enabled: true, active: true },
  ]);
}
