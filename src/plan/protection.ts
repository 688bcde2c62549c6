import type { Host } from "../model.ts";
import type { Platform } from "../platform/platform.ts";
import type { Resource, Section } from "./resource.ts";

/** What firewall and SELinux need for a role, as the host's description asks. */
export interface Needs {
  /** `80/tcp` */
  readonly ports: readonly string[];
  readonly booleans: readonly string[];
}

export function protectionSections(host: Host, platform: Platform, needs: Needs): Section[] {
  const sections: Section[] = [];
  const firewall = firewallResources(host, platform, needs.ports);
  if (firewall.length > 0) {
    sections.push({
      title:
        host.firewall === "disable"
          ? "Firewall: off, now and after a reboot, as described"
          : "Firewall: the ports of this role, where one is active",
      resources: firewall,
    });
  }
  const selinux = selinuxResources(host, platform, needs.booleans);
  if (selinux.length > 0) {
    sections.push({
      title:
        host.selinux === "permissive"
          ? "SELinux: permissive, now and after a reboot, as described"
          : "SELinux: what this role needs, where it is on",
      resources: selinux,
    });
  }
  return sections;
}

function firewallResources(host: Host, platform: Platform, ports: readonly string[]): Resource[] {
  switch (host.firewall) {
    case "keep":
      return [];
    case "disable":
      return platform.units.firewalls.map((name): Resource => ({ kind: "unit", name, enabled: false, active: false }));
    case "open":
      return [...new Set(ports)].map((port): Resource => ({ kind: "firewall", port }));
  }
}

function selinuxResources(host: Host, platform: Platform, booleans: readonly string[]): Resource[] {
  const { selinuxConfig } = platform.paths;
  if (selinuxConfig === null) return [];
  if (host.selinux === "keep") return booleans.map((name): Resource => ({ kind: "boolean", name }));
  return [
    { kind: "setting", path: selinuxConfig, key: "SELINUX", value: "permissive" },
    { kind: "selinux", mode: "permissive" },
  ];
}
