import type { Service } from "../generated/config.ts";
import type { Reporter } from "./reporter.ts";

/** Real servers come from one place, and a weight for all of them is for those of a pool. */
export function contradictions(
  reporter: Reporter,
  { name, pool, realservers, weight }: Service,
  pointer: string,
): void {
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
