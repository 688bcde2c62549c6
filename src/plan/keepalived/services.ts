import { askedPort } from "../../lvs/asked-port.ts";
import { portOf } from "../../lvs/port.ts";
import type { HealthCheck, Mode, RealServer, Service } from "../../model.ts";
import { bits, dottedMask } from "../../net.ts";
import type { Keepalived } from "../../platform/keepalived.ts";

/** Seconds from one attempt to the next: a service that is just restarted is not down yet. */
const pause = 1;

/** What the template of keepalived.conf says of a service. */
export function serviceView(service: Service, can: Keepalived) {
  const { frontend, family, check, persistence, schedulerFlags, onePacket, sorryServer } = service;
  const asked = checkView(service, can);
  const [first] = asked;
  return {
    name: service.name,
    out: first === undefined ? 0 : check.interval + (check.retries + 1) * check.timeout + check.retries * pause,
    frontend:
      frontend.kind === "address" ? [frontend.vip.text, String(frontend.port)] : ["fwmark", String(frontend.mark)],
    // The family of an address is its own.
    ipFamily: frontend.kind === "fwmark" && family === 6 ? "inet6" : null,
    interval: check.interval,
    scheduler: service.scheduler,
    flags: [...schedulerFlags, ...(onePacket ? ["ops"] : [])],
    method: methodWords(service, service.mode),
    persistence:
      persistence === null
        ? null
        : {
            timeout: persistence.timeout,
            granularity:
              persistence.prefix === bits(family)
                ? null
                : family === 4
                  ? dottedMask(persistence.prefix)
                  : String(persistence.prefix),
          },
    engine: service.persistenceEngine,
    // That of a mark is not asked for, and said to be ignored.
    protocol: frontend.kind === "address" ? frontend.protocol.toUpperCase() : null,
    host: asked.some(({ url }) => url.length > 0) && !can.namesInTls ? check.name : null,
    sorry:
      sorryServer === null
        ? []
        : [
            {
              address: sorryServer.address.text,
              port: portOf(service, sorryServer),
              method: sorryServer.mode === service.mode ? null : methodWords(service, sorryServer.mode),
            },
          ],
    servers: service.realServers.map((server) => serverView(service, server, asked, can)),
  };
}

function serverView(service: Service, server: RealServer, check: readonly object[], can: Keepalived) {
  return {
    address: server.address.text,
    port: portOf(service, server),
    weight: server.weight,
    inhibit: service.check.onFailure === "quiesce",
    method: server.mode === service.mode ? null : methodWords(service, server.mode),
    upperThreshold: server.upperThreshold,
    lowerThreshold: server.lowerThreshold,
    check,
    out: server.weight === 0 && !can.zeroWeights,
  };
}

const methods = { dr: "DR", tun: "TUN", nat: "NAT" } as const;
const checksums = { none: "nocsum", full: "csum", remote: "remcsum" } as const;

/** `TUN type gue port 6080 nocsum`; what stands in the table for IPIP goes without saying. */
function methodWords({ tunnel: { type, port, checksum } }: Service, mode: Mode): string[] {
  if (mode !== "tun" || type === "ipip") return [methods[mode]];
  return [methods[mode], "type", type, ...(port === null ? [] : ["port", String(port)]), checksums[checksum]];
}

/** What each real server is asked; a list, for it may be nothing. */
function checkView(service: Service, can: Keepalived) {
  const { check } = service;
  const type = checkers[check.type];
  if (type === null) return [];
  const isPage = check.type === "http" || check.type === "https";
  return [
    {
      type,
      url: isPage
        ? [
            {
              path: check.path,
              status: check.status ?? "200-399",
              host: can.namesInTls ? check.name : null,
              body: check.body,
              sni: check.type === "https" && check.name !== null && can.namesInTls,
            },
          ]
        : [],
      port: askedPort(service),
      timeout: check.timeout,
      retryWord: isPage && !can.namesInTls ? "nb_get_retry" : "retry",
      retries: check.retries,
      pause,
    },
  ];
}

const checkers: Readonly<Record<HealthCheck["type"], string | null>> = {
  tcp: "TCP_CHECK",
  http: "HTTP_GET",
  https: "SSL_GET",
  udp: "UDP_CHECK",
  none: null,
};
