import { realServerPointer, type Scheduler, type Service } from "../model.ts";
import type { Rule } from "./rule.ts";

/** Nothing to balance. */
export const singleRealServers: Rule = ({ services }, report) => {
  for (const { realServers, name, pointer } of services) {
    if (realServers.length !== 1) continue;
    report("SINGLE_REAL_SERVER", {
      pointer: `${pointer}/realservers`,
      part: "key",
      message: `the service ${JSON.stringify(name)} has a single real server`,
      hint: "add a second one, so that the service outlives the first",
    });
  }
};

/** A service that takes no connection at all. */
export const zeroWeights: Rule = ({ services }, report) => {
  for (const { realServers, name, pointer } of services) {
    if (realServers.length === 0 || realServers.some(({ weight }) => weight !== 0)) continue;
    report("ALL_WEIGHTS_ZERO", {
      pointer: `${pointer}/realservers`,
      part: "key",
      message: `every real server of ${JSON.stringify(name)} has weight 0, so that it takes no new connections`,
      hint: "give at least one of them a weight above 0",
    });
  }
};

/** Schedulers whose code in the kernel reads of the weight only whether it is 0. */
const unweighted: readonly Scheduler[] = ["rr", "lc", "dh"];

/** A share that the scheduler does not look at. */
export const ignoredWeights: Rule = ({ services }, report) => {
  for (const service of services) {
    if (!unweighted.includes(service.scheduler)) continue;
    const odd = firstDifferentWeight(service);
    if (odd === null) continue;
    report("WEIGHTS_IGNORED", {
      pointer: `${service.pointer}/scheduler`,
      message: `the scheduler ${service.scheduler} ignores weights, and those of ${JSON.stringify(service.name)} differ`,
      hint:
        service.scheduler === "dh"
          ? "use a weighted scheduler, or take the weights out"
          : `use "w${service.scheduler}", or take the weights out`,
      related: [{ pointer: `${realServerPointer(service, odd)}/weight`, message: "has no effect" }],
    });
  }
};

/** Index of the first entry with another weight than those before; weight 0 counts for every scheduler. */
function firstDifferentWeight({ realServers }: Service): number | null {
  let weight = 0;
  for (let index = 0; index < realServers.length; index++) {
    const found = realServers[index]?.weight ?? 0;
    if (found === 0) continue;
    if (weight !== 0 && found !== weight) return index;
    weight = found;
  }
  return null;
}
