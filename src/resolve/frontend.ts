import type { ExpandedService as ServiceConfig } from "../expand/index.ts";
import type { Match } from "../generated/config.ts";
import type { Address, Cidr, Frontend, MarkMatch } from "../model.ts";
import { child } from "../pointer.ts";
import type { Context } from "./context.ts";
import { defaults } from "./defaults.ts";

/** What clients connect to; null after a report. */
export function resolveFrontend(context: Context, service: ServiceConfig, pointer: string): Frontend | null {
  if (service.vip !== undefined && service.fwmark !== undefined) {
    context.report("EITHER_OR", {
      pointer: `${pointer}/fwmark`,
      part: "key",
      message: 'a service has "vip" or "fwmark", not both',
      hint: 'keep "vip" for one address and port, "fwmark" with "match" for several',
      related: [{ pointer: `${pointer}/vip`, part: "key", message: "the other one" }],
    });
    return null;
  }
  if (service.fwmark !== undefined) return markFrontend(context, service, service.fwmark, pointer);
  if (service.vip !== undefined) return addressFrontend(context, service, service.vip, pointer);
  context.report("EITHER_OR", {
    pointer,
    message: `the service ${JSON.stringify(service.name)} has neither "vip" nor "fwmark"`,
    hint: 'add "vip" with the address that clients connect to',
  });
  return null;
}

function addressFrontend(context: Context, service: ServiceConfig, vip: string, pointer: string): Frontend | null {
  if (service.match !== undefined) contradiction(context, pointer, "match", "vip");
  const address = context.address(vip, `${pointer}/vip`);
  if (service.port === undefined) {
    context.report("MISSING_KEY", {
      pointer,
      message: `the service ${JSON.stringify(service.name)} lacks "port"`,
      hint: 'add "port", for example "port": 80; 0 is every port, with "persistence"',
    });
  }
  if (address === null || service.port === undefined) return null;
  return { kind: "address", vip: address, protocol: service.protocol ?? defaults.protocol, port: service.port };
}

function markFrontend(context: Context, service: ServiceConfig, mark: number, pointer: string): Frontend | null {
  if (service.port !== undefined) contradiction(context, pointer, "port", "fwmark");
  if (service.protocol !== undefined) contradiction(context, pointer, "protocol", "fwmark");
  if (service.match === undefined) {
    context.report("MISSING_KEY", {
      pointer,
      message: `the service ${JSON.stringify(service.name)} lacks "match"`,
      hint: 'add "match": which VIPs, protocols and ports get the mark',
    });
    return null;
  }
  const matches = service.match.map((match, index) => resolveMatch(context, match, child(`${pointer}/match`, index)));
  const complete = matches.filter((match) => match !== null);
  return complete.length === 0 ? null : { kind: "fwmark", mark, matches: complete };
}

function resolveMatch(context: Context, match: Match, pointer: string): MarkMatch | null {
  const vip = context.address(match.vip, `${pointer}/vip`);
  const ports = portRange(match.port ?? 0);
  if (ports === "bad") {
    context.report("BAD_PORT_RANGE", {
      pointer: `${pointer}/port`,
      message: `${JSON.stringify(match.port)} is no range of ports`,
      hint: 'the first port is not above the last, and that is not above 65535, as in "8000-8099"',
    });
  }
  // Without what was faulty it would be a wider one.
  const isWhole = (["protocol", "port", "source", "interface"] as const).every(
    (key) => !context.wasWritten(`${pointer}/${key}`),
  );
  const source = match.source === undefined ? null : sourceOf(context, match.source, `${pointer}/source`);
  if (vip === null || ports === "bad" || source === "bad" || !isWhole) return null;
  return {
    pointer,
    vip,
    protocol: match.protocol ?? (ports === null ? null : defaults.protocol),
    ports,
    source,
    interface: match.interface ?? null,
  };
}

/** Of which family it is, is compared with the VIP's among the checks. */
function sourceOf(context: Context, text: string, pointer: string): Cidr | "bad" {
  return context.cidr(text, pointer, text.includes(":") ? 6 : 4) ?? "bad";
}

/** Null: every port. */
function portRange(port: number | string): readonly [number, number] | null | "bad" {
  if (typeof port === "number") return port === 0 ? null : [port, port];
  const [first = 0, last = 0] = port.split("-").map(Number);
  return first <= last && last <= 65535 ? [first, last] : "bad";
}

function contradiction(context: Context, pointer: string, key: string, other: string): void {
  context.report("CONTRADICTING_KEYS", {
    pointer: `${pointer}/${key}`,
    part: "key",
    message: `"${key}" has no meaning beside "${other}"`,
    hint:
      other === "fwmark" ? 'say it in "match", which decides what gets the mark' : `take "${key}" out, or use "fwmark"`,
    related: [{ pointer: `${pointer}/${other}`, part: "key", message: "contradicts it" }],
  });
}

/** Every VIP once, in the order written. */
export function vipsOf(frontend: Frontend): Address[] {
  return frontend.kind === "address" ? [frontend.vip] : [...new Set(frontend.matches.map(({ vip }) => vip))];
}
