/** How the hosts of a step are parted: one first, then so many that each service keeps most of its real servers. */
import type { Step } from "../diff/step.ts";

export interface Sizes {
  /** Real servers that are done before all others. */
  readonly canary: number;
  /** `share`: so many per cent of each service's real servers at once, and at least one; `hosts`: so many hosts at once. */
  readonly batch:
    | { readonly kind: "share"; readonly percent: number }
    | { readonly kind: "hosts"; readonly count: number };
}

/** One, then a quarter. */
export const standardSizes: Sizes = { canary: 1, batch: { kind: "share", percent: 25 } };

export interface Part {
  readonly hosts: readonly string[];
  readonly isCanary: boolean;
}

/**
 * The batches of a step, in its order. Directors and NFS servers are one at a time: others depend on each of them. No batch has all real
 * servers of a service that has several, but where clients wait for the step: there all that follow the first are one batch.
 *
 * @param shares the machines behind each service
 */
export function batchesOf(step: Step, shares: readonly (readonly string[])[], sizes: Sizes): readonly Part[] {
  const { script, hosts, awaited = [] } = step;
  const one = (host: string): Part => ({ hosts: [host], isCanary: false });
  if (script !== "realserver.sh") return hosts.map(one);
  if (hosts.length === 1) return hosts.map(one);
  const first = parted(hosts.slice(0, sizes.canary), limitsOf(hosts, shares, sizes));
  const rest = hosts.slice(sizes.canary);
  const others =
    awaited.length > 0 ? [rest].filter((all) => all.length > 0) : parted(rest, limitsOf(hosts, shares, sizes));
  return [
    ...first.map((all) => ({ hosts: all, isCanary: true })),
    ...others.map((all) => ({ hosts: all, isCanary: false })),
  ];
}

interface Limit {
  readonly of: ReadonlySet<string>;
  readonly most: number;
}

/** How many of which hosts may be in one batch. */
function limitsOf(
  hosts: readonly string[],
  shares: readonly (readonly string[])[],
  { batch }: Sizes,
): readonly Limit[] {
  const share = (size: number): number =>
    batch.kind === "hosts" ? batch.count : Math.max(1, Math.floor((size * batch.percent) / 100));
  return [
    { of: new Set(hosts), most: share(hosts.length) },
    ...shares.map((behind) => ({
      of: new Set(behind),
      most: Math.max(1, Math.min(share(behind.length), behind.length - 1)),
    })),
  ];
}

function parted(hosts: readonly string[], limits: readonly Limit[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let left = hosts;
  while (left.length > 0) {
    const batch: string[] = [];
    const has = ({ of }: Limit): number => batch.filter((host) => of.has(host)).length;
    for (const host of left)
      if (limits.every((limit) => !limit.of.has(host) || has(limit) < limit.most)) batch.push(host);
    batches.push(batch);
    left = left.filter((host) => !batch.includes(host));
  }
  return batches;
}
