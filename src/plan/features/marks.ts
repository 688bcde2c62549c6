import type { Family, MarkMatch } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import { chainName, flushing, netfilter, nftName } from "../netfilter.ts";
import type { Site } from "../site.ts";

/** One rule that gives traffic its firewall mark, before IPVS looks at it in the INPUT hook (ipvsadm(8), -f). */
interface MarkRule {
  /** `7 tcp 192.168.80.188 80`: found again by it, as the comment of the rule. */
  readonly id: string;
  readonly mark: number;
  readonly family: Family;
  readonly protocol: string;
  readonly vip: string;
  /** `80` or `8000-8099`. */
  readonly nftPorts: string;
  /** `80` or `8000:8099`. */
  readonly iptablesPorts: string;
}

/** Marking rules; IPv4 and IPv6 stand in one table of nftables. */
export function marks({ cluster, host, role }: Site): Contribution {
  const marked = cluster.services.filter(({ frontend }) => frontend.kind === "fwmark");
  const rules = marked.flatMap(({ frontend }) =>
    frontend.kind === "fwmark" ? frontend.matches.map((match) => markRule(frontend.mark, match)) : [],
  );
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

function markRule(mark: number, { vip, protocol, ports: [first, last] }: MarkMatch): MarkRule {
  const whole = first === last ? `${first}` : null;
  return {
    id: `${mark} ${protocol} ${vip.text} ${whole ?? `${first}-${last}`}`,
    mark,
    family: vip.family,
    protocol,
    vip: vip.text,
    nftPorts: whole ?? `${first}-${last}`,
    iptablesPorts: whole ?? `${first}:${last}`,
  };
}
