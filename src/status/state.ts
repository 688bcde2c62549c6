/** How a role of a host stands; from what is well to what is worst. */
export const states = ["as-described", "drained", "old", "confirm-pending", "pending", "never-seen", "failed"] as const;

export type State = (typeof states)[number];

/** What a person reads. */
export const stateWords: Readonly<Record<State, string>> = {
  "as-described": "as described",
  drained: "drained",
  old: "old",
  "confirm-pending": "confirm pending",
  pending: "pending",
  "never-seen": "never seen",
  failed: "failed",
};

/** What monitoring makes of it, as plugins of Nagios have it: 0 well, 1 a warning, 2 critical. */
export function gravityOf(state: State): 0 | 1 | 2 {
  if (state === "as-described") return 0;
  return state === "failed" || state === "never-seen" ? 2 : 1;
}

export function worse(a: State, b: State): State {
  return states.indexOf(a) >= states.indexOf(b) ? a : b;
}
