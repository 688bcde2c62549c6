import type { Cluster, Host } from "../model.ts";
import { needsOf } from "./kinds/index.ts";
import type { Need } from "./need.ts";
import { type Script, sectionsByHost } from "./script.ts";
import type { Section } from "./want.ts";

/** What `doctor.sh` looks at on each host, as data: what the host's scripts count on before they change anything. */
export interface DoctorScript {
  readonly hosts: readonly DoctorHost[];
  /** Who may answer ARP for a VIP, with every address of each. */
  readonly directors: readonly { readonly name: string; readonly addresses: readonly string[] }[];
}

export interface DoctorHost {
  readonly host: Host;
  readonly needs: readonly Need[];
}

/** @param scripts what the roles' scripts are made of: the doctor asks for nothing else */
export function planDoctor(cluster: Cluster, scripts: readonly Script[]): DoctorScript {
  const sections = sectionsByHost(scripts);
  return {
    hosts: cluster.hosts
      .filter(({ roles }) => roles.length > 0)
      .map((host) => ({
        host,
        needs: [...hostNeeds(host, sections.get(host) ?? []), ...failoverNeeds(cluster, host)],
      })),
    directors: cluster.directors.map(({ name, interfaces }) => ({
      name,
      addresses: interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address.text)),
    })),
  };
}

/** One question for each family that something moves in. */
function failoverNeeds({ failover, directors }: Cluster, host: Host): Need[] {
  if (failover === null || !directors.includes(host)) return [];
  return (failover.vrrp?.instances ?? []).flatMap(({ routerId, members }) => {
    const own = members.get(host);
    if (own === undefined) return [];
    const peers = [...members].filter(([member]) => member !== host);
    return [
      {
        kind: "vrrp" as const,
        device: own.interface,
        routerId,
        peers: peers.map(([{ name }, { address }]) => ({ name, address: address.text })),
      },
    ];
  });
}

/** The questions in the order in which a person reads the answers; those about single things come last, in the order of the scripts. */
const order: readonly Need["kind"][] = [
  "roles",
  "network",
  "backend",
  "package",
  "tool",
  "module",
  "unit",
  "firewall",
  "selinux",
  "offload",
];

function hostNeeds(host: Host, sections: readonly Section[]): Need[] {
  const { firewall, selinux, network, roles } = host;
  const all: Need[] = [{ kind: "roles", roles }];
  if (sections.some(({ wants }) => wants.some(({ resource }) => resource.kind === "address")))
    all.push({ kind: "network", name: network });
  if (roles.includes("director")) all.push({ kind: "offload", names: host.interfaces.map(({ name }) => name) });
  if (roles.includes("client")) all.push({ kind: "tool", names: ["curl"] });
  // The policies are asked about on every host that a script changes.
  if (sections.length > 0)
    all.push({ kind: "firewall", policy: firewall, openings: [] }, { kind: "selinux", policy: selinux, booleans: [] });
  for (const { wants } of sections) for (const { resource } of wants) all.push(...needsOf(resource, host));
  return mergedNeeds(all).sort((a, b) => rank(a) - rank(b));
}

const ranks = new Map(order.map((kind, rank) => [kind, rank]));

function rank({ kind }: Need): number {
  return ranks.get(kind) ?? order.length;
}

/** Needs that are lists of names become one; of the others each stands once. */
function mergedNeeds(all: readonly Need[]): Need[] {
  const lists = new Map<Need["kind"], [Need, ...Need[]]>();
  const singles = new Map<string, Need>();
  for (const need of all) {
    if ("names" in need || "openings" in need || "booleans" in need) {
      const list = lists.get(need.kind);
      if (list === undefined) lists.set(need.kind, [need]);
      else list.push(need);
    } else {
      const key = identity(need);
      if (!singles.has(key)) singles.set(key, need);
    }
  }
  return [...Array.from(lists.values(), joined), ...singles.values()];
}

/** The same for needs that say the same. A thousand hosts have tens of thousands of them. */
function identity(need: Need): string {
  switch (need.kind) {
    case "file":
      return `file ${need.path}`;
    case "sysctl":
      return `sysctl ${need.key} ${need.value}`;
    case "answer":
      return `answer ${need.protocol} ${need.address} ${need.port}`;
    case "vip":
      return `vip ${need.address} ${need.device}`;
    default:
      return JSON.stringify(need);
  }
}

function joined(group: readonly [Need, ...Need[]]): Need {
  const [first] = group;
  const each = (of: (need: Need) => readonly string[]): string[] => [...new Set(group.flatMap(of))];
  if (group.length === 1) return first;
  if ("names" in first) return { ...first, names: each((need) => ("names" in need ? need.names : [])) };
  if ("openings" in first) return { ...first, openings: each((need) => ("openings" in need ? need.openings : [])) };
  if ("booleans" in first) return { ...first, booleans: each((need) => ("booleans" in need ? need.booleans : [])) };
  return first;
}
