import type { Host } from "../../model.ts";
import type { Opening } from "../opening.ts";
import type { Resource } from "../resource.ts";

/** The firewall as the host's description asks: what a role needs gets through, or no firewall runs. */
export function firewall(
  { firewall: policy, platform: { units }, pointer: place }: Host,
  openings: readonly Opening[],
): Resource[] {
  const pointer = `${place}/firewall`;
  switch (policy) {
    case "keep":
      return [];
    case "disable":
      return [
        ...units.firewalls.map((name): Resource => ({ kind: "unit", name, enabled: false, active: false, pointer })),
        // Stopped, they leave their rules in force.
        ...units.ruleLoaders.flatMap((name): Resource[] => [
          { kind: "unit", name, enabled: false, active: null, pointer },
          { kind: "filtering", tool: "iptables", pointer },
          { kind: "filtering", tool: "ip6tables", pointer },
        ]),
        // `ufw enable` loads its rules beside its unit.
        ...units.firewalls
          .filter((name) => name === "ufw.service")
          .map((): Resource => ({ kind: "filtering", tool: "ufw", pointer })),
        { kind: "unfiltered", needed: openings.map(({ what }) => what).filter(comesIn), pointer },
      ];
    case "open":
      return openings.map((opening) => ({ kind: "firewall", ...opening, pointer }));
  }
}

/** What comes in to this host itself: of what is forwarded, the rules for what comes in say nothing. */
function comesIn(what: string): boolean {
  return !/^(?:answers|forwarding|untracked) /u.test(what);
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
