import type { RealServer as RealServerConfig } from "../generated/config.ts";
import type { Address, Cidr, Family, Host, Mode, RealServer } from "../model.ts";
import { shareSegment } from "../net.ts";
import type { Context } from "./context.ts";
import { defaults } from "./defaults.ts";

/** What the entries of one service have in common. */
export interface RealServerSetting {
  readonly pointer: string;
  readonly family: Family;
  readonly mode: Mode;
  /** The port of an entry that names none. */
  readonly port: number;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly directors: readonly Host[];
}

export interface ResolvedRealServers {
  readonly realServers: readonly RealServer[];
  /** Where they stand in the description; null when none was left out. */
  readonly indexes: readonly number[] | null;
}

/**
 * Resolves the entries of a service. One that names nothing but its address or host becomes the same object
 * for every service with the same port and mode: `shared` holds these.
 */
export function resolveRealServers(
  context: Context,
  written: readonly RealServerConfig[],
  setting: RealServerSetting,
  shared: SharedRealServers,
): ResolvedRealServers {
  const plain = shared.of(setting);
  const realServers: RealServer[] = [];
  const indexes: number[] = [];
  for (let index = 0; index < written.length; index++) {
    const entry = written[index];
    if (entry === undefined) continue;
    const key = plainKey(entry);
    const known = key === null ? undefined : plain.get(key);
    const resolved = known ?? resolveEntry(context, entry, index, setting);
    if (resolved === null) continue;
    if (key !== null && known === undefined) plain.set(key, resolved);
    realServers.push(resolved);
    indexes.push(index);
  }
  return { realServers, indexes: indexes.length === written.length ? null : indexes };
}

type PlainEntries = Map<string, RealServer>;

export interface SharedRealServers {
  of(setting: RealServerSetting): PlainEntries;
}

export function sharedRealServers(): SharedRealServers {
  const bySetting = new Map<string, PlainEntries>();
  return {
    of: ({ family, mode, port }) => {
      const key = `${family} ${mode} ${port}`;
      const known = bySetting.get(key) ?? new Map<string, RealServer>();
      bySetting.set(key, known);
      return known;
    },
  };
}

/** Host or address of an entry that says nothing else; a host name is told apart by a leading space. */
function plainKey({
  host,
  address,
  port,
  weight,
  upperThreshold,
  lowerThreshold,
  mode,
}: RealServerConfig): string | null {
  if (port !== undefined || weight !== undefined || mode !== undefined) return null;
  if (upperThreshold !== undefined || lowerThreshold !== undefined) return null;
  if (host === undefined) return address ?? null;
  return address === undefined ? ` ${host}` : null;
}

function resolveEntry(
  context: Context,
  entry: RealServerConfig,
  index: number,
  setting: RealServerSetting,
): RealServer | null {
  const pointer = `${setting.pointer}/realservers/${index}`;
  const mode = entry.mode ?? setting.mode;
  const target = resolveTarget(context, entry, pointer, mode, setting);
  if (target === null) {
    context.lose(setting.pointer);
    return null;
  }
  return {
    ...target,
    port: entry.port ?? setting.port,
    weight: entry.weight ?? defaults.weight,
    upperThreshold: entry.upperThreshold ?? defaults.threshold,
    lowerThreshold: entry.lowerThreshold ?? defaults.threshold,
    mode,
  };
}

function resolveTarget(
  context: Context,
  entry: RealServerConfig,
  pointer: string,
  mode: Mode,
  { family, hosts, directors }: RealServerSetting,
): Pick<RealServer, "host" | "address"> | null {
  if (entry.host !== undefined && entry.address !== undefined) {
    context.report("EITHER_OR", {
      pointer: `${pointer}/address`,
      part: "key",
      message: 'a real server has "host" or "address", not both',
      hint: 'keep "host" for a host of this description, "address" for a machine that someone else manages',
      related: [{ pointer: `${pointer}/host`, part: "key", message: "the other one" }],
    });
    return null;
  }
  if (entry.address !== undefined) {
    const address = context.address(entry.address, `${pointer}/address`);
    return address === null ? null : { host: null, address };
  }
  if (entry.host === undefined) {
    context.report("EITHER_OR", {
      pointer,
      message: 'this real server has neither "host" nor "address"',
      hint: 'add "host" with the name of a host, or "address" of a machine that someone else manages',
    });
    return null;
  }
  const host = hosts.get(entry.host);
  const address = host === undefined ? null : addressInTable(host, family, mode, directors);
  return host === undefined || address === null ? null : { host, address };
}

/**
 * The address under which a director reaches the host: its default one, unless only another NIC shares a
 * segment with the director, which DR and NAT need. TUN crosses routers and families.
 */
function addressInTable(host: Host, family: Family, mode: Mode, directors: readonly Host[]): Address | null {
  const candidates = host.interfaces.flatMap(({ addresses }) => addresses);
  const sameFamily = candidates.filter(({ address }) => address.family === family);
  const near = mode === "tun" ? undefined : sameFamily.find((cidr) => directors.some((one) => isNear(one, cidr)));
  // A host of another family than the VIP is an error outside TUN, which a rule reports with this address.
  return (near ?? sameFamily[0] ?? candidates[0])?.address ?? null;
}

function isNear(director: Host, cidr: Cidr): boolean {
  return director.interfaces.some(({ addresses }) => addresses.some((own) => shareSegment(own, cidr)));
}
