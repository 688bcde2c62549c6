/** The ports of a service, and what becomes of them at its real servers. */
import type { Config, Service } from "../generated/config.ts";
import { child } from "../pointer.ts";
import { portsOf } from "./ranges.ts";
import type { Reporter } from "./reporter.ts";
import type { Entries, Pool } from "./servers.ts";

export interface ServicePort {
  readonly port: number | undefined;
  readonly pointer: string;
}

/** The ports of a service, at least one of which may be none: the service is there all the same. */
export function portsOfService(reporter: Reporter, service: Service, base: string): readonly ServicePort[] {
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

interface Served {
  readonly service: Service;
  readonly pointer: string;
  readonly pool: Pool | null;
  readonly entries: Entries;
  readonly ports: readonly ServicePort[];
  readonly config: Config;
}

/** In NAT a real server's own port is where every port of the service goes: seldom what a list of them is meant for. */
export function portsBecomeOne(
  reporter: Reporter,
  { service, pointer, pool, entries: { items, indexes }, ports, config }: Served,
): void {
  if (ports.length < 2) return;
  const otherwise = service.mode ?? config.defaults?.mode ?? "dr";
  const modeOf = (mode: Service["mode"]) => (pool === null ? mode : (service.mode ?? mode)) ?? otherwise;
  const own = items.flatMap(({ port, mode }, index) => (port === undefined || modeOf(mode) !== "nat" ? [] : [index]));
  const [first] = own;
  if (first === undefined) return;
  const { host, address, port } = items[first] ?? {};
  const list = pool === null ? `${pointer}/realservers` : child("/pools", pool.name);
  const more = own.length === 1 ? "" : ` (and ${own.length - 1} more like this)`;
  reporter.report("PORTS_BECOME_ONE", {
    pointer: `${list}/${indexes?.[first] ?? first}/port`,
    message: `${ports.length} ports of ${JSON.stringify(service.name)} all become port ${port} of ${host ?? address}${more}`,
    hint: 'take "port" out, so that each keeps its own, or write a service for each port',
    related: [{ pointer: `${pointer}/port`, message: "these ports" }],
  });
}

const usualSchemes = new Map([
  [80, "http"],
  [443, "https"],
]);

/** A list of ports has one check, which asks 443 as it asks 80. */
export function checksOtherScheme(
  reporter: Reporter,
  service: Service,
  base: string,
  ports: readonly ServicePort[],
): void {
  const { check, name } = service;
  if (ports.length < 2 || check?.port !== undefined || (check?.type !== "http" && check?.type !== "https")) return;
  for (const { port = 0, pointer } of ports) {
    const usual = usualSchemes.get(port);
    if (usual === undefined || usual === check.type) continue;
    reporter.report("CHECK_OTHER_SCHEME", {
      pointer: `${base}/check/type`,
      message: `the ${check.type} check of ${JSON.stringify(name)} asks port ${port} too, where ${usual} is usual`,
      hint: `write "type": "tcp", name the "port" of the check, or make port ${port} a service of its own with "type": "${usual}"`,
      related: [{ pointer, message: "this port" }],
    });
  }
}
