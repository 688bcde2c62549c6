import type { Diagnostic } from "../diagnostics/index.ts";
import type { ExpandedConfig, Lost } from "../expand/index.ts";
import { directorPlacements, realServerPlacements } from "../lvs/placement.ts";
import { servedByHosts } from "../lvs/served.ts";
import type {
  Cluster,
  Failover,
  Host,
  Monitoring,
  Placement,
  Served,
  Service,
  SourceNatNetwork,
  Timeouts,
  Trust,
} from "../model.ts";
import { child } from "../pointer.ts";
import { readAllowedSigner } from "../sign/index.ts";
import { type Context, createContext } from "./context.ts";
import { defaults } from "./defaults.ts";
import { resolveFailover } from "./failover.ts";
import { resolveAddresses, resolveHosts } from "./hosts.ts";
import { mountSources, resolveNfs } from "./nfs.ts";
import { resolveRoles } from "./roles.ts";
import { type Sharing, sharedRealServers } from "./same-lists.ts";
import { resolveServices } from "./services.ts";

export type { Sharing } from "./same-lists.ts";

export interface Resolved {
  /** With errors: what could be resolved, fit to be checked and not to be built from. */
  readonly cluster: Cluster;
  readonly diagnostics: readonly Diagnostic[];
  /** Pointers to the objects in which something was left out. */
  readonly incomplete: readonly string[];
  /** Whether a host may be referred to by what was left out. */
  readonly areReferencesLost: boolean;
  /** Whether real servers that stand in several places are one object of which only the first place is known. */
  readonly sharesPlaces: boolean;
}

/** Fills in defaults and looks up every name: what comes out has nothing optional and no references by name. */
export function resolve(config: ExpandedConfig, lost: Lost = new Set(), sharing: Sharing = "all"): Resolved {
  const context = createContext(config, lost);
  const roles = resolveRoles(context);
  const addresses = resolveAddresses(context);
  const hosts = resolveHosts(context, roles, addresses, mountSources(context, addresses));
  const byName = new Map(hosts.map((host) => [host.name, host]));
  const named = (names: Iterable<string>): Host[] =>
    Array.from(names, (name) => byName.get(name)).filter((host) => host !== undefined);
  const directors = named(roles.director);
  const shared = sharedRealServers(sharing);
  const services = resolveServices(context, byName, directors, shared);
  const served = servedByHosts(services);
  const failover = resolveFailover(context, directors, services);
  const cluster: Cluster = {
    name: config.name,
    hosts,
    directors,
    realServers: hosts.filter(({ name }) => roles.realserver.has(name)),
    clients: named(roles.client),
    services,
    placements: placements(config.name, directors, services, served, failover),
    served,
    nfs: resolveNfs(context, byName),
    language: config.language ?? defaults.language,
    packageSource: config.packages?.source ?? defaults.packageSource,
    timeouts: resolveTimeouts(config),
    sourceNat: resolveSourceNat(context),
    monitoring: resolveMonitoring(config),
    trust: resolveTrust(config),
    failover,
  };
  return {
    cluster,
    diagnostics: context.diagnostics(),
    incomplete: [...context.incomplete],
    areReferencesLost: context.areReferencesLost(),
    sharesPlaces: shared.isUsed(),
  };
}

/**
 * A director that is a real server as well carries the VIPs as the director: it answers for them. Of several directors one does
 * so at a time, and by keepalived; the others carry what their own services need, and are silent.
 */
function placements(
  name: string,
  directors: readonly Host[],
  services: readonly Service[],
  served: ReadonlyMap<Host, readonly Served[]>,
  failover: Failover | null,
): Map<Host, readonly Placement[]> {
  const carriers = failover?.vrrp ? [] : directors;
  const asDirectors = carriers.map((host) => [host, directorPlacements(name, host, services)] as const);
  const others = [...served].filter(([host]) => !carriers.includes(host));
  const asRealServers = others.map(([host, serves]) => [host, realServerPlacements(name, host, serves)] as const);
  return new Map([...asDirectors, ...asRealServers].filter(([, carried]) => carried.length > 0));
}

function resolveTimeouts({ timeouts }: ExpandedConfig): Timeouts | null {
  if (timeouts === undefined) return null;
  const { tcp = defaults.timeout, tcpfin = defaults.timeout, udp = defaults.timeout } = timeouts;
  return { tcp, tcpfin, udp };
}

function resolveMonitoring({ monitoring }: ExpandedConfig): Monitoring | null {
  if (monitoring === undefined) return null;
  const { interval = defaults.monitoring.interval, keep = defaults.monitoring.keep, textfile = null } = monitoring;
  return { interval, keep, textfile };
}

function resolveTrust({ trust }: ExpandedConfig): Trust | null {
  if (trust === undefined) return null;
  const signers = trust.allowedSigners.map((line, index) => ({
    pointer: child("/trust/allowedSigners", index),
    signer: readAllowedSigner(line),
  }));
  return { signers };
}

function resolveSourceNat({ config, cidr }: Context): SourceNatNetwork[] {
  return (config.sourceNat ?? []).flatMap((text, index) => {
    const pointer = child("/sourceNat", index);
    const network = cidr(text, pointer, text.includes(":") ? 6 : 4);
    return network === null ? [] : [{ pointer, network }];
  });
}
