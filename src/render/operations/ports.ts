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
  const surveys = new Surveys();
  return unique([
    ...services.flatMap((service) => serviceFlows(service, cluster, surveys)),
    ...(left > 0 ? [{ from: "…", to: "…", what: "…", why: `${left} more services, likewise` }] : []),
    ...services.flatMap((service) => checkFlows(service, cluster, surveys)),
    ...failoverFlows(cluster),
    ...sourceNatFlows(cluster),
    ...shareFlows(cluster),
  ]);
}

/** The director forwards what these networks begin, whatever it is; beyond it, it comes from the director. */
function sourceNatFlows({ sourceNat, directors }: Cluster): readonly Flow[] {
  return sourceNat.map(({ network }) => ({
    from: `${network.address.text}/${network.prefix}, from the director on as ${named(directors)}`,
    to: "wherever they connect to",
    what: "all",
    why: "source NAT: what their machines begin themselves",
  }));
}

function named(hosts: readonly Host[]): string {
  return names(hosts.map((host) => `${host.name} (${mainAddress(host)})`));
}

/** Some real servers: how many, the first of them, and the ports that they are reached by. */
class Machines {
  count = 0;
  /** Null: that of the service. */
  readonly ports = new Set<number | null>();
  readonly #first: string[] = [];

  #spare: string | null = null;

  add({ host, address, port }: RealServer, isSpare: boolean): void {
    const name = host === null ? address.text : `${host.name} (${address.text})`;
    this.count++;
    this.ports.add(port);
    if (this.#first.length < 9) this.#first.push(name);
    if (isSpare) this.#spare = name;
  }

  /** Those of the service; all of its pool by the name of that. */
  of({ pool, realServers }: Service): string {
    const spare = this.#spare === null ? [] : [this.#spare];
    if (pool !== null && this.count - spare.length === realServers.length) return [`pool ${pool}`, ...spare].join(", ");
    const more = this.count - 8;
    return more > 1 ? `${this.#first.slice(0, 8).join(", ")} and ${more} more` : this.#first.join(", ");
  }
}

type Survey = Readonly<Record<RealServer["mode"] | "all" | "direct", Machines>>;

/** Services may share one list of a million entries: it is read once. */
class Surveys {
  readonly #byList = new Map<readonly RealServer[], Map<RealServer | null, Survey>>();

  of({ realServers, sorryServer }: Service): Survey {
    const known = this.#byList.get(realServers) ?? new Map<RealServer | null, Survey>();
    this.#byList.set(realServers, known);
    const survey = known.get(sorryServer) ?? surveyed(realServers, sorryServer);
    known.set(sorryServer, survey);
    return survey;
  }
}

function surveyed(servers: readonly RealServer[], sorryServer: RealServer | null): Survey {
  const survey: Survey = {
    dr: new Machines(),
    tun: new Machines(),
    nat: new Machines(),
    all: new Machines(),
    direct: new Machines(),
  };
  const add = (server: RealServer, isSpare: boolean): void => {
    survey[server.mode].add(server, isSpare);
    survey.all.add(server, isSpare);
    if (server.mode !== "nat") survey.direct.add(server, isSpare);
  };
  for (const server of servers) add(server, false);
  if (sorryServer !== null) add(sorryServer, true);
  return survey;
}

function serviceFlows(service: Service, { directors }: Cluster, surveys: Surveys): readonly Flow[] {
  const { name, vips } = service;
  const vip = vips.map(({ text }) => text).join(", ");
  const what = trafficOf(service);
  const { dr, tun, nat, direct } = surveys.of(service);
  const flows: Flow[] = [{ from: "clients", to: `VIP ${vip}`, what, why: `requests of ${name}` }];
  if (dr.count > 0) {
    const why = `${name}: the same packets for the VIP, to the real server's hardware address, in one segment with the director`;
    flows.push({ from: named(directors), to: dr.of(service), what, why });
  }
  if (tun.count > 0)
    flows.push({
      from: named(directors),
      to: tun.of(service),
      what: wrapping(service),
      why: `${name}: requests in a tunnel`,
    });
  if (nat.count > 0)
    flows.push({
      from: "clients, by way of the director",
      to: nat.of(service),
      what: natTraffic(service, nat),
      why: `${name}: requests that the director has rewritten, with the clients' own addresses`,
    });
  if (direct.count > 0) {
    const why = `${name}: replies, which do not pass the director: what is in between sees one direction alone, and must not drop it for that (state, reverse path)`;
    flows.push({ from: `${direct.of(service)}, as VIP ${vip}`, to: "clients", what: `from ${what}`, why });
  }
  if (nat.count > 0)
    flows.push({
      from: nat.of(service),
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

function natTraffic(service: Service, machines: Machines): string {
  const { frontend } = service;
  const ports = portsOf(service, machines);
  if (frontend.kind === "fwmark" || ports.includes(0)) return trafficOf(service);
  return `${frontend.protocol} ${someOf(ports)}`;
}

/** 0: every port of the service. */
function portsOf({ frontend }: Service, { ports }: Machines): readonly number[] {
  const own = frontend.kind === "address" ? frontend.port : 0;
  return [...new Set([...ports].map((port) => port ?? own))];
}

function someOf(ports: readonly number[]): string {
  return ports.length > 9 ? `${ports.slice(0, 8).join(", ")} and ${ports.length - 8} more ports` : ports.join(", ");
}

function wrapping({ tunnel, vips }: Service): string {
  if (tunnel.type === "gue") return `udp ${tunnel.port ?? ""} (GUE)`;
  if (tunnel.type === "gre") return "IP protocol 47 (GRE)";
  const numbers = [...new Set(vips.map(({ family }) => (family === 4 ? "4 (IPIP)" : "41 (6in4)")))];
  return `IP protocol ${numbers.join(", ")}`;
}

function checkFlows(service: Service, { failover, directors }: Cluster, surveys: Surveys): readonly Flow[] {
  const { name, check, frontend } = service;
  if (failover === null || check.type === "none") return [];
  const { all } = surveys.of(service);
  const protocol = check.type === "udp" ? "udp" : "tcp";
  const ports = check.port === null ? portsOf(service, all) : [check.port];
  const what =
    frontend.kind === "fwmark" && check.port === null ? `${protocol}, its ports` : `${protocol} ${someOf(ports)}`;
  return [{ from: named(directors), to: all.of(service), what, why: `${name}: health checks (${check.type})` }];
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
