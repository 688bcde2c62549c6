/** A step of a change: what is done on which hosts. */
import type { ScriptRole } from "./change.ts";

export interface Step {
  readonly action: "apply" | "uninstall" | "by-hand";
  /** `director.sh`; null by hand. */
  readonly script: string | null;
  readonly hosts: readonly string[];
  /** Whose script: an uninstall of a role that no host has any more is in the former bundle alone. */
  readonly bundle: "new" | "former";
  readonly why: string;
  /** Those of the hosts that a director sends clients to already for what they get by this step; left out: none. */
  readonly awaited?: readonly string[];
  /** Those of the hosts that an uninstall leaves with the same role of the cluster's new name; left out: none. */
  readonly staying?: readonly string[];
}

export interface Order {
  readonly steps: readonly Step[];
  /** What no order can do without an interruption. */
  readonly notes: readonly string[];
}

/** What is shared first, then what serves, then what sends clients there. */
export const forward: readonly ScriptRole[] = ["nfs", "realserver", "director"];

/** Why directors are done in an order that the virtual addresses decide, wherever they are when the step begins. */
export const holderFirst = "first on the one that has the virtual addresses, then on the others";
export const holderLast = "one after the other, the one that has the virtual addresses last, with verify on each";

export function byHand(hosts: readonly string[], why: string): Step {
  return { action: "by-hand", script: null, hosts, bundle: "new", why };
}
