import type { RealServer, Service } from "../../model.ts";

/**
 * How a scheduler shares out connections that one client opens one after the other (net/netfilter/ipvs/ip_vs_*.c).
 *
 * - `rounds`: in a fixed rotation of `round` connections, `even` or by weight
 * - `shares`: near to even or to the weights. `hold`: the scheduler counts open connections, so that requests that are
 *   over before the next begins say little; the test holds a connection open behind each
 * - `one`: all to one real server (`persistent`: even one that has weight 0 by now); `few`: to one, which may change under load
 * - `highest`: to the one with the highest weight; `overflow`: to that until it is full
 * - `any`: nothing can be expected, for this reason
 */
export type Expectation =
  | { readonly kind: "rounds"; readonly even: boolean; readonly round: number }
  | { readonly kind: "shares"; readonly even: boolean; readonly hold: boolean }
  | { readonly kind: "one"; readonly persistent: boolean }
  | { readonly kind: "few" | "highest" | "overflow" }
  | { readonly kind: "any"; readonly reason: string };

/** Above this a test takes too long for a default, in requests. */
const longest = 1000;

/** Up to this a threshold is in reach of the test itself, in connections: those that are over count for a while. */
const tight = 200;

/**
 * What a client of a service is to see of its real servers, by the scheduler.
 *
 * The load is that of the service's list: who has weight 0 gets nothing, and a threshold within reach of the test leaves nothing to expect.
 */
export function expectation(service: Service, { live, round, limit }: Load): Expectation {
  const { scheduler, schedulerFlags } = service;
  if (live === 0) return { kind: "any", reason: "every real server has weight 0" };
  if (limit <= tight)
    return { kind: "any", reason: `a real server takes no more than ${limit} connections (upperThreshold)` };
  if (service.persistence !== null) return { kind: "one", persistent: true };
  switch (scheduler) {
    case "rr":
      return { kind: "rounds", even: true, round: live };
    case "wrr":
      return { kind: "rounds", even: false, round };
    case "lc":
      return { kind: "shares", even: true, hold: true };
    case "wlc":
    case "sed":
    case "nq":
    case "twos":
      return { kind: "shares", even: false, hold: true };
    case "sh":
    case "mh":
      return schedulerFlags.includes(`${scheduler}-port`)
        ? { kind: "shares", even: false, hold: false }
        : { kind: "one", persistent: false };
    case "dh":
      return { kind: "one", persistent: false };
    case "lblc":
    case "lblcr":
      return { kind: "few" };
    case "fo":
      return { kind: "highest" };
    case "ovf":
      return { kind: "overflow" };
  }
}

/** Some requests for every real server, and whole rounds where a round is short enough. */
export function defaultRequests({ live }: Load, expected: Expectation): number {
  const enough = Math.min(longest, Math.max(20, 4 * live));
  switch (expected.kind) {
    case "rounds": {
      const whole = Math.ceil(enough / expected.round) * expected.round;
      return whole <= longest ? whole : expected.round <= longest ? expected.round : enough;
    }
    case "shares":
      return enough;
    case "one":
    case "few":
    case "highest":
    case "overflow":
    case "any":
      return 20;
  }
}

/** What a list of real servers says about how connections are shared out over it. */
export interface Load {
  /** Real servers with a weight above 0. */
  readonly live: number;
  /** Connections of a round by weight: the weights without their common divisor. */
  readonly round: number;
  /** Lowest `upperThreshold` of those that are live; infinite where none has one. */
  readonly limit: number;
}

export function loadOf(realServers: readonly RealServer[]): Load {
  let live = 0;
  let sum = 0;
  let divisor = 0;
  let limit = Number.POSITIVE_INFINITY;
  for (const { weight, upperThreshold } of realServers) {
    if (weight === 0) continue;
    live++;
    sum += weight;
    divisor = greatestCommonDivisor(weight, divisor);
    if (upperThreshold > 0) limit = Math.min(limit, upperThreshold);
  }
  return { live, round: divisor === 0 ? 0 : sum / divisor, limit };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
