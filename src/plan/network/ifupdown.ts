import { ownName } from "../naming.ts";
import { type Resource, rootOwned } from "../resource.ts";
import { hostCidr } from "../vip.ts";
import type { Persistent } from "./index.ts";

/** Debian's ifupdown: one file of lvsgen's own that /etc/network/interfaces sources (interfaces(5)). */
export function ifupdown({ cluster, role, placements, routes }: Persistent): Resource[] {
  const stanzas = placements.map(({ vip, device, label }) => ({
    name: label ?? device,
    device,
    family: vip.family === 6 ? "inet6" : "inet",
    cidr: hostCidr(vip),
    loopback: device === "lo",
    inet6: vip.family === 6,
    route: routes && vip.family === 4,
  }));
  return [
    {
      kind: "file",
      path: `/etc/network/interfaces.d/${ownName(cluster, role)}`,
      content: { template: "files/interfaces", view: { stanzas } },
      ...rootOwned,
    },
  ];
}
