import { hostCidr } from "../lvs/placement.ts";
import { ipvsRules, thresholdLines } from "../lvs/table.ts";
import { tunnelModule } from "../lvs/tunnel.ts";
import type { Cluster, Family, Host, Placement, Service } from "../model.ts";
import type { Platform } from "../platform/platform.ts";
import { bootUnit } from "./boot.ts";
import { interfaceKey, kernelModules, kernelSettings, type Setting } from "./kernel.ts";
import { marks } from "./marks.ts";
import { dropIn } from "./naming.ts";
import type { BootConfig } from "./network/boot-config.ts";
import { tunnelCommands } from "./network/command.ts";
import { bootConfig, requirementsTitle } from "./network/index.ts";
import { protectionSections } from "./protection.ts";
import { type Resource, rootOwned, type Section } from "./resource.ts";
import { sourceNat } from "./source-nat.ts";

const role = "director";

/** A director: the table first, the VIP last, so that a client's first packet finds a service. */
export function directorSections(cluster: Cluster, host: Host): Section[] {
  const platform = host.platform;
  const placements = cluster.placements.get(host) ?? [];
  return [
    { title: requirementsTitle, resources: addressesAtBoot(cluster, host, placements).requirements },
    { title: "Packages", resources: platform.packages.director.map((name): Resource => ({ kind: "package", name })) },
    {
      title: "Kernel modules: IPVS and the schedulers of the table",
      resources: kernelModules(cluster.name, role, modules(cluster.services, placements)),
    },
    {
      title: "Kernel settings: what the director forwards",
      resources: kernelSettings(cluster.name, role, settings(cluster, host, placements)),
    },
    ...protectionSections(host, platform, { ports: servicePorts(cluster.services), booleans: [] }),
    { title: "Firewall marks of the services", resources: [...marks(cluster).resources] },
    { title: "Source NAT: what machines behind it begin themselves", resources: [...sourceNat(cluster).resources] },
    { title: "IPVS table, live and at boot", resources: tableResources(cluster, platform) },
    {
      title: "What comes up at boot by a unit of its own",
      resources: bootResources(cluster, host, platform, placements),
    },
    { title: "Virtual addresses", resources: vipResources(cluster, host, placements) },
  ];
}

function modules(services: readonly Service[], placements: readonly Placement[]): string[] {
  const schedulers = services.map(({ scheduler }) => `ip_vs_${scheduler}`);
  const engines = services.flatMap(({ persistenceEngine }) =>
    persistenceEngine ? [`ip_vs_pe_${persistenceEngine}`] : [],
  );
  const tunnels = placements.flatMap(({ device }) => tunnelModule(device) ?? []);
  return [...new Set(["ip_vs", ...schedulers, ...engines, ...tunnels])];
}

function settings(cluster: Cluster, host: Host, placements: readonly Placement[]): Setting[] {
  const lists = new Set(cluster.services.map(({ realServers }) => realServers));
  const families = new Set([...lists].map((list) => list.find(({ mode }) => mode === "nat")?.address.family));
  const devices = [...new Set([...host.interfaces.map(({ name }) => name), ...placements.map(({ device }) => device)])];
  const forwarding = (family: Family): string | null => {
    if (families.has(family)) return "NAT: the real servers' replies are forwarded to the clients.";
    const isInner = cluster.sourceNat.some(({ network }) => network.address.family === family);
    return isInner ? "Source NAT: what machines behind the director begin is forwarded." : null;
  };
  const [forwards, forwards6] = [forwarding(4), forwarding(6)];
  const noRedirects = "No ICMP redirects: a client that learns a real server's address by one goes past the director.";
  return [
    forwards !== null
      ? { key: "net.ipv4.ip_forward", value: "1", why: forwards }
      : {
          key: "net.ipv4.ip_forward",
          value: "0",
          why: "DR and TUN: replies go from the real servers straight to the clients, so this is no router.",
        },
    ...(forwards6 === null ? [] : [{ key: "net.ipv6.conf.all.forwarding", value: "1", why: forwards6 }]),
    // The effective value is all OR the interface's: both have to be 0 (ip-sysctl.rst).
    ...["all", "default", ...devices.filter((name) => name !== "lo")].map((device) => ({
      key: interfaceKey("ipv4", device, "send_redirects"),
      value: "0",
      why: noRedirects,
    })),
    {
      key: "net.ipv4.vs.expire_nodest_conn",
      value: "1",
      why: "Connections of a removed real server end at once instead of hanging. Host-wide (ipvs-sysctl.rst).",
    },
  ];
}

/** `80/tcp` for every VIP's port; a service on every port opens nothing by itself. */
function servicePorts(services: readonly Service[]): string[] {
  return services.flatMap(({ frontend }) => {
    if (frontend.kind === "address") return frontend.port === 0 ? [] : [`${frontend.port}/${frontend.protocol}`];
    return frontend.matches.map(
      ({ ports: [first, last], protocol }) => `${first === last ? first : `${first}-${last}`}/${protocol}`,
    );
  });
}

function thresholdsFile(cluster: string): string {
  return `/etc/lvsgen/${cluster}/thresholds.rules`;
}

function tableResources(cluster: Cluster, platform: Platform): Resource[] {
  const { printsTunnelType } = platform.limits;
  const lines = thresholdLines(cluster.services, printsTunnelType);
  const { timeouts } = cluster;
  return [
    // Stopping the unit would save the live table over the rules file and clear it (pitfall 13).
    {
      kind: "file",
      path: dropIn(platform.units.ipvsadm, cluster.name, role),
      content: { template: "files/ipvsadm-unit", view: { rules: platform.paths.ipvsRules } },
      ...rootOwned,
    },
    ...(lines === "" ? [] : [{ kind: "thresholds", path: thresholdsFile(cluster.name), lines } as const]),
    { kind: "table", path: platform.paths.ipvsRules, rules: ipvsRules(cluster.services, printsTunnelType) },
    ...(timeouts === null
      ? []
      : [{ kind: "timeouts", seconds: [timeouts.tcp, timeouts.tcpfin, timeouts.udp] } as const]),
    ...platform.ipvsSettings.map((setting): Resource => ({ kind: "setting", ...setting })),
    { kind: "unit", name: platform.units.ipvsadm, enabled: true, active: null },
  ];
}

function bootResources(cluster: Cluster, host: Host, platform: Platform, placements: readonly Placement[]): Resource[] {
  const { timeouts } = cluster;
  const commands = [
    ...addressesAtBoot(cluster, host, placements).bootCommands,
    ...placements
      .filter(({ device }) => tunnelModule(device) !== null)
      .flatMap(({ device, vip }) => tunnelCommands(device, hostCidr(vip))),
    ...marks(cluster).bootCommands,
    ...sourceNat(cluster).bootCommands,
    ...(thresholdLines(cluster.services, platform.limits.printsTunnelType) === ""
      ? []
      : [`/bin/sh -c "exec /sbin/ipvsadm -R <${thresholdsFile(cluster.name)}"`]),
    ...(timeouts === null ? [] : [`/sbin/ipvsadm --set ${timeouts.tcp} ${timeouts.tcpfin} ${timeouts.udp}`]),
  ];
  const what = `what the director of ${cluster.name} needs beside rules and network files`;
  return bootUnit(
    cluster.name,
    role,
    host,
    what,
    [platform.units.ipvsadm],
    commands.map((command) => ({ command })),
  );
}

function addressesAtBoot(cluster: Cluster, host: Host, placements: readonly Placement[]): BootConfig {
  const ordinary = placements.filter(({ device }) => tunnelModule(device) === null);
  return bootConfig({ cluster: cluster.name, role, host, placements: ordinary, routes: false });
}

function vipResources(cluster: Cluster, host: Host, placements: readonly Placement[]): Resource[] {
  return [
    ...placements.map(
      ({ vip, device, label }): Resource => ({
        kind: "address",
        cidr: hostCidr(vip),
        device,
        label,
      }),
    ),
    ...addressesAtBoot(cluster, host, placements).resources,
  ];
}
