import { rootOwned } from "../managed.ts";
import { dropIn, ownName } from "../naming.ts";
import type { BootAddresses, BootConfig } from "./boot-config.ts";
import { placementCommands } from "./command.ts";

const interfaces = "/etc/network/interfaces";

/**
 * ifupdown, and ifupdown2 in its place: one more stanza for each interface, in a file of lvsgen's own that
 * /etc/network/interfaces sources (interfaces(5): several stanzas of one interface all come up with it, so an `ifdown` and
 * `ifup` or an `ifreload -a` by someone else keeps the VIP). Commands instead of `inet static`: ifup of ifupdown fails where
 * an address is there already, and a VIP must never keep the interface from coming up. No `auto` for a NIC: when it comes up, and before
 * which others, the site's own stanza says; the first address of a network is the one that the host sends from. The site may say nothing of
 * lo, which ifupdown brings up all the same, but then without this stanza's commands. The host is asked first whether ifupdown configures
 * the NIC: Debian's NetworkManager leaves alone whatever has a stanza.
 */
export function ifupdown({ at, placements, routes }: BootAddresses): BootConfig {
  const path = `${interfaces}.d/${ownName(at.cluster.name, at.role)}`;
  const devices = [...new Set(placements.map(({ device }) => device))];
  const stanzas = devices.map((device) => ({
    device,
    auto: device === "lo",
    commands: placements.filter((one) => one.device === device).flatMap((one) => placementCommands(one, routes)),
  }));
  return {
    requirements: [{ kind: "backend", name: "ifupdown", words: devices.filter((device) => device !== "lo") }],
    resources: [
      {
        kind: "file",
        path,
        content: { template: "files/interfaces", view: { file: interfaces, stanzas } },
        ...rootOwned,
      },
      { kind: "block", path: interfaces, place: "unless-sourced", content: { text: sourceLine(path) } },
      {
        kind: "file",
        path: dropIn("networking.service", at.cluster.name, at.role),
        content: { text: bootOrder },
        ...rootOwned,
      },
    ],
    bootCommands: [],
  };
}

/**
 * The unit of ifupdown has this order itself. That of ifupdown2 (3.0.0) has none: what serves a VIP starts beside it, before the VIP is there,
 * and a server that is told no address then listens on those of IPv4 alone (CumulusNetworks/ifupdown2#68).
 */
const bootOrder = `# What serves a virtual address starts when it is there; ifupdown2's own unit has no such order.
[Unit]
Wants=network.target
Before=network.target network-online.target
`;

/** For systems whose /etc/network/interfaces does not source the directory: Debian's own does, since Debian 9. */
function sourceLine(path: string): string {
  return `# Only where no other line brings it in.\nsource ${path}\n`;
}
