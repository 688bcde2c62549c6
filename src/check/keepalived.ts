import type { Host, Service } from "../model.ts";
import { bits } from "../net.ts";
import type { Keepalived, Release } from "../platform/keepalived.ts";
import type { Report, Rule } from "./rule.ts";

interface Watched {
  readonly director: Host;
  readonly service: Service;
  readonly can: Keepalived;
}

/** A rule about what a director's keepalived makes of a service. */
function ofEach(look: (watched: Watched, report: Report) => void): Rule {
  return ({ failover, directors, services }, report) => {
    if (failover === null) return;
    // Directors of one system lack the same.
    const systems = new Map(directors.map((director) => [director.platform, director]));
    for (const [platform, director] of systems)
      for (const service of services) look({ director, service, can: platform.keepalived }, report);
  };
}

function nameOf({ director: { platform } }: Watched): string {
  return `keepalived ${platform.keepalived.release.join(".")} of ${platform.title}`;
}

function place({ director }: Watched): { pointer: string; message: string }[] {
  return [{ pointer: `${director.pointer}/platform`, message: `${director.name} runs ${director.platform.title}` }];
}

/** The check asks one thing for client-test.sh and another for keepalived: it would not be said which. */
export const missingChecks = ofEach((watched, report) => {
  const { check, pointer } = watched.service;
  for (const { key, message, hint } of lacking(watched))
    report("CHECK_NOT_ON_PLATFORM", {
      pointer: `${pointer}/check/${key}`,
      message: `${nameOf(watched)} ${message}`,
      hint: `${hint}, or use another system on ${watched.director.name}`,
      related: [
        ...(key === "type" ? [] : [{ pointer: `${pointer}/check/type`, message: `a check of type ${check.type}` }]),
        ...place(watched),
      ],
    });
});

function lacking({ service: { check }, can }: Watched): { key: string; message: string; hint: string }[] {
  const { type, body, status } = check;
  if (type === "udp")
    return can.udpChecks ? [] : [{ key: "type", message: "has no check of UDP", hint: 'write "type": "none"' }];
  if (type !== "http" && type !== "https") return [];
  return [
    ...(body === null || can.bodies
      ? []
      : [{ key: "body", message: "looks for no text in an answer", hint: 'write "status" and take "body" out' }]),
    ...(status !== null || can.statusRanges
      ? []
      : [
          {
            key: "type",
            message: "compares one status, and takes any answer where none is written",
            hint: 'add "status", such as 200',
          },
        ]),
  ];
}

/** keepalived reads lines of 1023 bytes, indentation and all (MAXBUF in lib/parser.h); in them a byte may take three, or five of a pattern. */
const longestValue = 1000;

/** What is cut off there says something else. */
export const longChecks: Rule = ({ failover, services }, report) => {
  if (failover === null) return;
  for (const { check, pointer } of services) {
    const sizes = {
      path: check.path.length + 2 * (check.path.match(/[^A-Za-z0-9/._~?&=%:;,@+*()-]/g)?.length ?? 0),
      body: Array.from(new TextEncoder().encode(check.body ?? "")).reduce(
        (sum, byte) => sum + (isPlain(byte) ? 1 : 5),
        2,
      ),
    };
    for (const key of ["path", "body"] as const) {
      if (sizes[key] <= longestValue) continue;
      report("CHECK_TOO_LONG", {
        pointer: `${pointer}/check/${key}`,
        message: `this is ${sizes[key]} bytes in keepalived's file, which holds ${longestValue} in a line`,
        hint: key === "path" ? "let the server answer on a shorter path" : "write a shorter part of the answer",
      });
    }
  }
};

function isPlain(byte: number): boolean {
  return /[A-Za-z0-9 _=,:;<>/-]/.test(String.fromCharCode(byte));
}

/** Such a server gives the certificate of its default host, or ends the connection. */
export const unnamedTls = ofEach((watched, report) => {
  const { check, pointer } = watched.service;
  if (check.type !== "https" || check.name === null || watched.can.namesInTls) return;
  report("CHECK_WITHOUT_SNI", {
    pointer: `${pointer}/check/name`,
    message: `${nameOf(watched)} names no host when TLS begins (SNI): a server that insists on it fails the check`,
    hint: "make sure that the real servers answer without it: openssl s_client -noservername -connect ADDRESS:PORT",
    related: place(watched),
  });
});

/** What stands in the table by lvsgen, keepalived has to know in the same words. */
export const missingAttributes = ofEach((watched, report) => {
  const { service, can } = watched;
  const { pointer, scheduler, persistence, family, mode, realServers, sorryServer } = service;
  const tooOld = (at: string, message: string, hint: string): void =>
    report("KEEPALIVED_TOO_OLD", {
      pointer: at,
      message: `${nameOf(watched)} ${message}`,
      hint: `${hint}, or use another system on ${watched.director.name}`,
      related: place(watched),
    });
  if (scheduler === "twos" && !can.twos)
    tooOld(`${pointer}/scheduler`, "does not know the scheduler twos", "use another scheduler");
  if (family === 4 && persistence !== null && persistence.prefix !== bits(4) && !can.clientMasks)
    tooOld(`${pointer}/persistence/prefix`, "refuses every client mask of IPv4", 'take "prefix" out');
  if (can.methodsOfServers) return;
  const other = realServers.findIndex((server) => server.mode !== mode);
  if (other !== -1)
    tooOld(`${pointer}/realservers/${other}/mode`, "knows one forwarding method a service", 'take "mode" out');
  if (sorryServer !== null && sorryServer.mode !== mode)
    tooOld(`${pointer}/sorryServer/mode`, "knows one forwarding method a service", 'take "mode" out');
});

/** From here on a reload takes seconds. */
const manyServers = 4000;

/** Migrating its checks at a reload is quadratic before 2.3.0. */
export const slowReloads: Rule = ({ failover, directors, services }, report) => {
  if (failover === null) return;
  const count = services.reduce((sum, { realServers }) => sum + realServers.length, 0);
  const index = directors.findIndex(({ platform }) => platform.keepalived.squareReloads);
  const director = directors[index];
  if (director === undefined || count <= manyServers) return;
  report("SLOW_RELOADS", {
    pointer: `/directors/${index}`,
    message: `keepalived ${releaseText(director.platform.keepalived.release)} of ${director.platform.title} takes long to reload ${count} real servers`,
    hint: "plan for a minute from an apply to its effect on health checks, or make several clusters of it; drain acts at once all the same",
  });
};

function releaseText(release: Release): string {
  return release.join(".");
}
