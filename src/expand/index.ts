import { createCollector } from "../diagnostics/collector.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { Config } from "../generated/config.ts";
import { withOwnLists } from "./apart.ts";
import type { ExpandedConfig, ExpandedService } from "./expanded.ts";
import { expandHosts, expandNames } from "./hosts.ts";
import { originsOf } from "./origins.ts";
import { place, withUsers } from "./place.ts";
import { isAddressRange, isNameRange } from "./ranges.ts";
import { createReporter, type Lost } from "./reporter.ts";
import { expandServices } from "./services.ts";

export type { ExpandedConfig, ExpandedService } from "./expanded.ts";
export type { Lost } from "./reporter.ts";

export interface Expanded {
  readonly config: ExpandedConfig;
  readonly diagnostics: readonly Diagnostic[];
  /** Pointers into the text to the objects in which something was left out. */
  readonly incomplete: readonly string[];
  /** Where the value of a pointer into `config` is written, or would be. */
  written(pointer: string): string;
  /** Findings about `config` as findings about the text. */
  place(found: readonly Diagnostic[]): readonly Diagnostic[];
  /** Of findings about the text those in a pool with the services that use it. */
  told(found: readonly Diagnostic[]): readonly Diagnostic[];
}

/**
 * Writes out what stands for several: pools, ranges of names and addresses, lists of ports. Services with the same pool share
 * one list, so that a million rules by pool cost as many entries as the pool has.
 */
export function expand(given: Config, lost: Lost = new Set()): Expanded {
  const config = withOwnLists(given);
  if (isWrittenOut(config))
    return { config, diagnostics: [], incomplete: [], written: (pointer) => pointer, place: same, told: same };
  const { report, collected } = createCollector();
  const incomplete = new Set<string>();
  const reporter = createReporter(report, (pointer) => void incomplete.add(pointer));
  const { hosts, written } = expandHosts(reporter, config.hosts);
  const directors = expandNames(reporter, config.directors, "/directors");
  const clients = expandNames(reporter, config.clients ?? [], "/clients");
  const expanded = expandServices(reporter, config, lost);
  const origins = originsOf({ ...expanded, config, hosts: written, lists: { directors, clients } });
  const told = withUsers(config);
  const { pools, ...rest } = config;
  return {
    config: {
      ...rest,
      hosts,
      directors: [...directors.items],
      services: expanded.services,
      ...(config.clients === undefined ? {} : { clients: [...clients.items] }),
    },
    diagnostics: collected().map(told),
    incomplete: [...incomplete],
    written: origins.written,
    place: (found) => place(found, origins).map(told),
    told: (found) => found.map(told),
  };
}

const same = (found: readonly Diagnostic[]): readonly Diagnostic[] => found;

type WrittenOut = Config & { readonly services: readonly ExpandedService[] };

/** Most descriptions: nothing in them stands for several, and they go on as they are. */
function isWrittenOut(config: Config): config is WrittenOut {
  const { pools, hosts, directors, clients = [], services } = config;
  if (pools !== undefined || [...directors, ...clients].some(isNameRange)) return false;
  for (const [name, { address, address6 }] of Object.entries(hosts)) {
    if (isNameRange(name) || [address, address6].some((one) => one !== undefined && isAddressRange(one))) return false;
  }
  return services.every(({ pool, port, realservers, weight }) => {
    if (pool !== undefined || weight !== undefined || realservers === undefined) return false;
    if (port !== undefined && typeof port !== "number") return false;
    for (const { host, address } of realservers) {
      if (host !== undefined && isNameRange(host)) return false;
      if (address !== undefined && isAddressRange(address)) return false;
    }
    return true;
  });
}
