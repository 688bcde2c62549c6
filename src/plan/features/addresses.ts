import { isTunnelDevice } from "../../lvs/tunnel.ts";
import type { Placement } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import { bootConfig } from "../network/index.ts";
import { placementResource, type Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/** The VIPs of a director, which answers for them: last, so that a client's first packet finds a service. */
export function addresses(at: Site): Contribution {
  const { placements } = at;
  const lasting = bootConfig(
    at,
    placements.filter(({ device }) => !isTunnelDevice(device)),
    { routes: false, shared: carriers(at) },
  );
  const onNics = placements.filter(({ device }) => !isTunnelDevice(device) && device !== "lo");
  return {
    resources: {
      requirements: lasting.requirements,
      addresses: [...announcer(at, onNics), ...placements.map(placementResource), ...lasting.resources],
    },
    boot: { commands: [...lasting.bootCommands, ...(announcesItself(at, onNics) ? [] : [announcerPath(at)])] },
  };
}

/** The NICs on which keepalived has virtual addresses come and go. */
function carriers({ carried }: Site): string[] {
  return [...new Set(carried.map(({ device }) => device))].filter(
    (device) => device !== "lo" && !isTunnelDevice(device),
  );
}

/** What tells neighbours that a VIP has come here, when it comes up live (templates/runtime/kinds/address-announce.sh) and at boot. */
function announcer(at: Site, placements: readonly Placement[]): Resource[] {
  if (placements.length === 0) return [];
  const view = { placements: placements.map(({ vip, device }) => ({ device, address: vip.text })) };
  const content = { template: "files/announce", view };
  return [{ kind: "file", path: announcerPath(at), content, ...rootOwned, mode: "0755" }];
}

function announcerPath({ cluster }: Site): string {
  return `/etc/lvsgen/${cluster.name}/announce`;
}

/** ifup-aliases sends gratuitous ARP itself, as NetworkManager does with what it reads of such files. */
function announcesItself({ host }: Site, placements: readonly Placement[]): boolean {
  return placements.every(({ vip }) => vip.family === 4 && host.network === "ifcfg");
}
