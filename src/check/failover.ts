import type { Address, Cluster, Family, Vrrp } from "../model.ts";
import { contains, sameAddress, specialRange, withArticle } from "../net.ts";
import { distinctEntries } from "./entries.ts";
import { namesOf } from "./names.ts";
import { addressesOf, machinePointer, networksOf } from "./places.ts";
import type { Report, Rule } from "./rule.ts";

/** A rule about directors that take over from each other. */
function betweenDirectors(look: (vrrp: Vrrp, cluster: Cluster, report: Report) => void): Rule {
  return (cluster, report) => {
    const vrrp = cluster.failover?.vrrp;
    if (vrrp) look(vrrp, cluster, report);
  };
}

/** Who does not hear the master takes it for dead. */
export const directorsOffSegment = betweenDirectors(({ instances, sync }, cluster, report) => {
  const heard = instances.map(({ family, members }) => ({ what: `IPv${family}`, members }));
  const told =
    sync === null
      ? []
      : [{ what: `the sync of connections, which is told by IPv${sync.family}`, members: sync.interfaces }];
  for (const { what, members } of [...heard, ...told]) {
    const [first] = cluster.directors;
    const index = cluster.directors.findIndex((director) => !members.has(director));
    const lost = cluster.directors[index];
    // Each needs an address, which is a finding of its own where it has none at all.
    if (first === undefined || lost === undefined || addressesOf(lost).length === 0) continue;
    // Where the first one has none, it has none with any other.
    const other = lost === first ? cluster.directors[1] : first;
    const away = other === undefined ? "" : ` with ${other.name}`;
    report("DIRECTORS_OFF_SEGMENT", {
      pointer: `/directors/${index}`,
      message: `${lost.name} shares no segment${away} for ${what}`,
      hint: 'give the directors addresses in one network, and let "interface" of "ha" be the one that has them, or take it out',
      related: (other === undefined ? [lost] : [lost, other])
        .flatMap(addressesOf)
        .map((one) => ({ pointer: one.pointer, message: `of ${one.host.name}` })),
    });
  }
});

/** The gateway of real servers in NAT ends with the director that has it. */
export const fixedGateways = betweenDirectors(({ gateways }, cluster, report) => {
  const reported = new Set<Family>();
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    const { mode, host } = realServer;
    const { family } = service;
    if (mode !== "nat" || (host !== null && cluster.directors.includes(host)) || reported.has(family)) continue;
    if (gateways.some(({ address }) => address.family === family)) continue;
    reported.add(family);
    const key = family === 4 ? "gateway" : "gateway6";
    report("GATEWAY_DOES_NOT_MOVE", {
      pointer: "/ha",
      part: "key",
      message: `real servers in NAT lose their gateway with the director that has it: "ha" has no "${key}"`,
      hint: `add "${key}": a free address in the network of the real servers, which is their gateway and moves with the VIPs`,
      related: [{ pointer: machinePointer(service, index), message: "a real server in NAT" }],
    });
  }
});

/** It is asked for by ARP, and by nobody's other name. */
export const misplacedGateways = betweenDirectors(({ gateways }, cluster, report) => {
  const owners = cluster.hosts.flatMap(addressesOf);
  for (const { address, pointer } of gateways) {
    const kind = specialRange(address);
    const owner = owners.find(({ cidr }) => sameAddress(cidr.address, address));
    const away = cluster.directors.find((director) => !isNear(addressesOf(director), address));
    const found =
      kind !== null
        ? { message: `the moving gateway ${address.text} is ${withArticle(kind)} address`, related: [] }
        : owner !== undefined
          ? {
              message: `${address.text} is the address of ${owner.host.name}, with which it stays`,
              related: [{ pointer: owner.pointer, message: `the address of ${owner.host.name}` }],
            }
          : away !== undefined
            ? {
                message: `the moving gateway ${address.text} lies in no network of ${away.name}`,
                related: addressesOf(away).map((one) => ({ pointer: one.pointer, message: `of ${away.name}` })),
              }
            : null;
    if (found === null) continue;
    report("MOVING_GATEWAY_MISPLACED", {
      pointer,
      hint: "write a free address in a network that every director is in",
      ...found,
    });
  }
});

function isNear(own: ReturnType<typeof addressesOf>, address: Address): boolean {
  return own.some(({ cidr }) => contains(cidr, address));
}

/** Version 2 knows no IPv6: keepalived speaks version 3 there, with another interval. */
export const mixedVersions = betweenDirectors(({ version, instances }, _cluster, report) => {
  if (version === 3 || instances.every(({ family }) => family === 4)) return;
  report("MIXED_VRRP_VERSIONS", {
    pointer: "/ha/version",
    message: "version 2 of VRRP knows no IPv6, which some of the virtual addresses are",
    hint: 'take "version" out: version 3 carries both',
  });
});

/** What neither version can say is rounded, on each director as its release does. */
export const uncountedIntervals = betweenDirectors(({ version, advertInterval }, _cluster, report) => {
  const hundredths = Math.round(advertInterval * 100);
  const isCounted =
    version === 2
      ? Number.isInteger(advertInterval)
      : Math.abs(hundredths - advertInterval * 100) < 1e-6 && hundredths <= 4095;
  if (isCounted) return;
  report("BAD_ADVERT_INTERVAL", {
    pointer: "/ha/advertInterval",
    message:
      version === 2
        ? `version 2 of VRRP counts whole seconds, not ${advertInterval}`
        : `version 3 of VRRP counts hundredths of a second up to 40.95, not ${advertInterval}`,
    hint: version === 2 ? 'write whole seconds, or take "version" out' : "write at most two decimals, up to 40.95",
    related: version === 2 ? [{ pointer: "/ha/version", message: "version 2" }] : [],
  });
});

/** The number of the sample file that keepalived comes with. */
const sampleRouterId = 51;

/** Two clusters with one router id take each other for a peer. */
export const sampleRouterIds = betweenDirectors(({ instances }, _cluster, report) => {
  for (const pointer of new Set(
    instances.filter(({ routerId }) => routerId === sampleRouterId).map((one) => one.pointer),
  ))
    report("SAMPLE_ROUTER_ID", {
      pointer,
      message: `${sampleRouterId} is the router id of keepalived's sample file, and so of many a cluster`,
      hint: "write a number that nobody else on the segment has: tcpdump -ni INTERFACE 'ip proto 112' shows who is there",
    });
});

/** The backup would hand on what the master hands to it. */
export const localNodesWithoutSync = betweenDirectors(({ sync }, cluster, report) => {
  if (sync !== null) return;
  const entry = distinctEntries(cluster).find(({ realServer: { host } }) => host && cluster.directors.includes(host));
  if (entry === undefined) return;
  const { realServer, service, index } = entry;
  report("LOCAL_NODE_WITHOUT_SYNC", {
    pointer: machinePointer(service, index),
    message: `${realServer.host?.name} is a director and a real server: as the backup it has to leave the table alone, which the kernel does by the sync of connections`,
    hint: 'take "sync": false out of "ha" (and give the directors IPv4 addresses in one network), or keep directors and real servers apart',
    related: [{ pointer: "/ha", part: "key", message: "without sync" }],
  });
});

/** A router sends to one address: that has to move as well. */
export const unroutedVips = betweenDirectors(({ gateways }, cluster, report) => {
  const networks = networksOf(cluster.directors);
  const isOnWire = (address: Address): boolean => networks.some(({ cidr }) => contains(cidr, address));
  for (const family of [4, 6] as const) {
    const routed = cluster.services.find(({ vips }) => vips.some((vip) => vip.family === family && !isOnWire(vip)));
    const moving = [...cluster.services.flatMap(({ vips }) => vips), ...gateways.map(({ address }) => address)];
    if (routed === undefined || moving.some((address) => address.family === family && isOnWire(address))) continue;
    report("NOTHING_TO_ROUTE_TO", {
      pointer: routed.frontend.kind === "address" ? `${routed.pointer}/vip` : `${routed.pointer}/match`,
      message: `the VIPs of ${namesOf(cluster.directors)} are routed, and no address in a network of theirs moves that a router could send to`,
      hint: `add "${family === 4 ? "gateway" : "gateway6"}" to "ha": a free address of the segment, to which the router sends`,
    });
  }
});
