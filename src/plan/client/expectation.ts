import type { Service } from "../../model.ts";

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

export function expectation(service: Service): Expectation {
  const { scheduler, schedulerFlags } = service;
  const weights = liveWeights(service);
  if (weights.length === 0) return { kind: "any", reason: "every real server has weight 0" };
  const limit = lowestThreshold(service);
  if (limit <= longest)
    return { kind: "any", reason: `a real server takes no more than ${limit} connections (upperThreshold)` };
  if (service.persistence !== null) return { kind: "one", persistent: true };
  switch (scheduler) {
    case "rr":
      return { kind: "rounds", even: true, round: weights.length };
    case "wrr":
      return { kind: "rounds", even: false, round: sum(weights) / weights.reduce(greatestCommonDivisor) };
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
export function defaultRequests(service: Service, expected: Expectation): number {
  switch (expected.kind) {
    case "rounds": {
      const wanted = enough(service);
      const whole = Math.ceil(wanted / expected.round) * expected.round;
      return whole <= longest ? whole : expected.round <= longest ? expected.round : wanted;
    }
    case "shares":
      return enough(service);
    case "one":
    case "few":
    case "highest":
    case "overflow":
    case "any":
      return 20;
  }
}

function enough(service: Service): number {
  return Math.min(longest, Math.max(20, 4 * liveWeights(service).length));
}

function liveWeights({ realServers }: Service): number[] {
  return realServers.map(({ weight }) => weight).filter((weight) => weight > 0);
}

/** Of the real servers that get connections at all; infinite where none has a threshold. */
function lowestThreshold({ realServers }: Service): number {
  return realServers.reduce(
    (lowest, { weight, upperThreshold }) =>
      weight > 0 && upperThreshold > 0 ? Math.min(lowest, upperThreshold) : lowest,
    Number.POSITIVE_INFINITY,
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
