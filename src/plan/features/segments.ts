import { carries } from "../../lvs/match.ts";
import { segmentThatFits } from "../../lvs/segment.ts";
import type { Address, Family, Served } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import { chainName, flushing, netfilter, nftName } from "../netfilter.ts";
import type { Site } from "../site.ts";

/** One rule that lowers the segment size which the SYN-ACK of a VIP offers to its client. */
interface SegmentRule {
  /** `mss 1440 192.168.80.188 80`: found again by it, as the comment of the rule. */
  readonly id: string;
  readonly family: Family;
  readonly vip: string;
  readonly size: number;
  /** Null: every port. */
  readonly nftPorts: string | null;
  readonly iptablesPorts: string | null;
}

/**
 * What a client sends comes wrapped: a segment that fills the MTU of its network does not fit any more, and the director's
 * "fragmentation needed" often does not reach it (pitfall 20). So the real server asks for smaller ones in its SYN-ACK, the only
 * packet with this option that goes from it to the client. Both nftables and iptables lower the value and never raise it.
 */
export function segments({ cluster, host, role, served }: Site): Contribution {
  const clamped = served.filter(({ service: { mss }, modes }) => mss !== null && modes.includes("tun"));
  const [first] = clamped;
  if (first === undefined) return {};
  // One port of a VIP may be in several services, told apart by where clients come from.
  const rules = [...new Map(clamped.flatMap(rulesOf).map((rule) => [rule.id, rule])).values()];
  const table = `${nftName(cluster.name, role)}_mss`;
  const chain = chainName("LVSGEN-MSS", cluster.name);
  const { resources, bootCommands } = netfilter(cluster.name, {
    name: "mss",
    nft: {
      family: "inet",
      table,
      content: {
        template: "files/mss-nft",
        view: { table, rules: rules.map((rule) => ({ ...rule, ip: rule.family === 4 ? "ip" : "ip6" })) },
      },
    },
    iptables: {
      chain,
      place: { table: "mangle", chain: "POSTROUTING" },
      contents: ([4, 6] as const).map((family) => {
        const own = rules.filter((rule) => rule.family === family);
        return [family, own.length === 0 ? null : { template: "files/mss-iptables", view: { chain, rules: own } }];
      }),
    },
    ids: rules.map(({ id }) => id),
  });
  return {
    pointer: `${first.service.pointer}/mss`,
    resources: { segments: resources },
    boot: { commands: bootCommands, flushedBy: flushing(host) },
  };
}

function rulesOf({ service: { frontend, tunnel, mss }, addresses, ports }: Served): SegmentRule[] {
  const outer = addresses[0]?.family ?? 4;
  if (frontend.kind === "address") return ports.map((port) => segmentRule(frontend.vip, [port, port]));
  const tcp = frontend.matches.filter((match) => carries(match, "tcp"));
  return tcp.map(({ vip, ports: range }) => segmentRule(vip, range ?? [0, 0]));

  function segmentRule(vip: Address, [start, end]: readonly [number, number]): SegmentRule {
    const size = mss === "auto" || mss === null ? segmentThatFits(vip.family, outer, tunnel) : mss;
    const all = start === 0;
    const words = start === end ? `${start}` : `${start}-${end}`;
    return {
      id: `mss ${size} ${vip.text}${all ? "" : ` ${words}`}`,
      family: vip.family,
      vip: vip.text,
      size,
      nftPorts: all ? null : words,
      iptablesPorts: all ? null : words.replace("-", ":"),
    };
  }
}
