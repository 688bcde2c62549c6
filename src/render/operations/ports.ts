/** What networks between the hosts have to let through: for those who have firewalls and access lists of their own there. */
import type { Cluster, Host, RealServer, Service } from "../../model.ts";
import { mainAddress, names } from "../runbook/hosts.ts";

export interface Flow {
  readonly from: string;
  readonly to: string;
  /** `tcp 80`, `IP protocol 112` */
  readonly what: string;
  readonly why: string;
}

/** So many services have rows of their own. */
const mostServices = 40;

export function flowsOf(cluster: Cluster): readonly Flow[] {
  const services = cluster.services.slice(0, mostServices);
  const left = cluster.services.length - services.length;
  return unique([
    ...services.flatMap((service) => serviceFlows(service, cluster)),
    ...(left > 0 ? [{ from: "…", to: "…", what: "…", why: `${left} more services, likewise` }] : []),
    ...services.flatMap((service) => checkFlows(service, cluster)),
    ...failoverFlows(cluster),
    ...shareFlows(cluster),
  ]);
}

function named(hosts: readonly Host[]): string {
  return names(hosts.map((host) => `${host.name} (${mainAddress(host)})`));
}

function machines(servers: readonly RealServer[]): string {
  return names(servers.map(({ host, address }) => (host === null ? address.text : `${host.name} (${address.text})`)));
}

function serviceFlows(service: Service, { directors }: Cluster): readonly Flow[] {
  const { name, realServers, sorryServer, vips } = service;
  const vip = vips.map(({ text }) => text).join(", ");
  const what = trafficOf(service);
  const all = sorryServer === null ? realServers : [...realServers, sorryServer];
  const by = (mode: RealServer["mode"]): readonly RealServer[] => all.filter((one) => one.mode === mode);
  const [dr, tun, nat] = [by("dr"), by("tun"), by("nat")];
  const flows: Flow[] = [{ from: "clients", to: `VIP ${vip}`, what, why: `requests of ${name}` }];
  if (dr.length > 0) {
    const why = `${name}: the same packets for the VIP, to the real server's hardware address, in one segment with the director`;
    flows.push({ from: named(directors), to: machines(dr), what, why });
  }
  if (tun.length > 0)
    flows.push({
      from: named(directors),
      to: machines(tun),
      what: wrapping(service),
      why: `${name}: requests in a tunnel`,
    });
  if (nat.length > 0)
    flows.push({
      from: "clients",
      to: machines(nat),
      what: natTraffic(service, nat),
      why: `${name}: requests that the director has rewritten, with the clients' own addresses`,
    });
  if (dr.length + tun.length > 0) {
    const why = `${name}: replies, which do not pass the director: what is in between sees one direction alone, and must not drop it for that (state, reverse path)`;
    flows.push({ from: `${machines([...dr, ...tun])}, as VIP ${vip}`, to: "clients", what: `from ${what}`, why });
  }
  if (nat.length > 0)
    flows.push({
      from: machines(nat),
      to: "clients, by way of the director",
      what: `from ${natTraffic(service, nat)}`,
      why: `${name}: replies`,
    });
  return flows;
}

function trafficOf({ frontend }: Service): string {
  if (frontend.kind === "address")
    return frontend.port === 0 ? `${frontend.protocol}, every port` : `${frontend.protocol} ${frontend.port}`;
  const matches = frontend.matches.map(({ protocol, ports }) => {
    const range = ports === null ? "every port" : ports[0] === ports[1] ? `${ports[0]}` : `${ports[0]}-${ports[1]}`;
    return protocol === null ? range : `${protocol} ${range}`;
  });
  return [...new Set(matches)].join(", ");
}

function natTraffic(service: Service, servers: readonly RealServer[]): string {
  const { frontend } = service;
  const ports = [...new Set(servers.map(({ port }) => port))];
  return frontend.kind === "fwmark" || ports.includes(0)
    ? trafficOf(service)
    : `${frontend.protocol} ${ports.join(", ")}`;
}

function wrapping({ tunnel, vips }: Service): string {
  if (tunnel.type === "gue") return `udp ${tunnel.port ?? ""} (GUE)`;
  if (tunnel.type === "gre") return "IP protocol 47 (GRE)";
  const numbers = [...new Set(vips.map(({ family }) => (family === 4 ? "4 (IPIP)" : "41 (6in4)")))];
  return `IP protocol ${numbers.join(", ")}`;
}

function checkFlows({ name, check, realServers, frontend, sorryServer }: Service, cluster: Cluster): readonly Flow[] {
  if (cluster.failover === null || check.type === "none") return [];
  const asked = sorryServer === null ? realServers : [...realServers, sorryServer];
  const ports = [...new Set(asked.map(({ port }) => check.port ?? port))];
  const protocol = check.type === "udp" ? "udp" : "tcp";
  const what =
    frontend.kind === "fwmark" && check.port === null ? `${protocol}, its ports` : `${protocol} ${ports.join(", ")}`;
  return [
    { from: named(cluster.directors), to: machines(realServers), what, why: `${name}: health checks (${check.type})` },
  ];
}

function failoverFlows({ directors, failover }: Cluster): readonly Flow[] {
  const vrrp = failover?.vrrp;
  if (!vrrp) return [];
  const flows: Flow[] = vrrp.instances.map(({ family, routerId }) => ({
    from: named(directors),
    to: vrrp.unicast ? "each other" : family === 4 ? "224.0.0.18" : "ff02::12",
    what: "IP protocol 112 (VRRP)",
    why: `who has the virtual addresses of IPv${family}; router id ${routerId}, which nobody else on the segment may have`,
  }));
  if (vrrp.sync !== null)
    flows.push({
      from: named(directors),
      to: vrrp.sync.family === 4 ? "224.0.0.81" : "a group of their link",
      what: "udp 8848",
      why: `what connections there are, by multicast in one segment (sync id ${vrrp.sync.id})`,
    });
  return flows;
}

function shareFlows({ nfs, realServers, hosts }: Cluster): readonly Flow[] {
  if (nfs === null) return [];
  const mounting = hosts.filter((host) => host !== nfs.server && host.mounts.some((mount) => mount.export !== null));
  if (mounting.length === 0 && realServers.length === 0) return [];
  const others = nfs.server.platform.nfsPorts.map((port) => port.split("/").reverse().join(" ")).join(", ");
  const why = `shares; NFS 3 also needs ${others}`;
  return mounting.length === 0 ? [] : [{ from: named(mounting), to: named([nfs.server]), what: "tcp 2049", why }];
}

function unique(flows: readonly Flow[]): readonly Flow[] {
  return [...new Map(flows.map((flow) => [JSON.stringify(flow), flow])).values()];
}
