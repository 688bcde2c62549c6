import type { Declared, Snapshot } from "./snapshot.ts";

/**
 * A snapshot as if its cluster had had the other name: what lvsgen names after the cluster (files, tables of nftables, chains,
 * instances of VRRP) would else differ everywhere.
 */
export function formerly(snapshot: Snapshot, cluster: string): Snapshot {
  if (snapshot.cluster === cluster) return snapshot;
  const text = (value: string): string => withName(value, snapshot.cluster, cluster);
  const declared = (one: Declared): Declared => ({
    ...one,
    words: one.words.map(text),
    text: one.text === null ? null : text(one.text),
  });
  return { ...snapshot, parts: snapshot.parts.map((part) => ({ ...part, declared: part.declared.map(declared) })) };
}

/** A text in which what is named after a cluster is named after another. */
export function withName(value: string, former: string, cluster: string): string {
  if (former === cluster) return value;
  const patterns: readonly (readonly [RegExp, string])[] = [
    [new RegExp(`(lvsgen-)${former}(?=-)`, "g"), `$1${cluster}`],
    [new RegExp(`(/etc/lvsgen/)${former}(?=/)`, "g"), `$1${cluster}`],
    [new RegExp(`(lvsgen_)${former.replaceAll("-", "_")}(?=_)`, "g"), `$1${cluster.replaceAll("-", "_")}`],
    [new RegExp(`(LVSGEN-(?:[A-Z]+-)?)${former}\\b`, "g"), `$1${cluster}`],
    [new RegExp(`(^vrrp_sync_group )${former}(?= \\{)`, "gm"), `$1${cluster}`],
    [new RegExp(`((?:^| ))${former}(?=-v[46](?: |$))`, "gm"), `$1${cluster}`],
  ];
  return patterns.reduce((all, [pattern, into]) => all.replaceAll(pattern, into), value);
}
