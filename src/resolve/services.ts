import type { ExpandedService as ServiceConfig } from "../expand/index.ts";
import type { Family, Frontend, Host, Persistence, Service } from "../model.ts";
import { bits } from "../net.ts";
import type { Context } from "./context.ts";
import { defaults } from "./defaults.ts";
import { resolveFrontend, vipsOf } from "./frontend.ts";
import { resolveCheck } from "./health-check.ts";
import { resolveRealServers, resolveSorryServer } from "./real-servers.ts";
import type { SharedRealServers } from "./same-lists.ts";

/** Resolves every service whose frontend is known; of the others only the findings remain. */
export function resolveServices(
  context: Context,
  hosts: ReadonlyMap<string, Host>,
  directors: readonly Host[],
  shared: SharedRealServers,
): Service[] {
  return context.config.services
    .map((service, index) => resolveService(context, service, `/services/${index}`, hosts, directors, shared))
    .filter((service) => service !== null);
}

function resolveService(
  context: Context,
  written: ServiceConfig,
  pointer: string,
  hosts: ReadonlyMap<string, Host>,
  directors: readonly Host[],
  shared: SharedRealServers,
): Service | null {
  const frontend = resolveFrontend(context, written, pointer);
  if (frontend === null) return null;
  const family = familyOf(frontend);
  const mode = written.mode ?? context.config.defaults?.mode ?? defaults.mode;
  const port = frontend.kind === "address" ? frontend.port : 0;
  const setting = { pointer, family, mode, port, hosts, directors };
  const { realServers, indexes } = resolveRealServers(context, written.realservers, setting, shared);
  return {
    pointer,
    name: written.name,
    pool: written.pool ?? null,
    frontend,
    family,
    vips: vipsOf(frontend),
    mode,
    scheduler: written.scheduler ?? context.config.defaults?.scheduler ?? defaults.scheduler,
    schedulerFlags: written.schedulerFlags ?? [],
    persistence: resolvePersistence(written, family),
    persistenceEngine: written.persistenceEngine ?? null,
    onePacket: written.onePacket ?? defaults.onePacket,
    tunnel: {
      type: written.tunnel?.type ?? "ipip",
      port: written.tunnel?.port ?? null,
      checksum: written.tunnel?.checksum ?? "none",
    },
    mss: segmentSize(written.mss),
    vipInterface: written.vipInterface ?? null,
    realServers,
    realServerIndexes: indexes,
    sorryServer: resolveSorryServer(context, written.sorryServer, setting),
    check: resolveCheck(context, written.check, frontend, pointer),
  };
}

function segmentSize(written: ServiceConfig["mss"]): Service["mss"] {
  if (typeof written === "number") return written;
  return written === undefined ? null : "auto";
}

function familyOf(frontend: Frontend): Family {
  return frontend.kind === "address" ? frontend.vip.family : (frontend.matches[0]?.vip.family ?? 4);
}

function resolvePersistence({ persistence }: ServiceConfig, family: Family): Persistence | null {
  if (persistence === undefined) return null;
  return { timeout: persistence.timeout ?? defaults.persistenceTimeout, prefix: persistence.prefix ?? bits(family) };
}
