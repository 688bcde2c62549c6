import type { ConnectionSync, Host, Vrrp } from "../../model.ts";
import type { Contribution, Setting } from "../contribution.ts";
import type { Opening } from "../opening.ts";
import type { Site } from "../site.ts";

/** VRRP (RFC 5798, 5.1.1.4) as the header of its packets has it. */
const vrrpProtocol = 112;
/** IP_VS_SYNC_PORT of net/netfilter/ipvs/ip_vs_sync.c. */
const syncPort = 8848;
/** Multicast of IPv6 comes from the link's own addresses, which no description has. */
const linkLocal = "fe80::/10";

/** Directors hear each other, and nobody else; of two that are each other's real servers the backup leaves its table alone. */
export function failover({ cluster, host }: Site): Contribution {
  const vrrp = cluster.failover?.vrrp;
  if (!vrrp) return {};
  const isLocalNode = cluster.directors.some((director) => cluster.served.has(director));
  return {
    pointer: "/ha",
    openings: [...adverts(vrrp, host), ...synced(vrrp, host)],
    settings: isLocalNode && vrrp.sync !== null ? [backupOnly] : [],
  };
}

const backupOnly: Setting = {
  key: "net.ipv4.vs.backup_only",
  value: "1",
  why: "Directors that are real servers: what the master hands to a backup is not handed on by its table (ipvs-sysctl.rst).",
};

function adverts({ instances, unicast }: Vrrp, host: Host): Opening[] {
  return instances.flatMap(({ family, members }) => {
    const own = members.get(host);
    if (own === undefined) return [];
    const peers = [...members].filter(([member]) => member !== host).map(([, { address }]) => address.text);
    const senders = family === 6 && !unicast ? [linkLocal] : peers;
    return senders.map((sender) => ({
      what: `protocol ${vrrpProtocol} from ${sender}`,
      devices: [own.interface],
    }));
  });
}

/** The kernel sends with an address of the interface's, whichever it takes; of IPv6, one of the link. */
function synced({ sync }: Vrrp, host: Host): Opening[] {
  const device = sync?.interfaces.get(host);
  if (!sync || device === undefined) return [];
  const senders = sync.family === 6 ? [linkLocal] : sendersOf(sync, host);
  return senders.map((sender) => ({ what: `port ${syncPort}/udp from ${sender}`, devices: [device] }));
}

function sendersOf({ interfaces }: ConnectionSync, host: Host): string[] {
  return [...interfaces]
    .filter(([member]) => member !== host)
    .flatMap(([member, name]) =>
      member.interfaces
        .filter((nic) => nic.name === name)
        .flatMap(({ addresses }) => addresses.map(({ address }) => address))
        .filter(({ family }) => family === 4),
    )
    .map(({ text }) => text);
}
