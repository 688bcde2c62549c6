import type { Family } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import { chainName, flushing, type Netfilter, netfilter, nftName } from "../netfilter.ts";
import type { Site } from "../site.ts";

/**
 * What machines of the networks begin themselves leaves with the director's own address; between the networks each keeps
 * its own. IPVS is not disturbed: it gives the replies of NAT real servers the VIP as their source in the FORWARD hook
 * (ip_vs_reply4, net/netfilter/ipvs/ip_vs_core.c), so that in POSTROUTING no rule matches them; and what it hands on comes
 * from a client and goes to one of the networks.
 *
 * IPv4 and IPv6 are rule sets of their own: the nat of nftables has no `inet` table before Linux 5.2.
 */
export function sourceNat(at: Site): Contribution {
  if (at.cluster.sourceNat.length === 0) return {};
  const sets = ([4, 6] as const).map((family) => ofFamily(at, family));
  return {
    pointer: "/sourceNat",
    resources: { sourceNat: sets.flatMap(({ resources }) => resources) },
    boot: { commands: sets.flatMap(({ bootCommands }) => bootCommands), flushedBy: flushing(at.host) },
  };
}

function ofFamily({ cluster, role }: Site, family: Family): Netfilter {
  const networks = cluster.sourceNat
    .filter(({ network }) => network.address.family === family)
    .map(({ network }) => `${network.address.text}/${network.prefix}`)
    .map((network) => ({ network, id: `source-nat ${network}` }));
  if (networks.length === 0) return { resources: [], bootCommands: [] };
  const nft = { family: family === 4 ? "ip" : "ip6", table: `${nftName(cluster.name, role)}_nat` } as const;
  // In upper case no cluster's name stands, so that no chain of marks has this name.
  const chain = chainName("LVSGEN-NAT", cluster.name);
  return netfilter(cluster.name, {
    name: family === 4 ? "source-nat" : "source-nat6",
    nft: { ...nft, content: { template: "files/source-nat-nft", view: { ...nft, networks } } },
    iptables: {
      chain,
      place: { table: "nat", chain: "POSTROUTING" },
      contents: [[family, { template: "files/source-nat-iptables", view: { chain, networks } }]],
    },
    ids: networks.map(({ id }) => id),
  });
}
