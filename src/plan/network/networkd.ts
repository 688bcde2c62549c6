import { hostCidr } from "../../lvs/placement.ts";
import type { Placement } from "../../model.ts";
import { rootOwned } from "../managed.ts";
import { ownName } from "../naming.ts";
import type { Resource } from "../resource.ts";
import type { BootAddresses, BootConfig } from "./boot-config.ts";
import { bootCommands } from "./command.ts";

/**
 * systemd-networkd: a NIC's VIPs as a drop-in of the .network file that configures the NIC, since networkd removes addresses
 * that are not its own when it configures a link again. Which file that is, only the host can tell: the text is a file
 * of lvsgen's own beside it, the drop-in a link to it. On `lo` networkd removes nothing ("Drop foreign config, but ignore
 * loopback", networkd-link.c), and a .network file for it would keep out anyone else's: the boot unit does it.
 */
export function networkd({ at, placements, routes, shared }: BootAddresses): BootConfig {
  const devices = [...new Set([...placements.map(({ device }) => device), ...shared])].filter(
    (device) => device !== "lo",
  );
  return {
    requirements: devices.map((device) => ({ kind: "backend", name: "networkd", words: [device] })),
    resources: devices.flatMap((device) =>
      dropIn(`/etc/systemd/network/${ownName(at.cluster.name, at.role)}-${device}.conf`, device, placements, shared),
    ),
    bootCommands: bootCommands(
      placements.filter(({ device }) => device === "lo"),
      routes,
    ),
  };
}

function dropIn(path: string, device: string, placements: readonly Placement[], shared: readonly string[]): Resource[] {
  const addresses = placements
    .filter((one) => one.device === device)
    .map(({ vip, label }) => ({ cidr: hostCidr(vip), label, inet6: vip.family === 6 }));
  return [
    {
      kind: "file",
      path,
      content: { template: "files/networkd", view: { device, addresses, keeps: shared.includes(device) } },
      ...rootOwned,
    },
    { kind: "networkd", device },
  ];
}
