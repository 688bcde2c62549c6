import type { Service } from "../model.ts";
import { carries } from "./match.ts";
import { portOf } from "./port.ts";

/** The port that a check asks. Null: that of the real server's entry, which behind a mark is none. */
export function askedPort({ check, frontend }: Service): number | null {
  if (check.port !== null || frontend.kind === "address") return check.port;
  const protocol = check.type === "udp" ? "udp" : "tcp";
  const match = frontend.matches.find((one) => one.ports !== null && carries(one, protocol));
  return match?.ports?.[0] ?? null;
}

/** Whether what the check asks of a real server is what a client gets through the VIP at this port: behind NAT under another one. */
export function isAskedThrough(service: Service, port: number): boolean {
  const { check, realServers } = service;
  if (check.port === null || check.port === port) return true;
  return realServers.some((server) => portOf(service, server) === check.port);
}
