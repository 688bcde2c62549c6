import { platformOf } from "../../platform/index.ts";
import { type Resource, rootOwned } from "../resource.ts";
import { hostCidr } from "../vip.ts";
import type { Persistent } from "./index.ts";

const directory = "/etc/sysconfig/network-scripts";

/**
 * initscripts (and NetworkManager's ifcfg reader): one alias file a VIP, with PREFIX and NETMASK, since an alias
 * inherits PREFIX from its parent and PREFIX wins (pitfalls 3 to 6). `rc.local` brings up again what the aliases of
 * `lo` did not: NetworkManager does not read those, and network-scripts may be missing.
 */
export function ifcfg({ host, placements, routes }: Persistent): Resource[] {
  const { rcLocal } = platformOf(host.platform).paths;
  const files = placements.map(({ vip, device, label }, index): Resource => {
    const alias = label ?? `${device}:${index}`;
    return {
      kind: "file",
      path: `${directory}/ifcfg-${alias}`,
      content: { template: "files/ifcfg", view: { alias, vip: vip.text, loopback: device === "lo" } },
      ...rootOwned,
    };
  });
  const local = placements.filter(({ device }) => device === "lo");
  if (!routes || rcLocal === null || local.length === 0) return files;
  const addresses = local.map(({ vip, label }) => ({ cidr: hostCidr(vip), family: vip.family === 6 ? "-6" : "-4", label }));
  return [
    ...files,
    { kind: "block", path: rcLocal, place: "before-exit", content: { template: "files/rc.local", view: { addresses } } },
    // It runs at boot only where it is executable (systemd-rc-local-generator(8)).
    { kind: "mode", path: rcLocal, mode: "0755" },
  ];
}
