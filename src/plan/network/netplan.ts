import { hostCidr } from "../../lvs/placement.ts";
import type { Placement } from "../../model.ts";
import { ownName } from "../naming.ts";
import type { BootAddresses, BootConfig } from "./boot-config.ts";
import { bootCommands } from "./command.ts";

/**
 * netplan: a file of lvsgen's own that adds the VIPs to the definition of the NIC (netplan(5): sequences of several files
 * are joined). A definition that no other file has would take the interface over, and one of another type keeps netplan
 * from generating anything: the host is asked first. On `lo` neither netplan nor networkd removes anything unless told
 * to configure it, and NetworkManager as renderer flushes it: the boot unit does it.
 */
export function netplan({ at, placements, routes, shared }: BootAddresses): BootConfig {
  const onNics = placements.filter(({ device }) => device !== "lo");
  const devices = [...new Set([...onNics.map(({ device }) => device), ...shared])];
  const path = `/etc/netplan/90-${ownName(at.cluster.name, at.role)}.yaml`;
  const types = [...new Set(devices.map(definitionType))];
  const view = {
    types: types.map((type) => ({
      type,
      devices: devices
        .filter((one) => definitionType(one) === type)
        .map((device) => deviceView(device, onNics, shared)),
    })),
  };
  // Such files may hold secrets, so netplan warns of any that others can read.
  const own = { mode: "0600", owner: "root", group: "root" };
  return {
    requirements: devices.map((device) => ({
      kind: "backend",
      name: "netplan",
      words: [definitionType(device), device],
    })),
    resources:
      devices.length === 0 ? [] : [{ kind: "file", path, content: { template: "files/netplan", view }, ...own }],
    bootCommands: bootCommands(
      placements.filter(({ device }) => device === "lo"),
      routes,
    ),
  };
}

function deviceView(device: string, placements: readonly Placement[], shared: readonly string[]) {
  const own = placements.filter((one) => one.device === device);
  return {
    device,
    // networkd then leaves what others put there; NetworkManager does so anyway, and does not know the key.
    keeps: shared.includes(device),
    addresses: own.map(({ vip, label }) => ({ cidr: hostCidr(vip), label, inet6: vip.family === 6 })),
  };
}

/** Under what netplan defines an interface of such a name; the script asks the host whether it does. */
function definitionType(device: string): "ethernets" | "bonds" | "bridges" | "vlans" {
  if (device.startsWith("bond")) return "bonds";
  if (device.startsWith("br")) return "bridges";
  return device.includes(".") || device.startsWith("vlan") ? "vlans" : "ethernets";
}
