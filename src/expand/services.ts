import { remedy, suggest } from "../diagnostics/suggest.ts";
import type { Config, RealServer, Service } from "../generated/config.ts";
import { child } from "../pointer.ts";
import { contradictions } from "./contradictions.ts";
import type { ExpandedService } from "./expanded.ts";
import { checksOtherScheme, portsBecomeOne, portsOfService } from "./ports.ts";
import type { Lost, Reporter } from "./reporter.ts";
import { expandServers, type Pool, poolReader } from "./servers.ts";

/** Where a service comes from. */
export interface ServiceOrigin {
  readonly pointer: string;
  readonly portPointer: string;
  readonly pool: Pool | null;
  /** Index of each real server in the list where it is written; null: its own. */
  readonly indexes: readonly number[] | null;
}

export interface ExpandedServices {
  readonly services: readonly ExpandedService[];
  readonly origins: readonly ServiceOrigin[];
}

/** A service for each port of each, and for each its real servers. */
export function expandServices(reporter: Reporter, config: Config, lost: Lost): ExpandedServices {
  const { pools = {} } = config;
  const poolNamed = poolReader(reporter, pools);
  const used = new Set<string>();
  /** Nothing is built with it, but what stands in the pool that was probably meant is not said to be idle. */
  const meant = (name: string, pointer: string): Pool | null => {
    reporter.lose(pointer);
    if (lost.has("/pools") || lost.has(child("/pools", name))) return null;
    const names = Object.keys(pools);
    reporter.report("UNKNOWN_POOL", {
      pointer: `${pointer}/pool`,
      message: `no pool ${JSON.stringify(name)} in "pools"`,
      hint: remedy(name, names),
    });
    const other = suggest(name, names);
    if (other === null) return null;
    used.add(other);
    return poolNamed(other);
  };
  const services: ExpandedService[] = [];
  const origins: ServiceOrigin[] = [];
  config.services.forEach((written, index) => {
    const pointer = child("/services", index);
    const { port, pool: poolName, realservers, weight, ...rest } = written;
    if (poolName !== undefined) used.add(poolName);
    const pool = poolName === undefined ? null : (poolNamed(poolName) ?? meant(poolName, pointer));
    if (pool?.isWhole === false) reporter.lose(pointer);
    contradictions(reporter, written, pointer);
    const own = pool ?? expandServers(reporter, realservers ?? [], `${pointer}/realservers`);
    const ports = portsOfService(reporter, written, pointer);
    checksOtherScheme(reporter, written, pointer, ports);
    portsBecomeOne(reporter, { service: written, pointer, pool, entries: own, ports, config });
    if (!reporter.table(ports.length, own.items.length, written.name, pointer + (ports.length > 1 ? "/port" : "")))
      return;
    for (const one of ports) {
      const hasSeveral = port !== undefined && typeof port !== "number" && one.port !== undefined;
      services.push({
        ...rest,
        name: hasSeveral ? `${written.name}-${one.port}` : written.name,
        ...(one.port === undefined ? {} : { port: one.port }),
        ...(pool === null ? {} : { pool: pool.name }),
        realservers: pool === null ? own.items : asService(pool, written, one.port, config),
      });
      origins.push({ pointer, portPointer: one.pointer, pool, indexes: own.indexes });
    }
  });
  // Where a service lost what it said of its real servers, that may have been any pool.
  const isLost =
    lost.has("/services") ||
    config.services.some((one, index) => isServerless(one) && lost.has(child("/services", index)));
  for (const name of Object.keys(pools)) if (!used.has(name) && !isLost) unused(reporter, name);
  return { services, origins };
}

function asService(pool: Pool, service: Service, port: number | undefined, config: Config): readonly RealServer[] {
  return pool.as({
    mode: service.mode,
    weight: service.weight,
    // Behind a mark there is none.
    port: service.vip === undefined ? null : (port ?? null),
    otherwise: config.defaults?.mode ?? "dr",
  });
}

function isServerless({ pool, realservers }: Service): boolean {
  return pool === undefined && realservers === undefined;
}

function unused(reporter: Reporter, name: string): void {
  reporter.report("UNUSED_POOL", {
    pointer: child("/pools", name),
    part: "key",
    message: `no service uses the pool ${JSON.stringify(name)}`,
    hint: 'name it as "pool" of a service, or take it out',
  });
}
