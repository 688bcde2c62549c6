import type { Host, NetworkBackend } from "../model.ts";
import { fullUnit, ownName } from "./naming.ts";
import { type Resource, rootOwned } from "./resource.ts";

/** What has to be done at every boot and no file of the system's own brings about. */
export interface BootStep {
  /** A command line as systemd.service(5) takes it: an absolute path, words, no shell. */
  readonly command: string;
}

/** What configures interfaces. */
const daemons: Readonly<Record<NetworkBackend, readonly string[]>> = {
  ifcfg: ["network.service", "NetworkManager.service"],
  networkmanager: ["NetworkManager.service"],
  ifupdown: ["networking.service"],
  netplan: ["systemd-networkd.service"],
  networkd: ["systemd-networkd.service"],
};

/**
 * A unit of lvsgen's own that brings up at boot what the network back ends cannot (tunl0: ifup-tunnel refuses it), or
 * what the rules file does not hold (thresholds, timeouts). It runs after both, and again when the daemon that configures
 * the interfaces is restarted. Live, the resources themselves do it.
 */
export function bootUnit(
  cluster: string,
  role: string,
  host: Host,
  what: string,
  after: readonly string[],
  steps: readonly BootStep[],
): Resource[] {
  if (steps.length === 0) return [];
  const name = `${ownName(cluster, role)}.service`;
  const configuring = daemons[host.network];
  return [
    {
      kind: "file",
      path: `/etc/systemd/system/${name}`,
      content: {
        template: "files/boot-unit",
        view: {
          what,
          after: ["network-online.target", ...configuring, ...after].join(" "),
          before: host.units.map(fullUnit).join(" "),
          partOf: configuring.join(" "),
          commands: steps.map(({ command }) => command),
        },
      },
      ...rootOwned,
    },
    ...(configuring.includes("NetworkManager.service") ? [dispatcherHook(cluster, role, host, name)] : []),
    { kind: "unit", name, enabled: true, active: null },
  ];
}

/** NetworkManager removes what it does not know from an interface that it activates: this brings it back (NetworkManager-dispatcher(8)). */
function dispatcherHook(cluster: string, role: string, host: Host, unit: string): Resource {
  const devices = ["lo", ...host.interfaces.map(({ name }) => name)];
  return {
    kind: "file",
    path: `/etc/NetworkManager/dispatcher.d/50-${ownName(cluster, role)}`,
    content: {
      template: "files/dispatcher",
      view: { unit, events: devices.flatMap((device) => [`${device}:up`, `${device}:reapply`]).join(" | ") },
    },
    mode: "0755",
    owner: "root",
    group: "root",
  };
}
