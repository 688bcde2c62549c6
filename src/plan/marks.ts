import type { Cluster, Family, MarkMatch } from "../model.ts";
import { ownName } from "./naming.ts";
import { type Resource, rootOwned } from "./resource.ts";

const role = "director";

/** One rule that gives traffic its firewall mark, before IPVS looks at it in the INPUT hook (ipvsadm(8), -f). */
interface MarkRule {
  /** `7 tcp 192.168.80.188 80`: found again by it, as the comment of the rule. */
  readonly id: string;
  readonly mark: number;
  readonly family: Family;
  readonly protocol: string;
  readonly vip: string;
  /** `80` or `8000-8099`; null is every port. */
  readonly nftPorts: string;
  readonly iptablesPorts: string;
}

export interface Marks {
  readonly resources: readonly Resource[];
  /** What brings the rules back at boot. */
  readonly bootCommands: readonly string[];
}

/**
 * Marking rules, in the syntax of nftables and of iptables: the host decides which its kernel has. Both keep to a
 * table or chain of their own, so that they are replaced and removed without touching anyone else's rules.
 */
export function marks(cluster: Cluster): Marks {
  const rules = cluster.services.flatMap(({ frontend }) =>
    frontend.kind === "fwmark" ? frontend.matches.map((match) => markRule(frontend.mark, match)) : [],
  );
  if (rules.length === 0) return { resources: [], bootCommands: [] };
  const name = ownName(cluster.name, role);
  const directory = `/etc/lvsgen/${cluster.name}`;
  const table = name.replaceAll("-", "_");
  // An iptables chain's name has at most 28 characters (XT_EXTENSION_MAXNAMELEN).
  const chain = `LVSGEN-${cluster.name}`.slice(0, 28);
  const families = ([4, 6] as const).filter((family) => rules.some((rule) => rule.family === family));
  const nft: Resource = {
    kind: "file",
    path: `${directory}/marks.nft`,
    content: {
      template: "files/marks-nft",
      view: { table, rules: rules.map((rule) => ({ ...rule, ip: rule.family === 4 ? "ip" : "ip6" })) },
    },
    ...rootOwned,
  };
  const iptables = families.map(
    (family): Resource => ({
      kind: "file",
      path: `${directory}/marks.${toolOf(family)}`,
      content: {
        template: "files/marks-iptables",
        view: { chain, rules: rules.filter((rule) => rule.family === family) },
      },
      ...rootOwned,
    }),
  );
  const loader: Resource = {
    kind: "file",
    path: `${directory}/load-marks`,
    content: {
      template: "files/load-marks",
      view: { directory, table, chain, tools: families.map(toolOf) },
    },
    mode: "0755",
    owner: "root",
    group: "root",
  };
  return {
    resources: [
      nft,
      ...iptables,
      loader,
      { kind: "marks", loader: `${directory}/load-marks`, ids: rules.map(({ id }) => id) },
    ],
    bootCommands: [`${directory}/load-marks`],
  };
}

function toolOf(family: Family): "iptables" | "ip6tables" {
  return family === 4 ? "iptables" : "ip6tables";
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
