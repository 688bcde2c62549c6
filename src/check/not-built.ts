import type { Cluster, NetworkBackend, PlatformName } from "../model.ts";
import type { Rule } from "./rule.ts";

interface Place {
  readonly pointer: string;
  readonly part?: "key";
  /** What exactly, where the name of the row is not enough. */
  readonly detail?: string;
}

/** A part of the format that the schema accepts and the plan stage cannot compile yet. */
interface NotBuilt {
  readonly name: string;
  /** Where the description uses it. */
  readonly uses: (cluster: Cluster) => readonly Place[];
}

/** The platforms that are built, with their own network back end: the one that is. */
const built: Partial<Record<PlatformName, NetworkBackend>> = { el7: "ifcfg", debian12: "ifupdown" };

/** What is built is deleted here. */
const notBuilt: readonly NotBuilt[] = [
  { name: "director failover", uses: ({ ha }) => (ha ? [{ pointer: "/ha", part: "key" }] : []) },
  {
    name: "the platform",
    uses: ({ hosts }) =>
      hosts
        .filter(({ platform }) => built[platform] === undefined)
        .map(({ pointer, platform }) => ({ pointer: `${pointer}/platform`, detail: platform })),
  },
  {
    name: "the network back end",
    uses: ({ hosts }) =>
      hosts
        .filter(({ platform, network }) => network !== null && network !== built[platform])
        .map(({ pointer, network }) => ({ pointer: `${pointer}/network`, detail: `${network}` })),
  },
];

/** Nothing that is described is left out in silence. */
export const notCompiledYet: Rule = (cluster, report) => {
  for (const { name, uses } of notBuilt) {
    for (const { detail, ...place } of uses(cluster)) {
      report("NOT_COMPILED_YET", {
        ...place,
        message: `lvsgen does not build ${detail === undefined ? name : `${name} ${detail}`} yet`,
        hint: "take it out, or use a later version of lvsgen",
      });
    }
  }
};
