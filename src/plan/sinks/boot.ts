import type { NetworkBackend } from "../../model.ts";
import type { BootSteps } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import { fullUnit, ownName } from "../naming.ts";
import type { Phase } from "../phases.ts";
import type { Resource } from "../resource.ts";
import type { ScriptRole, Site } from "../site.ts";

/** What configures interfaces. */
export const configuring: Readonly<Record<NetworkBackend, readonly string[]>> = {
  ifcfg: ["network.service", "NetworkManager.service"],
  networkmanager: ["NetworkManager.service"],
  ifupdown: ["networking.service"],
  netplan: ["systemd-networkd.service"],
  networkd: ["systemd-networkd.service"],
};

/**
 * A unit of lvsgen's own that brings up at boot what the network back ends cannot (tunl0: ifup-tunnel refuses it), or
 * what the rules file does not hold (thresholds, timeouts). It runs after both, and again when the daemon that configures
 * the interfaces, or the firewall, is restarted. It is PartOf= the former alone: of two firewalls that exclude each other
 * (Conflicts=), systemd would refuse to restart either ("conflicting jobs", firewalld#662). Live, the resources themselves do it, and in the end the unit is active as after a
 * boot: an inactive one hears nothing of reloads and restarts.
 */
export function bootUnit(
  at: Site,
  { after = [], commands, flushedBy = [] }: BootSteps,
): Pick<Partial<Record<Phase, Resource[]>>, "boot" | "booted"> {
  if (commands.length === 0) return {};
  const { cluster, host, role } = at;
  const name = `${ownName(cluster.name, role)}.service`;
  const again = `${ownName(cluster.name, role)}-again.service`;
  const daemons = configuring[host.network];
  const earlier = [...daemons, ...after, ...flushedBy];
  return {
    boot: [
      {
        kind: "file",
        path: `/etc/systemd/system/${name}`,
        content: {
          template: "files/boot-unit",
          view: {
            what: purposes[role](cluster.name),
            after: ["network-online.target", ...earlier].join(" "),
            // Both before and after one unit, it could neither be started nor stopped together with that.
            before: host.units.map((unit) => fullUnit(unit.name)).filter((unit) => !earlier.includes(unit)),
            partOf: daemons.join(" "),
            flushedBy: flushedBy.join(" "),
            again,
            commands,
          },
        },
        ...rootOwned,
      },
      ...(daemons.includes("NetworkManager.service") ? [dispatcherHook(at, name)] : []),
      { kind: "unit", name, enabled: true, active: null },
      ...(flushedBy.length === 0
        ? []
        : againUnit(again, { what: purposes[role](cluster.name), unit: name, flushedBy })),
    ],
    booted: [{ kind: "booted", name }],
  };
}

/**
 * What starts the boot unit once more whenever a firewall is started, by whomever: a start flushes rules of others as a reload does.
 * A unit of its own, for the boot unit waits for the network, which a firewall that is started early must not bring up
 * (nftables of Debian is wanted by sysinit.target, which a rescue shell needs too).
 */
function againUnit(
  name: string,
  { what, unit, flushedBy }: { readonly what: string; readonly unit: string; readonly flushedBy: readonly string[] },
): Resource[] {
  return [
    {
      kind: "file",
      path: `/etc/systemd/system/${name}`,
      content: { template: "files/again-unit", view: { what, unit, flushedBy: flushedBy.join(" ") } },
      ...rootOwned,
    },
    { kind: "unit", name, enabled: true, active: null },
  ];
}

/** What the unit's description says. */
const purposes: Readonly<Record<ScriptRole, (cluster: string) => string>> = {
  director: (cluster) => `what the director of ${cluster} needs beside rules and network files`,
  realserver: (cluster) => `what the real server of ${cluster} needs beside its network files`,
  nfs: (cluster) => `what the NFS server of ${cluster} needs beside its files`,
};

/** NetworkManager removes what it does not know from an interface that it activates: this brings it back (NetworkManager-dispatcher(8)). */
function dispatcherHook({ cluster, host, role }: Site, unit: string): Resource {
  const devices = ["lo", ...host.interfaces.map(({ name }) => name)];
  return {
    kind: "file",
    path: `/etc/NetworkManager/dispatcher.d/50-${ownName(cluster.name, role)}`,
    content: {
      template: "files/dispatcher",
      view: { unit, events: devices.flatMap((device) => [`${device}:up`, `${device}:reapply`]) },
    },
    mode: "0755",
    owner: "root",
    group: "root",
  };
}
