import type { Change } from "./change.ts";
import type { Order } from "./step.ts";

/** What leads from one bundle to another. */
export interface Difference extends Order {
  readonly kind: "difference";
  readonly clusters: readonly [former: string, now: string];
  /** In the order of a reader: the cluster, its services, its hosts. Empty where nothing differs. */
  readonly changes: readonly Change[];
}
