import type { Scheduler } from "../ipvs.ts";

/** Schedulers whose code in the kernel reads of the weight only whether it is 0. */
export const unweighted: readonly Scheduler[] = ["rr", "lc", "dh"];

/** The kernel module of a scheduler. */
export function schedulerModule(scheduler: Scheduler): string {
  return `ip_vs_${scheduler}`;
}
