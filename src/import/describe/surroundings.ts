import type { Facts } from "../facts.ts";
import type { Ledger } from "../ledger.ts";

/** What services are described in. */
export interface Surroundings {
  readonly facts: Facts;
  readonly ledger: Ledger;
  /** Names of hosts by their addresses. */
  readonly hosts: ReadonlyMap<string, string>;
  /** On which interface a VIP is, where that is not the usual one. */
  readonly vipInterface: (vip: string) => string | null;
  /** The name of the director; null: there are several. */
  readonly director: string | null;
}
