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
  const byPlatform = new Map<Platform, Map<string, Collected>>();
  for (const { role, hosts } of scripts) {
    for (const { host, sections } of hosts) {
      const packages: string[] = [];
      for (const { wants } of sections)
        for (const { resource } of wants) if (resource.kind === "package") packages.push(resource.name);
      if (packages.length === 0) continue;
      const needs = byPlatform.get(host.platform) ?? new Map<string, Collected>();
      byPlatform.set(host.platform, needs);
      // Hosts of a role that need the same stand together.
      const key = [role, ...packages].join("\n");
      const known = needs.get(key);
      if (known === undefined) needs.set(key, { role, hosts: [host.name], packages });
      else known.hosts.push(host.name);
    }
  }
  return Array.from(byPlatform, ([platform, needs]) => {
    const all = [...needs.values()];
    return {
      platform,
      needs: all,
      hosts: [...new Set(all.flatMap(({ hosts }) => hosts))],
      packages: [...new Set(all.flatMap(({ packages }) => packages))],
    };
  });
}

interface Collected extends PackageNeed {
  readonly hosts: string[];
}
