import type { Platform } from "../platform/platform.ts";
import type { Script } from "./script.ts";

/** Hosts of one role that need the same packages. */
export interface PackageNeed {
  readonly role: Script["role"];
  readonly hosts: readonly string[];
  /** In the order in which the role's script names them. */
  readonly packages: readonly string[];
}

/** What the hosts of one platform install, by the names of its package manager. */
export interface PlatformPackages {
  readonly platform: Platform;
  readonly needs: readonly PackageNeed[];
  /** Every host of the platform that needs a package, each once. */
  readonly hosts: readonly string[];
  /** Every package of the platform, each once. */
  readonly packages: readonly string[];
}

/**
 * The packages that the scripts install: what is to be carried to hosts without a network. Read from the same resources
 * that become the scripts, so that the two cannot differ. Platforms whose hosts need none are left out.
 */
export function planPackages(scripts: readonly Script[]): PlatformPackages[] {
  const needs = new Map<Platform, PackageNeed[]>();
  for (const { role, hosts } of scripts) {
    for (const { host, sections } of hosts) {
      const { platform } = host;
      const packages = sections.flatMap(({ wants }) =>
        wants.flatMap(({ resource }) => (resource.kind === "package" ? [resource.name] : [])),
      );
      if (packages.length === 0) continue;
      const known = needs.get(platform) ?? [];
      needs.set(platform, withHost(known, { role, hosts: [host.name], packages }));
    }
  }
  return [...needs].map(([platform, all]) => ({
    platform,
    needs: all,
    hosts: [...new Set(all.flatMap(({ hosts }) => hosts))],
    packages: [...new Set(all.flatMap(({ packages }) => packages))],
  }));
}

/** The host joins those that need the same, or stands for itself. */
function withHost(known: readonly PackageNeed[], added: PackageNeed): PackageNeed[] {
  const same = known.find(
    ({ role, packages }) => role === added.role && packages.join("\n") === added.packages.join("\n"),
  );
  if (!same) return [...known, added];
  return known.map((need) => (need === same ? { ...need, hosts: [...need.hosts, ...added.hosts] } : need));
}
