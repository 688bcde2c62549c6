import type { Cluster, Host } from "../model.ts";
import { needsOf } from "./kinds.ts";
import type { Need } from "./need.ts";
import type { Resource } from "./resource.ts";
import type { Script } from "./script.ts";

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
  const resources = resourcesByHost(scripts);
  return {
    hosts: cluster.hosts
      .filter(({ roles }) => roles.length > 0)
      .map((host) => ({ host, needs: hostNeeds(host, resources.get(host) ?? []) })),
    directors: cluster.directors.map(({ name, interfaces }) => ({
      name,
      addresses: interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address.text)),
    })),
  };
}

function resourcesByHost(scripts: readonly Script[]): ReadonlyMap<Host, readonly Resource[]> {
  const byHost = new Map<Host, Resource[]>();
  for (const { hosts } of scripts) {
    for (const { host, sections } of hosts) {
      const all = byHost.get(host) ?? [];
      for (const { wants } of sections) for (const { resource } of wants) all.push(resource);
      byHost.set(host, all);
    }
  }
  return byHost;
}

/** The questions in the order in which a person reads the answers: what hosts need alike comes first. */
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
];

function hostNeeds(host: Host, resources: readonly Resource[]): Need[] {
  const { firewall, selinux, network, roles } = host;
  const all: readonly Need[] = [
    { kind: "roles", roles },
    ...(resources.some(({ kind }) => kind === "address") ? [{ kind: "network", name: network } as const] : []),
    ...(roles.includes("client") ? [{ kind: "tool", names: ["curl"] } as const] : []),
    // The policies are asked about on every host that a script changes.
    ...(resources.length === 0
      ? []
      : ([
          { kind: "firewall", policy: firewall, ports: [] },
          { kind: "selinux", policy: selinux, booleans: [] },
        ] as const)),
    ...resources.flatMap((resource) => needsOf(resource, host)),
  ];
  const merged = mergedNeeds(all);
  return [
    ...order.flatMap((kind) => merged.filter((need) => need.kind === kind)),
    ...merged.filter(({ kind }) => !order.includes(kind)),
  ];
}

/** Needs that are lists of names become one; of the others each stands once. */
function mergedNeeds(all: readonly Need[]): Need[] {
  const merged = new Map<string, Need>();
  for (const need of all) {
    const key = "names" in need || "ports" in need || "booleans" in need ? need.kind : JSON.stringify(need);
    const known = merged.get(key);
    merged.set(key, known === undefined ? need : joined(known, need));
  }
  return [...merged.values()];
}

function joined(a: Need, b: Need): Need {
  if ("names" in a && "names" in b) return { ...a, names: [...new Set([...a.names, ...b.names])] };
  if ("ports" in a && "ports" in b) return { ...a, ports: [...new Set([...a.ports, ...b.ports])] };
  if ("booleans" in a && "booleans" in b) return { ...a, booleans: [...new Set([...a.booleans, ...b.booleans])] };
  return a;
}
