import type { Address, Cluster, Host, Service } from "../model.ts";
import { sameAddress } from "../net.ts";
import { platformOf } from "../platform/index.ts";
import { carriesContent, contentPackages, contentSections } from "./content.ts";
import { type Setting, interfaceKey, kernelSettings } from "./kernel.ts";
import { persistAddresses } from "./network/index.ts";
import { protectionSections } from "./protection.ts";
import type { Resource, Section } from "./resource.ts";
import { hostCidr, labelled } from "./vip.ts";

const role = "realserver";

/** A real server: silence about the VIP first, then the VIP, then what serves it (script contract, "In order"). */
export function realServerSections(cluster: Cluster, host: Host): Section[] {
  const platform = platformOf(host.platform);
  const served = servedBy(cluster, host);
  const vips = quietVips(cluster, host, served);
  const carries = carriesContent(host, role);
  const mounting = host.mounts.length > 0;
  const packages = mounting ? platform.packages.nfsClient.map((name): Resource => ({ kind: "package", name })) : [];
  return [
    { title: "Packages", resources: uniquePackages([...packages, ...(carries ? contentPackages(host) : [])]) },
    {
      title: "Kernel settings: silent about the virtual addresses, before they are there",
      resources: kernelSettings(cluster.name, role, settings(host, vips)),
    },
    ...protectionSections(host, platform, {
      ports: served.flatMap(({ service, ports }) => ports.map((port) => `${port}/${protocolOf(service)}`)),
      booleans: mounting ? platform.nfsBooleans : [],
    }),
    { title: "Virtual addresses, for packets that the director hands over", resources: vipResources(cluster, host, vips) },
    {
      title: "What NFS clients need",
      resources: mounting ? platform.units.nfsClient.map((name): Resource => ({ kind: "unit", name, enabled: true, active: true })) : [],
    },
    ...(carries ? contentSections(cluster.name, role, host) : []),
    { title: "What verify proves besides", resources: expectations(cluster, host, served) },
  ].filter(({ resources }) => resources.length > 0);
}

interface Served {
  readonly service: Service;
  readonly ports: readonly number[];
}

function servedBy(cluster: Cluster, host: Host): Served[] {
  return cluster.services.flatMap((service) => {
    const ports = new Set(service.realServers.flatMap((server) => (server.host === host ? [server.port] : [])));
    return ports.size > 0 ? [{ service, ports: [...ports] }] : [];
  });
}

/** The VIPs that this host carries without answering for them: of services in DR, unless it is their director too. */
function quietVips(cluster: Cluster, host: Host, served: readonly Served[]): Address[] {
  if (cluster.directors.includes(host)) return [];
  const vips: Address[] = [];
  for (const { service } of served) {
    if (!service.realServers.some((server) => server.host === host && server.mode === "dr")) continue;
    for (const vip of service.vips) {
      if (!vips.some((other) => sameAddress(other, vip))) vips.push(vip);
    }
  }
  return vips;
}

/** Kernel document ip-sysctl.rst: for arp_ignore and arp_announce the larger of `all` and the interface holds. */
function settings(host: Host, vips: readonly Address[]): Setting[] {
  if (!vips.some(({ family }) => family === 4)) return [];
  const ignore = "Answer ARP only for addresses of the interface that was asked: not for a VIP on lo.";
  const announce = "Ask by ARP with an address of the interface itself, never with the VIP as the sender.";
  const loose = "A client's packet comes from the director's side: accept it wherever its reply would leave (RFC 3704, loose).";
  return [
    ...["all", "lo"].map((device) => ({ key: interfaceKey("ipv4", device, "arp_ignore"), value: "1", why: ignore })),
    ...["all", "lo"].map((device) => ({ key: interfaceKey("ipv4", device, "arp_announce"), value: "2", why: announce })),
    ...host.interfaces.map(({ name }) => ({ key: interfaceKey("ipv4", name, "rp_filter"), value: "2", why: loose })),
  ];
}

function vipResources(cluster: Cluster, host: Host, vips: readonly Address[]): Resource[] {
  const placements = labelled(vips.map((vip) => ({ vip, device: "lo" })));
  return [
    ...persistAddresses({ cluster: cluster.name, role, host, placements, routes: true }),
    ...placements.map(({ vip, device, label }): Resource => ({ kind: "address", cidr: hostCidr(vip), device, label })),
    ...placements.flatMap(({ vip, device }): Resource[] =>
      vip.family === 4 ? [{ kind: "route", destination: hostCidr(vip), words: ["dev", device, "scope", "link"] }] : [],
    ),
  ];
}

/** The services' ports are listened on, and replies do not go back through the director (pitfall 12). */
function expectations(cluster: Cluster, host: Host, served: readonly Served[]): Resource[] {
  const listeners = served.flatMap(({ service, ports }) => {
    const protocol = protocolOf(service);
    return protocol === "sctp" ? [] : ports.filter((port) => port !== 0).map((port): Resource => ({ kind: "listener", protocol, port }));
  });
  const gateway = host.gateway ? [{ kind: "gateway", address: host.gateway.text, not: false } as const] : [];
  const forbidden = host.gateway
    ? []
    : cluster.directors.flatMap((director): Resource[] =>
        director === host || director.address === null ? [] : [{ kind: "gateway", address: director.address.address.text, not: true }],
      );
  return [...listeners, ...gateway, ...forbidden];
}

function protocolOf(service: Service): "tcp" | "udp" | "sctp" {
  return service.frontend.kind === "address" ? service.frontend.protocol : (service.frontend.matches[0]?.protocol ?? "tcp");
}

function uniquePackages(resources: readonly Resource[]): Resource[] {
  const seen = new Set<string>();
  return resources.filter((resource) => {
    if (resource.kind !== "package" || seen.has(resource.name)) return false;
    seen.add(resource.name);
    return true;
  });
}
