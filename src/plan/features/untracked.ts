import { meetAtPort, type Selector, selectorsOf } from "../../lvs/match.ts";
import { modesOf } from "../../lvs/modes.ts";
import type { Service } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import { chainName, flushing, netfilter, nftName } from "../netfilter.ts";
import type { Site } from "../site.ts";
import { type Endpoint, endpoints, entrances } from "./service-ports.ts";

/**
 * In DR and TUN the director never sees the replies. Connection tracking then takes a client's FIN and RST for INVALID, and a stateful
 * firewall drops them before IPVS: real servers are left with connections that are half closed, and a drain has no end. So what
 * clients send to these services is not tracked, and the rules let it through untracked.
 *
 * A port that a service in NAT has too, from other clients or as one of every port, stays tracked: the rules know no clients.
 *
 * Only where lvsgen opens the firewall: who keeps it has rules of his own, which may count on the tracking.
 */
export function untracked({ cluster, host, role }: Site): Contribution {
  const passed = host.firewall === "open" ? cluster.services.filter(isNeverAnsweredHere) : [];
  const answered = cluster.services.filter((service) => !isNeverAnsweredHere(service)).flatMap(selectors);
  const all = passed
    .flatMap((service) => endpoints(service).map((endpoint) => ({ service, ...endpoint })))
    .filter(({ selector }) => !answered.some((other) => meetAtPort(selector, other)));
  const [first] = all;
  if (first === undefined) return {};
  const table = `${nftName(cluster.name, role)}_raw`;
  const chain = chainName("LVSGEN-RAW", cluster.name);
  const rules = [...new Map(all.map((endpoint) => [text(endpoint), rule(endpoint)])).values()];
  const { resources, bootCommands } = netfilter(cluster.name, {
    name: "untracked",
    nft: { family: "inet", table, content: { template: "files/untracked-nft", view: { table, rules } } },
    iptables: {
      chain,
      place: { table: "raw", chain: "PREROUTING" },
      contents: ([4, 6] as const).map((family) => {
        const own = rules.filter((one) => one.family === family);
        return [
          family,
          own.length === 0 ? null : { template: "files/untracked-iptables", view: { chain, rules: own } },
        ];
      }),
    },
    ids: rules.map(({ id }) => id),
  });
  return {
    pointer: first.service.pointer,
    openings: all.map((one) => ({ what: text(one), devices: entrances(host, one.service, one) })),
    resources: { untracked: resources },
    boot: { commands: bootCommands, flushedBy: flushing(host) },
  };
}

function selectors({ frontend }: Service): readonly Selector[] {
  return selectorsOf(frontend);
}

/** IPVS answers in NAT alone, and there tracking is needed. */
function isNeverAnsweredHere(service: Service): boolean {
  return !modesOf(service).has("nat");
}

function text({ vip, ports }: Endpoint): string {
  return `untracked ${vip.text} ${ports}`;
}

function rule(endpoint: Endpoint) {
  const { vip, ports } = endpoint;
  const [range = "", protocol = ""] = ports.split("/");
  return {
    id: text(endpoint),
    family: vip.family,
    ip: vip.family === 4 ? "ip" : "ip6",
    vip: vip.text,
    protocol,
    nftPorts: range,
    iptablesPorts: range.replace("-", ":"),
  };
}
