import { hostCidr } from "../lvs/placement.ts";
import { protocolOf } from "../lvs/served.ts";
import { tunnelModule } from "../lvs/tunnel.ts";
import type { Cluster, Host, Placement, Served } from "../model.ts";
import { bootUnit } from "./boot.ts";
import { carriesContent, contentPackages, contentSections } from "./content.ts";
import { interfaceKey, kernelModules, kernelSettings, type Setting } from "./kernel.ts";
import type { BootConfig } from "./network/boot-config.ts";
import { tunnelCommands } from "./network/command.ts";
import { bootConfig, requirementsTitle } from "./network/index.ts";
import { protectionSections } from "./protection.ts";
import type { Resource, Section } from "./resource.ts";
import { defaultRoutes, expectations, guePorts } from "./served.ts";

const role = "realserver";

/** A real server: silence about the VIP first, then the VIP, then what serves it (script contract, "In order"). */
export function realServerSections(cluster: Cluster, host: Host): Section[] {
  const platform = host.platform;
  const served = cluster.served.get(host) ?? [];
  const placements = cluster.directors.includes(host) ? [] : (cluster.placements.get(host) ?? []);
  const gue = guePorts(served);
  const tunnels = [
    ...new Set([...placements.flatMap(({ device }) => tunnelModule(device) ?? []), ...(gue.length > 0 ? ["fou"] : [])]),
  ];
  const carries = carriesContent(host, role);
  const mounting = host.mounts.length > 0;
  const packages = mounting ? platform.packages.nfsClient.map((name): Resource => ({ kind: "package", name })) : [];
  return [
    { title: requirementsTitle, resources: addressesAtBoot(cluster, host, placements).requirements },
    { title: "Packages", resources: uniquePackages([...packages, ...(carries ? contentPackages(host) : [])]) },
    {
      title: "Kernel modules: what unwraps the director's packets",
      resources: kernelModules(cluster.name, role, tunnels),
    },
    {
      title: "Kernel settings: silent about the virtual addresses, before they are there",
      resources: kernelSettings(cluster.name, role, settings(host, placements)),
    },
    ...protectionSections(host, platform, {
      ports: [
        ...gue.map((port) => `${port}/udp`),
        ...served.flatMap(({ service, ports }) =>
          ports.filter((port) => port !== 0).map((port) => `${port}/${protocolOf(service)}`),
        ),
      ],
      booleans: mounting ? platform.nfsBooleans : [],
    }),
    {
      title: "Virtual addresses, for packets that the director hands over",
      resources: vipResources(cluster, host, placements),
    },
    { title: "UDP ports that take GUE packets", resources: gue.map((port): Resource => ({ kind: "fou", port })) },
    { title: "Default route: replies go back through the director (NAT)", resources: routeResources(host, served) },
    {
      title: "What comes up at boot by a unit of its own",
      resources: bootResources(cluster, host, served, placements),
    },
    {
      title: "What NFS clients need",
      resources: mounting
        ? platform.units.nfsClient.map((name): Resource => ({ kind: "unit", name, enabled: true, active: true }))
        : [],
    },
    ...(carries ? contentSections(cluster.name, role, host) : []),
    { title: "What verify proves besides", resources: expectations(cluster, host, served) },
  ].filter(({ resources }) => resources.length > 0);
}

/** Kernel document ip-sysctl.rst: for arp_ignore, arp_announce and rp_filter the larger of `all` and the interface holds. */
function settings(host: Host, placements: readonly Placement[]): Setting[] {
  if (!placements.some(({ vip }) => vip.family === 4)) return [];
  const ignore = "Answer ARP only for addresses of the interface that was asked: not for a VIP on lo or a tunnel.";
  const announce = "Ask by ARP with an address of the interface itself, never with the VIP as the sender.";
  const loose =
    "A client's packet comes from the director's side: accept it wherever its reply would leave (RFC 3704, loose).";
  const tunnels = [
    ...new Set(placements.map(({ device }) => device).filter((device) => tunnelModule(device) !== null)),
  ];
  const direct = placements.some(({ device }) => device === "lo");
  return [
    ...["all", "lo"].map((device) => ({ key: interfaceKey("ipv4", device, "arp_ignore"), value: "1", why: ignore })),
    ...["all", "lo"].map((device) => ({
      key: interfaceKey("ipv4", device, "arp_announce"),
      value: "2",
      why: announce,
    })),
    ...[...(direct ? host.interfaces.map(({ name }) => name) : []), ...tunnels].map((device) => ({
      key: interfaceKey("ipv4", device, "rp_filter"),
      value: "2",
      why: loose,
    })),
  ];
}

function addressesAtBoot(cluster: Cluster, host: Host, placements: readonly Placement[]): BootConfig {
  const onLoopback = placements.filter(({ device }) => device === "lo");
  return bootConfig({ cluster: cluster.name, role, host, placements: onLoopback, routes: true });
}

function vipResources(cluster: Cluster, host: Host, placements: readonly Placement[]): Resource[] {
  const onLoopback = placements.filter(({ device }) => device === "lo");
  return [
    ...placements.map(({ vip, device, label }): Resource => ({ kind: "address", cidr: hostCidr(vip), device, label })),
    ...onLoopback.flatMap(({ vip, device }): Resource[] =>
      vip.family === 4 ? [{ kind: "route", destination: hostCidr(vip), words: ["dev", device, "scope", "link"] }] : [],
    ),
    ...addressesAtBoot(cluster, host, placements).resources,
  ];
}

function routeResources(host: Host, served: readonly Served[]): Resource[] {
  return defaultRoutes(host, served).map(
    ({ gateway, device }): Resource => ({
      kind: "route",
      destination: gateway.family === 4 ? "default" : "::/0",
      words: ["via", gateway.text, "dev", device],
    }),
  );
}

function bootResources(
  cluster: Cluster,
  host: Host,
  served: readonly Served[],
  placements: readonly Placement[],
): Resource[] {
  const tunnels = placements.filter(({ device }) => tunnelModule(device) !== null);
  const steps = [
    ...addressesAtBoot(cluster, host, placements).bootCommands,
    ...guePorts(served).map((port) => `/sbin/ip fou add port ${port} gue`),
    ...tunnels.flatMap(({ device, vip }) => tunnelCommands(device, hostCidr(vip))),
    ...defaultRoutes(host, served).map(
      ({ gateway, device }) =>
        `/sbin/ip ${gateway.family === 4 ? "-4" : "-6"} route replace default via ${gateway.text} dev ${device}`,
    ),
  ].map((command) => ({ command }));
  return bootUnit(
    cluster.name,
    role,
    host,
    `what the real server of ${cluster.name} needs beside its network files`,
    [],
    steps,
  );
}

function uniquePackages(resources: readonly Resource[]): Resource[] {
  const seen = new Set<string>();
  return resources.filter((resource) => {
    if (resource.kind !== "package" || seen.has(resource.name)) return false;
    seen.add(resource.name);
    return true;
  });
}
