import { portOf } from "../lvs/port.ts";
import { type Host, type RealServer, realServerPointer, type Service, vipPointer } from "../model.ts";
import { reservedIn, specialRange, withArticle } from "../net.ts";
import { distinctEntries, surveyOf } from "./entries.ts";
import { addressesOf, machineName, machinePointer, networksOf } from "./places.ts";
import type { Report, Rule } from "./rule.ts";

/** DR and TUN leave the port as it is, and NAT where the table does not know which one that is. */
export const differentPorts: Rule = (cluster, report) => {
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    const { frontend, pointer } = service;
    if (realServer.mode === "nat") {
      keptInNat(realServer, service, index, report);
      continue;
    }
    const mode = realServer.mode.toUpperCase();
    const place = `${realServerPointer(service, index)}/port`;
    if (frontend.kind === "address" && realServer.port !== null) {
      report("REAL_SERVER_PORT_DIFFERS", {
        pointer: place,
        message: `port ${realServer.port} of ${machineName(realServer)} differs from port ${frontend.port} of the service, which ${mode} cannot change`,
        hint: `let it listen on ${frontend.port} and take "port" out, or use "mode": "nat"`,
        related: [{ pointer: `${pointer}/port`, message: "the port of the service" }],
      });
    }
    if (frontend.kind === "fwmark" && realServer.port !== null) {
      report("PORT_WITHOUT_EFFECT", {
        pointer: place,
        part: "key",
        message: `in ${mode} the packet keeps its port, so that port ${realServer.port} has no effect`,
        hint: 'take "port" out, or use "mode": "nat"',
        related: [{ pointer: `${pointer}/fwmark`, part: "key", message: "behind this mark" }],
      });
    }
  }
};

/** With persistence, which port 0 needs, a real server's port counts for the port of the service alone (`ip_vs_sched_persist`). */
function keptInNat(realServer: RealServer, service: Service, index: number | null, report: Report): void {
  const { frontend, persistence, pointer } = service;
  const isOfPort = frontend.kind === "address" && frontend.port !== 0;
  if (persistence === null || isOfPort || realServer.port === null || realServer.port === 0) return;
  const where = frontend.kind === "address" ? "in a service of every port" : "with persistence behind a mark";
  report("PORT_WITHOUT_EFFECT", {
    pointer: `${realServerPointer(service, index)}/port`,
    part: "key",
    message: `${where} a packet keeps its port, so that port ${realServer.port} has no effect`,
    hint: 'take "port" out, or describe a service for each port of the VIP',
    related: [{ pointer: `${pointer}/persistence`, part: "key", message: "this persistence" }],
  });
}

/** The table has one entry for an address and port of a service. */
export const duplicateRealServers: Rule = (cluster, report) => {
  const places = new Map<Service["realServers"], ReadonlyMap<string, number>>();
  for (const { realServer, service, index } of surveyOf(cluster).repeated) {
    const { realServers } = service;
    const known = places.get(realServers) ?? firstPlaces(service);
    places.set(realServers, known);
    const first = known.get(placeKey(realServer));
    if (first === undefined || first === index) continue;
    report("DUPLICATE_REAL_SERVER", {
      pointer: machinePointer(service, index),
      message: `${machineName(realServer)} port ${portOf(service, realServer)} stands in this service already`,
      hint: 'take it out; a larger share is a larger "weight"',
      related: [{ pointer: machinePointer(service, first), message: "the first one" }],
    });
  }
};

/** Where each address and port of a list stands first. */
function firstPlaces({ realServers }: Service): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  realServers.forEach((realServer, index) => {
    const key = placeKey(realServer);
    if (!first.has(key)) first.set(key, index);
  });
  return first;
}

/** Services with one list have the same port where an entry of it has one of its own. */
function placeKey({ address, port }: RealServer): string {
  return `${address.text} ${port}`;
}

/** What is forwarded to the VIP comes back to the director. */
export const realServersOfVips: Rule = (cluster, report) => {
  const vips = new Map(cluster.services.flatMap((service) => service.vips.map((vip) => [vip.text, { service, vip }])));
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    const other = realServer.host === null ? vips.get(realServer.address.text) : undefined;
    if (other === undefined) continue;
    report("REAL_SERVER_IS_VIP", {
      pointer: machinePointer(service, index),
      message: `${realServer.address.text} is a VIP`,
      hint: "write the address of the real server itself",
      related: [{ pointer: vipPointer(other.service, other.vip), message: "the VIP" }],
    });
  }
};

/** A host by its address alone would get no script. */
export const hostsByAddress: Rule = (cluster, report) => {
  const owners = new Map(cluster.hosts.flatMap(addressesOf).map((one) => [one.cidr.address.text, one]));
  const named = new Map<Service["realServers"], ReadonlySet<Host | null>>();
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    const owner = realServer.host === null ? owners.get(realServer.address.text) : undefined;
    if (owner === undefined) continue;
    const { realServers } = service;
    const hosts = named.get(realServers) ?? new Set(realServers.map(({ host }) => host));
    named.set(realServers, hosts);
    // By its name it stands there too: that it is there twice is another finding.
    if (hosts.has(owner.host)) continue;
    report("HOST_BY_ADDRESS", {
      pointer: machinePointer(service, index),
      message: `${realServer.address.text} is the host ${owner.host.name}, which gets no script for this service`,
      hint: `write "host": ${JSON.stringify(owner.host.name)}`,
      related: [{ pointer: owner.pointer, message: `the address of ${owner.host.name}` }],
    });
  }
};

/** The address of a machine that someone else manages is the address of a machine. */
export const unusableRealServers: Rule = (cluster, report) => {
  const networks = networksOf(cluster.directors);
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    const { host, address } = realServer;
    if (host !== null) continue;
    const pointer = machinePointer(service, index);
    const kind = specialRange(address);
    const network = networks.find(({ cidr }) => reservedIn(cidr, address) !== null);
    if (kind !== null) {
      report("UNUSABLE_ADDRESS", {
        pointer,
        message: `the real server ${address.text} is ${withArticle(kind)} address`,
        hint:
          kind === "loopback"
            ? `a director among its own real servers is written as ${cluster.directors.map(({ name }) => `{ "host": ${JSON.stringify(name)} }`).join(" or ")}`
            : "write the address under which the director reaches it",
      });
    } else if (network !== undefined) {
      report("NETWORK_OR_BROADCAST_ADDRESS", {
        pointer,
        message: `the real server ${address.text} is the ${reservedIn(network.cidr, address)} address of a network of ${network.host.name}`,
        hint: "write the address of the real server itself",
        related: [{ pointer: network.pointer, message: "this network" }],
      });
    }
  }
};

/** The kernel refuses a real server that would be full before it is empty. */
export const crossedThresholds: Rule = (cluster, report) => {
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    const { lowerThreshold, upperThreshold } = realServer;
    if (lowerThreshold <= upperThreshold) continue;
    const pointer = realServerPointer(service, index);
    report("THRESHOLDS_CROSSED", {
      pointer: `${pointer}/lowerThreshold`,
      message: `the lower threshold ${lowerThreshold} is above the upper one, ${upperThreshold === 0 ? "which is not set" : upperThreshold}`,
      hint: 'let "lowerThreshold" be at most "upperThreshold"',
      related: [{ pointer: `${pointer}/upperThreshold`, message: "the upper one" }],
    });
  }
};
