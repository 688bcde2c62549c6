import { hostCidr } from "../../lvs/placement.ts";
import type { Placement } from "../../model.ts";
import { rootOwned } from "../managed.ts";
import type { Resource } from "../resource.ts";
import type { BootAddresses, BootConfig } from "./boot-config.ts";
import { bootCommands } from "./command.ts";

const directory = "/etc/sysconfig/network-scripts";

/**
 * initscripts, and NetworkManager's reader of their files: one alias file a VIP, with PREFIX and NETMASK, since an alias
 * inherits PREFIX from its parent and PREFIX wins (pitfalls 3 to 6). NetworkManager takes the aliases of a NIC along with
 * it, but does not read those of `lo` (nms-ifcfg-rh-reader.c), and network-scripts may be missing: what is on `lo` comes up by
 * `rc.local` as well, or where the system does not run that, by a unit. An IPv6 address cannot be an alias.
 */
export function ifcfg({ at, placements, routes }: BootAddresses): BootConfig {
  const { rcLocal } = at.host.platform.paths;
  const aliases = placements.filter(({ vip }) => vip.family === 4);
  const onLoopback = aliases.filter(({ device }) => device === "lo");
  const parents = [...new Set(aliases.map(({ device }) => device))].filter((device) => device !== "lo");
  const others = placements.filter(({ vip }) => vip.family === 6);
  return {
    requirements: parents.map(parent),
    resources: [...aliases.map(aliasFile), ...(rcLocal === null ? [] : rcLocalResources(rcLocal, onLoopback))],
    bootCommands: bootCommands([...(rcLocal === null ? onLoopback : []), ...others], routes),
  };
}

/** The file of the NIC itself, which is not lvsgen's: without it nobody looks for aliases. */
function parent(device: string): Resource {
  return { kind: "backend", name: "ifcfg", words: [device] };
}

function aliasFile({ vip, device, label }: Placement, index: number): Resource {
  const alias = label ?? `${device}:${index}`;
  return {
    kind: "file",
    path: `${directory}/ifcfg-${alias}`,
    content: { template: "files/ifcfg", view: { alias, vip: vip.text, loopback: device === "lo" } },
    ...rootOwned,
  };
}

function rcLocalResources(path: string, placements: readonly Placement[]): Resource[] {
  if (placements.length === 0) return [];
  const addresses = placements.map(({ vip, label }) => ({ cidr: hostCidr(vip), label }));
  return [
    { kind: "block", path, place: "before-exit", content: { template: "files/rc.local", view: { addresses } } },
    // It runs at boot only where it is executable (systemd-rc-local-generator(8)).
    { kind: "mode", path, mode: "0755" },
  ];
}
