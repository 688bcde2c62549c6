import type { Ha } from "../generated/config.ts";
import { directorPlacements, interfaceNear } from "../lvs/placement.ts";
import type {
  Address,
  Carried,
  ConnectionSync,
  Failover,
  Family,
  Host,
  Service,
  Vrrp,
  VrrpInstance,
  VrrpMember,
} from "../model.ts";
import { contains, shareSegment } from "../net.ts";
import { child } from "../pointer.ts";
import type { Context } from "./context.ts";
import { defaults } from "./defaults.ts";

/** What `ha` asks for: who hears whom by which interface, which addresses move, and in which order directors take over. */
export function resolveFailover(
  context: Context,
  directors: readonly Host[],
  services: readonly Service[],
): Failover | null {
  const { ha } = context.config;
  if (ha === undefined) return null;
  // An unknown director has been reported: how many there were to be counts.
  if (context.config.directors.length === 1) {
    for (const key of Object.keys(ha)) needsDirectors(context, key);
    return { pointer, vrrp: null };
  }
  return { pointer, vrrp: resolveVrrp(context, ha, directors, services) };
}

const pointer = "/ha";

function needsDirectors(context: Context, key: string): void {
  context.report("CONTRADICTING_KEYS", {
    pointer: child(pointer, key),
    part: "key",
    message: `"${key}" has no meaning with one director, which has nobody to agree with`,
    hint: `take "${key}" out, or name a second director`,
    related: [{ pointer: "/directors", part: "key", message: "one director" }],
  });
}

function resolveVrrp(context: Context, ha: Ha, directors: readonly Host[], services: readonly Service[]): Vrrp {
  const gateways = (["gateway", "gateway6"] as const).flatMap((key) => {
    const text = ha[key];
    const place = child(pointer, key);
    const address = text === undefined ? null : context.address(text, place, key === "gateway" ? 4 : 6);
    return address === null ? [] : [{ address, pointer: place }];
  });
  const { routerId } = ha;
  if (routerId === undefined && !context.wasWritten(child(pointer, "routerId"))) {
    context.report("MISSING_KEY", {
      pointer,
      part: "key",
      message: 'several directors need "routerId", by which they know each other',
      hint: 'add "routerId": a number of 1 to 255 that nobody else on the segment has',
      related: [{ pointer: "/directors", part: "key", message: "several directors" }],
    });
  }
  const gatewayAddresses = gateways.map(({ address }) => address);
  const carried = new Map(
    directors.map((host) => [host, carriedBy(context.config.name, host, services, gatewayAddresses)] as const),
  );
  const moving = [...services.flatMap(({ vips }) => vips), ...gatewayAddresses];
  // What is missing has been reported: the number only keeps the types whole.
  const id = routerId ?? 1;
  const instances = ([4, 6] as const)
    .filter((family) => moving.some((address) => address.family === family))
    .map((family): VrrpInstance => {
      const has6 = family === 6 && ha.routerId6 !== undefined;
      return {
        family,
        routerId: has6 ? (ha.routerId6 ?? id) : id,
        pointer: child(pointer, has6 ? "routerId6" : "routerId"),
        members: membersOf(directors, family, ha.interface ?? null, moving),
      };
    });
  return {
    version: ha.version ?? defaults.ha.version,
    advertInterval: ha.advertInterval ?? defaults.ha.advertInterval,
    preempt: ha.preempt ?? defaults.ha.preempt,
    unicast: ha.unicast ?? defaults.ha.unicast,
    instances,
    sync: resolveSync(ha, directors, id, moving),
    gateways,
    priorities: new Map(directors.map((host, index) => [host, priority(index, directors.length)])),
    carried,
  };
}

/** Who moves what: a VIP goes where a director of its own would carry it, a gateway to the network of which it is. */
function carriedBy(
  cluster: string,
  host: Host,
  services: readonly Service[],
  gateways: readonly Address[],
): readonly Carried[] {
  const vips = directorPlacements(cluster, host, services).map(({ vip, device, label }) => ({
    address: vip,
    device,
    label,
  }));
  const others = gateways.filter((gateway) => !vips.some(({ address }) => address.text === gateway.text));
  return [
    ...vips,
    ...others.map((address) => ({ address, device: interfaceNear(host, address) ?? host.interface, label: null })),
  ];
}

interface Way {
  readonly interface: string;
  readonly cidr: Host["interfaces"][number]["addresses"][number];
}

function waysOf({ interfaces }: Host, family: Family, name: string | null): Way[] {
  return interfaces
    .filter((nic) => name === null || nic.name === name)
    .flatMap((nic) => nic.addresses.map((cidr) => ({ interface: nic.name, cidr })))
    .filter(({ cidr }) => cidr.address.family === family);
}

/**
 * The segment on which most directors meet, one that holds a moving address before others: what is heard there is what counts
 * for its clients.
 */
function membersOf(
  directors: readonly Host[],
  family: Family,
  name: string | null,
  moving: readonly Address[],
): ReadonlyMap<Host, VrrpMember> {
  const [first, ...others] = directors;
  if (first === undefined) return new Map();
  const holds = ({ cidr }: Way): boolean => moving.some((address) => contains(cidr, address));
  const own = waysOf(first, family, name);
  const candidates = [...own.filter(holds), ...own.filter((way) => !holds(way))].map((way) => {
    const members = new Map<Host, VrrpMember>([[first, memberOf(way)]]);
    for (const host of others) {
      const near = waysOf(host, family, name).find((other) => shareSegment(way.cidr, other.cidr));
      if (near !== undefined) members.set(host, memberOf(near));
    }
    return members;
  });
  return candidates.reduce((best, one) => (one.size > best.size ? one : best), new Map<Host, VrrpMember>());
}

function memberOf({ interface: name, cidr }: Way): VrrpMember {
  return { interface: name, address: cidr.address };
}

/** The kernel tells connections of both families to a group of one: of IPv4, as always, or of IPv6 where the directors meet by that alone. */
function resolveSync(
  { sync, interface: heard }: Ha,
  directors: readonly Host[],
  routerId: number,
  moving: readonly Address[],
): ConnectionSync | null {
  if (sync === false) return null;
  const { id = routerId, interface: name = heard } = typeof sync === "object" ? sync : {};
  const families: readonly Family[] = directors.every(({ platform }) => platform.keepalived.syncByIpv6) ? [4, 6] : [4];
  const ways = families.map((family) => ({ family, members: membersOf(directors, family, name ?? null, moving) }));
  const way = ways.find(({ members }) => members.size === directors.length);
  // Not asked for in as many words, it is there where it can be.
  if (sync === undefined && way === undefined) return null;
  const { family, members } = way ?? { family: 4, members: membersOf(directors, 4, name ?? null, moving) };
  return { id, family, interfaces: new Map(Array.from(members, ([host, member]) => [host, member.interface])) };
}

/** Far enough apart that the directors do not take over at the same time (RFC 5798, 6.1: Skew_Time); one that joins changes nobody's. */
function priority(index: number, count: number): number {
  return 254 - index * Math.min(20, Math.floor(253 / count));
}
