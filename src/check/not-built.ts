import type { Cluster } from "../model.ts";
import type { Rule } from "./rule.ts";

interface Use {
  readonly pointer: string;
  readonly part?: "key";
}

/** A part of the format that the schema accepts and the plan stage cannot compile yet. */
interface NotBuilt {
  readonly name: string;
  /** Where the description uses it. */
  readonly uses: (cluster: Cluster) => readonly Use[];
}

/** What is built is deleted here. */
const notBuilt: readonly NotBuilt[] = [
  { name: "director failover", uses: ({ ha }) => (ha ? [{ pointer: "/ha", part: "key" }] : []) },
];

/** Nothing that is described is left out in silence. */
export const notCompiledYet: Rule = (cluster, report) => {
  for (const { name, uses } of notBuilt) {
    for (const place of uses(cluster)) {
      report("NOT_COMPILED_YET", {
        ...place,
        message: `lvsgen does not build ${name} yet`,
        hint: "take it out, or use a later version of lvsgen",
      });
    }
  }
};
