import { isNarrower } from "../../lvs/match.ts";
import type { Family, MarkMatch } from "../../model.ts";
import { networkText } from "../../net.ts";
import type { Contribution } from "../contribution.ts";
import { chainName, flushing, netfilter, nftName } from "../netfilter.ts";
import type { Site } from "../site.ts";

/** One rule that gives traffic its firewall mark, before IPVS looks at it in the INPUT hook (ipvsadm(8), -f). */
interface MarkRule {
  /**
   * `7 tcp 192.168.80.188 80`, `7 all 192.168.80.188 all 10.0.0.0/8 ens34`: found again by it, as the comment of the rule, which
   * has at most 127 characters: that of the longest mark, addresses, ports and name of an interface.
   */
  readonly id: string;
  readonly mark: number;
  readonly family: Family;
  /** Null: whatever it is. */
  readonly protocol: string | null;
  readonly vip: string;
  /** `80` or `8000-8099`; null: every port. */
  readonly nftPorts: string | null;
  /** `80` or `8000:8099`; null: every port. */
  readonly iptablesPorts: string | null;
  /** `10.0.0.0/8`; null: from anywhere. */
  readonly source: string | null;
  /** Null: by any. */
  readonly interface: string | null;
}

/** Marking rules; IPv4 and IPv6 stand in one table of nftables. */
export function marks({ cluster, host, role }: Site): Contribution {
  const marked = cluster.services.filter(({ frontend }) => frontend.kind === "fwmark");
  const all = marked.flatMap(({ frontend }) =>
    frontend.kind === "fwmark" ? frontend.matches.map((match) => ({ mark: frontend.mark, match })) : [],
  );
  const rules = narrowestLast(all).map(({ mark, match }) => markRule(mark, match));
  const [first] = marked;
  if (first === undefined) return {};
  const table = nftName(cluster.name, role);
  const chain = chainName("LVSGEN", cluster.name);
  const { resources, bootCommands } = netfilter(cluster.name, {
    name: "marks",
    nft: {
      family: "inet",
      table,
      content: {
        template: "files/marks-nft",
        view: { table, rules: rules.map((rule) => ({ ...rule, ip: rule.family === 4 ? "ip" : "ip6" })) },
      },
    },
    iptables: {
      chain,
      place: { table: "mangle", chain: "PREROUTING" },
      contents: ([4, 6] as const).map((family) => {
        const own = rules.filter((rule) => rule.family === family);
        return [family, own.length === 0 ? null : { template: "files/marks-iptables", view: { chain, rules: own } }];
      }),
    },
    ids: rules.map(({ id }) => id),
  });
  return {
    pointer: `${first.pointer}/fwmark`,
    resources: { marks: resources },
    boot: { commands: bootCommands, flushedBy: flushing(host) },
  };
}

interface Marked {
  readonly mark: number;
  readonly match: MarkMatch;
}

/** A packet keeps the mark of the last rule that fits it, so that the narrowest stands after all that it lies within. */
function narrowestLast(all: readonly Marked[]): Marked[] {
  const byVip = new Map<string, MarkMatch[]>();
  for (const { match } of all) byVip.set(match.vip.text, [...(byVip.get(match.vip.text) ?? []), match]);
  const depths = new Map(
    all.map(({ match }) => {
      const around = (byVip.get(match.vip.text) ?? []).filter((other) => isNarrower(match, other));
      return [match, around.length] as const;
    }),
  );
  return [...all].sort((a, b) => (depths.get(a.match) ?? 0) - (depths.get(b.match) ?? 0));
}

function markRule(mark: number, { vip, protocol, ports, source, interface: nic }: MarkMatch): MarkRule {
  const nftPorts = ports && (ports[0] === ports[1] ? `${ports[0]}` : `${ports[0]}-${ports[1]}`);
  const network = source && networkText(source);
  const from = [network, nic].filter((word) => word !== null);
  return {
    id: [mark, protocol ?? "all", vip.text, nftPorts ?? "all", ...from].join(" "),
    mark,
    family: vip.family,
    protocol,
    vip: vip.text,
    nftPorts,
    iptablesPorts: nftPorts?.replace("-", ":") ?? null,
    source: network,
    interface: nic,
  };
}
