import { remedy, suggest } from "../diagnostics/suggest.ts";
import type { Config, RealServer, Service } from "../generated/config.ts";
import { child } from "../pointer.ts";
import type { ExpandedService } from "./expanded.ts";
import { portsOf } from "./ranges.ts";
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
    for (const one of portsOfService(reporter, written, pointer)) {
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
  for (const name of Object.keys(pools)) if (!used.has(name)) unused(reporter, name);
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

interface ServicePort {
  readonly port: number | undefined;
  readonly pointer: string;
}

/** The ports of a service, at least one of which may be none: the service is there all the same. */
function portsOfService(reporter: Reporter, service: Service, base: string): readonly ServicePort[] {
  const pointer = `${base}/port`;
  const { port, name } = service;
  if (port === undefined || typeof port === "number") return [{ port, pointer }];
  const { ports, problems } = portsOf(port);
  for (const { code, message, hint, below, first } of problems) {
    const related = first === undefined ? [] : [{ pointer: pointer + first, message: "the first one" }];
    reporter.report(code, { pointer: pointer + below, message, hint, related });
  }
  if (problems.length > 0) reporter.lose(base);
  const [one] = ports;
  if (one === undefined) return [];
  // With a mark a port has no meaning, which is said once.
  if (service.vip === undefined) return [{ port: one.port, pointer }];
  const long = ports.find((each) => `${name}-${each.port}`.length > 63);
  if (long !== undefined) {
    reporter.report("BAD_FORMAT", {
      pointer: `${base}/name`,
      message: `with its port ${JSON.stringify(`${name}-${long.port}`)} is too long for the name of a service`,
      hint: "a name has up to 63 characters, the port among them",
    });
  }
  return ports.map((each) => ({ port: each.port, pointer: pointer + each.below }));
}

/** Real servers come from one place, and a weight for all of them is for those of a pool. */
function contradictions(reporter: Reporter, { name, pool, realservers, weight }: Service, pointer: string): void {
  if (pool !== undefined && realservers !== undefined) {
    reporter.report("EITHER_OR", {
      pointer: `${pointer}/pool`,
      part: "key",
      message: 'a service has "realservers" or "pool", not both',
      hint: 'keep one; what only this service has besides goes into a pool of its own, or into "realservers" with the others',
      related: [{ pointer: `${pointer}/realservers`, part: "key", message: "the other one" }],
    });
  } else if (pool === undefined && realservers === undefined) {
    reporter.lose(pointer);
    reporter.report("MISSING_KEY", {
      pointer,
      part: "key",
      message: `the service ${JSON.stringify(name)} lacks "realservers"`,
      hint: 'add "realservers" with the machines that answer, or "pool" with the name of a list of them in "pools"',
    });
  }
  if (weight !== undefined && pool === undefined) {
    reporter.report("CONTRADICTING_KEYS", {
      pointer: `${pointer}/weight`,
      part: "key",
      message: '"weight" of a service has no meaning without "pool"',
      hint: 'write it in the entries of "realservers"',
      related: realservers === undefined ? [] : [{ pointer: `${pointer}/realservers`, part: "key", message: "these" }],
    });
  }
}

function unused(reporter: Reporter, name: string): void {
  reporter.report("UNUSED_POOL", {
    pointer: child("/pools", name),
    part: "key",
    message: `no service uses the pool ${JSON.stringify(name)}`,
    hint: 'name it as "pool" of a service, or take it out',
  });
}
