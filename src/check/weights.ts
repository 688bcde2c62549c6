import { unweighted } from "../lvs/schedulers.ts";
import { realServerPointer } from "../model.ts";
import { surveyOf } from "./entries.ts";
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

/** A share that the scheduler does not look at. */
export const ignoredWeights: Rule = (cluster, report) => {
  for (const [service, index] of surveyOf(cluster).unequal) {
    const { scheduler, name, pointer } = service;
    if (!unweighted.includes(scheduler)) continue;
    const better = scheduler === "dh" ? "use a weighted scheduler" : `use "w${scheduler}"`;
    report("WEIGHTS_IGNORED", {
      pointer: `${pointer}/scheduler`,
      message: `the scheduler ${scheduler} ignores weights, and those of ${JSON.stringify(name)} differ`,
      hint: `${better}, or take the weights out`,
      related: [{ pointer: `${realServerPointer(service, index)}/weight`, message: "has no effect" }],
    });
  }
};
