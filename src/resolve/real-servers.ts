import type { RealServer as RealServerConfig, SorryServer } from "../generated/config.ts";
import type { Address, Cidr, Family, Host, Mode, RealServer } from "../model.ts";
import { shareSegment } from "../net.ts";
import type { Context } from "./context.ts";
import { defaults } from "./defaults.ts";
import type { RealServerSetting, ResolvedRealServers, SharedRealServers } from "./same-lists.ts";

/**
 * Resolves the entries of a service. One that names nothing but its address or host becomes the same object
 * for every service with the same mode, one with a weight mostly so, and a list of the same objects the same list: `shared` holds these.
 */
export function resolveRealServers(
  context: Context,
  written: readonly RealServerConfig[],
  setting: RealServerSetting,
  shared: SharedRealServers,
): ResolvedRealServers {
  const same = shared.of(written, setting);
  const before = same.before(written);
  if (before !== undefined) {
    if (before.indexes !== null) context.lose(setting.pointer);
    return before;
  }
  const realServers: RealServer[] = [];
  let indexes: number[] | null = null;
  for (let index = 0; index < written.length; index++) {
    const entry = written[index];
    if (entry === undefined) continue;
    const resolved = same.entry(entry, () => resolveEntry(context, entry, index, setting));
    if (resolved === null) {
      indexes ??= realServers.map((_, earlier) => earlier);
      continue;
    }
    realServers.push(resolved);
    indexes?.push(index);
  }
  return same.keep(written, { realServers, indexes });
}

/** The sorry server of a service, which serves like its real servers. */
export function resolveSorryServer(
  context: Context,
  written: SorryServer | undefined,
  setting: RealServerSetting,
): RealServer | null {
  return written === undefined ? null : resolveEntry(context, written, null, setting);
}

/** @param index null: the sorry server */
function resolveEntry(
  context: Context,
  entry: RealServerConfig,
  index: number | null,
  setting: RealServerSetting,
): RealServer | null {
  const mode = entry.mode ?? setting.mode;
  const host = entry.host === undefined ? null : (setting.hosts.get(entry.host) ?? null);
  const address =
    host === null
      ? addressOf(context, entry, index, setting)
      : addressOfHost(context, entry, index, setting, host, mode);
  if (address === null) {
    context.lose(setting.pointer);
    return null;
  }
  return {
    host,
    address,
    port: entry.port === undefined || entry.port === setting.port ? null : entry.port,
    weight: entry.weight ?? defaults.weight,
    upperThreshold: entry.upperThreshold ?? defaults.threshold,
    lowerThreshold: entry.lowerThreshold ?? defaults.threshold,
    mode,
  };
}

/** The address of an entry that names no known host; an unknown one has been reported by then. */
function addressOf(
  context: Context,
  entry: RealServerConfig,
  index: number | null,
  setting: RealServerSetting,
): Address | null {
  if (entry.host !== undefined) return null;
  if (entry.address !== undefined) {
    // The pointer is only worth making for a report.
    return context.readAddress(entry.address) ?? context.address(entry.address, `${pointerOf(setting, index)}/address`);
  }
  context.report("EITHER_OR", {
    pointer: pointerOf(setting, index),
    message: `this ${index === null ? "sorry" : "real"} server has neither "host" nor "address"`,
    hint: 'add "host" with the name of a host, or "address" of a machine that someone else manages',
  });
  return null;
}

function addressOfHost(
  context: Context,
  entry: RealServerConfig,
  index: number | null,
  setting: RealServerSetting,
  host: Host,
  mode: Mode,
): Address | null {
  if (entry.address === undefined) return addressInTable(host, setting.family, mode, setting.directors);
  const pointer = pointerOf(setting, index);
  context.report("EITHER_OR", {
    pointer: `${pointer}/address`,
    part: "key",
    message: `a ${index === null ? "sorry" : "real"} server has "host" or "address", not both`,
    hint: 'keep "host" for a host of this description, "address" for a machine that someone else manages',
    related: [{ pointer: `${pointer}/host`, part: "key", message: "the other one" }],
  });
  return null;
}

function pointerOf({ pointer }: RealServerSetting, index: number | null): string {
  return index === null ? `${pointer}/sorryServer` : `${pointer}/realservers/${index}`;
}

/**
 * The address under which a director reaches the host: the one that the description says, else its default one, unless only another NIC shares a
 * segment with the director, which DR and NAT need. TUN crosses routers and families.
 */
function addressInTable(host: Host, family: Family, mode: Mode, directors: readonly Host[]): Address | null {
  if (host.rip?.family === family) return host.rip;
  const candidates = host.interfaces.flatMap(({ addresses }) => addresses);
  const sameFamily = candidates.filter(({ address }) => address.family === family);
  const near = mode === "tun" ? undefined : sameFamily.find((cidr) => directors.some((one) => isNear(one, cidr)));
  // A host of another family than the VIP is an error outside TUN, which a rule reports with this address.
  return (near ?? sameFamily[0] ?? candidates[0])?.address ?? null;
}

function isNear(director: Host, cidr: Cidr): boolean {
  return director.interfaces.some(({ addresses }) => addresses.some((own) => shareSegment(own, cidr)));
}
