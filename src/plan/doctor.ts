import { tunnelModule } from "../lvs/tunnel.ts";
import type { Address, Cluster, Host, NetworkBackend } from "../model.ts";
import { contains, parseAddress, sameAddress } from "../net.ts";
import type { Platform } from "../platform/platform.ts";
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
  readonly platform: Platform;
  readonly needs: readonly Need[];
}

/** Something that an apply on the host needs, or would run into. */
export type Need =
  | { readonly kind: "roles"; readonly roles: readonly string[] }
  | { readonly kind: "package"; readonly names: readonly string[] }
  | { readonly kind: "module"; readonly names: readonly string[] }
  /** What makes addresses last on the host. */
  | { readonly kind: "network"; readonly name: NetworkBackend }
  /** What a script asks about it before anything changes: `want backend` of the runtime. */
  | { readonly kind: "backend"; readonly words: readonly string[] }
  | { readonly kind: "sysctl"; readonly key: string; readonly value: string }
  /** Units that are to be enabled or started. */
  | { readonly kind: "unit"; readonly names: readonly string[] }
  | { readonly kind: "firewall"; readonly policy: Host["firewall"]; readonly ports: readonly string[] }
  | { readonly kind: "selinux"; readonly policy: Host["selinux"]; readonly booleans: readonly string[] }
  /** A VIP, and the NIC on whose segment nobody but a director may answer for it. */
  | { readonly kind: "vip"; readonly address: string; readonly device: string }
  /** A machine that this host mounts shares of. */
  | { readonly kind: "nfs"; readonly server: string }
  /** A file that is written, wholly or in part. */
  | { readonly kind: "file"; readonly path: string }
  /** A program of a client's, which nothing installs. */
  | { readonly kind: "tool"; readonly names: readonly string[] };

/** @param scripts what the roles' scripts are made of: the doctor asks for nothing else */
export function planDoctor(cluster: Cluster, scripts: readonly Script[]): DoctorScript {
  const resources = resourcesByHost(scripts);
  return {
    hosts: cluster.hosts
      .filter(({ roles }) => roles.length > 0)
      .map((host) => ({
        host,
        platform: host.platform,
        needs: needsOf(host, resources.get(host) ?? []),
      })),
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
      for (const { resources } of sections) for (const resource of resources) all.push(resource);
      byHost.set(host, all);
    }
  }
  return byHost;
}

function needsOf(host: Host, resources: readonly Resource[]): Need[] {
  const packages: string[] = [];
  const modules: string[] = [];
  const units: string[] = [];
  const ports: string[] = [];
  const booleans: string[] = [];
  const single: Need[] = [];
  for (const resource of resources) {
    switch (resource.kind) {
      case "package":
        packages.push(resource.name);
        break;
      case "module":
        modules.push(resource.name);
        break;
      case "unit":
        if (resource.enabled === true || resource.active === true) units.push(resource.name);
        break;
      case "firewall":
        ports.push(resource.port);
        break;
      case "boolean":
        booleans.push(resource.name);
        break;
      default:
        single.push(...singleNeeds(host, resource));
    }
  }
  const client = host.roles.includes("client");
  return [
    { kind: "roles", roles: host.roles },
    ...(resources.some(({ kind }) => kind === "address") ? [{ kind: "network", name: host.network } as const] : []),
    ...distinct(single.filter(({ kind }) => kind === "backend")),
    ...listed("package", packages),
    ...listed("tool", client ? ["curl"] : []),
    ...listed("module", modules),
    ...listed("unit", units),
    ...(resources.length === 0
      ? []
      : [
          { kind: "firewall", policy: host.firewall, ports: [...new Set(ports)] } as const,
          { kind: "selinux", policy: host.selinux, booleans: [...new Set(booleans)] } as const,
        ]),
    ...distinct(single.filter(({ kind }) => kind !== "backend")),
  ];
}

function listed(kind: "package" | "module" | "unit" | "tool", names: readonly string[]): Need[] {
  return names.length === 0 ? [] : [{ kind, names: [...new Set(names)] }];
}

function distinct(needs: readonly Need[]): Need[] {
  return [...new Map(needs.map((need) => [JSON.stringify(need), need])).values()];
}

function singleNeeds(host: Host, resource: Resource): Need[] {
  switch (resource.kind) {
    case "backend":
      return [{ kind: "backend", words: [resource.name, ...resource.words] }];
    case "sysctl":
      return [{ kind: "sysctl", key: resource.key, value: resource.value }];
    case "address":
      return vipNeeds(host, resource.cidr, resource.device);
    case "mount":
      return nfsNeeds(host, resource.source);
    case "file":
    case "block":
    case "setting":
    case "table":
    case "thresholds":
      return [{ kind: "file", path: resource.path }];
    default:
      return [];
  }
}

/** On the NIC that carries the VIP, else on the one whose network it lies in; a VIP that is routed here is on no wire. */
function vipNeeds(host: Host, cidr: string, device: string): Need[] {
  const address = parseAddress(cidr.slice(0, cidr.lastIndexOf("/")));
  if (address === null) return [];
  const near = nearest(host, address);
  const wire = device === "lo" || tunnelModule(device) !== null ? near : device;
  return wire === null ? [] : [{ kind: "vip", address: address.text, device: wire }];
}

function nearest(host: Host, address: Address): string | null {
  const near = host.interfaces.find(({ addresses }) => addresses.some((own) => contains(own, address)));
  return near?.name ?? null;
}

/** `192.168.80.13:/opt/kgc`, `[fd00::13]:/opt`: the server, unless it is the host itself. */
function nfsNeeds(host: Host, source: string): Need[] {
  const server = source.slice(0, source.indexOf(":/")).replace(/^\[(.*)\]$/, "$1");
  const address = parseAddress(server);
  const own = host.interfaces.some(({ addresses }) =>
    addresses.some((cidr) => address !== null && sameAddress(cidr.address, address)),
  );
  return server === "" || own ? [] : [{ kind: "nfs", server }];
}
