import type { Host } from "../../model.ts";
import type { Resource } from "../resource.ts";

/** The firewall as the host's description asks: the ports of a role are open, or no firewall runs. */
export function firewall({ firewall: policy, platform, pointer: place }: Host, ports: readonly string[]): Resource[] {
  const pointer = `${place}/firewall`;
  switch (policy) {
    case "keep":
      return [];
    case "disable":
      return platform.units.firewalls.map((name) => ({ kind: "unit", name, enabled: false, active: false, pointer }));
    case "open":
      return ports.map((port) => ({ kind: "firewall", port, pointer }));
  }
}

/** SELinux as the host's description asks: the booleans of a role are on, or it enforces nothing. */
export function selinux({ selinux: policy, platform, pointer: place }: Host, booleans: readonly string[]): Resource[] {
  const { selinuxConfig } = platform.paths;
  const pointer = `${place}/selinux`;
  if (selinuxConfig === null) return [];
  switch (policy) {
    case "keep":
      return booleans.map((name) => ({ kind: "boolean", name, pointer }));
    case "permissive":
      return [
        { kind: "setting", path: selinuxConfig, key: "SELINUX", value: "permissive", pointer },
        { kind: "selinux", mode: "permissive", pointer },
      ];
  }
}
