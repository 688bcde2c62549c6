import { type Change, change } from "./change.ts";
import { joined } from "./joined.ts";
import { withKeptScripts } from "./kept-scripts.ts";
import { orderOf } from "./order.ts";
import { type BundleText, type NoBundle, readSnapshot } from "./read/index.ts";
import { formerly } from "./renamed.ts";
import { resourceChanges } from "./resources/index.ts";
import type { Difference } from "./result.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Order } from "./step.ts";
import { failoverChanges } from "./topics/failover.ts";
import { healthChanges } from "./topics/health.ts";
import { clusterChanges, hostChanges } from "./topics/hosts.ts";
import { type DirectorPair, directorPairs, type Names, namesOf, serviceSubject } from "./topics/pair.ts";
import { movedServices, serviceChanges } from "./topics/services.ts";
import { shareChanges } from "./topics/shares.ts";
import { textChanges } from "./topics/texts.ts";
import { harmless } from "./verdict.ts";

/** Compares two bundles. */
export function difference(
  old: BundleText,
  next: BundleText,
): Difference | (NoBundle & { readonly side: "old" | "new" }) {
  const [former, latter] = [readSnapshot(old), readSnapshot(next)];
  if ("kind" in former) return { ...former, side: "old" };
  if ("kind" in latter) return { ...latter, side: "new" };
  if (former.host !== latter.host) return { ...ofOneHost(former, latter), side: former.host === null ? "new" : "old" };
  const [before, after] = withKeptScripts(former, latter);
  const changes = joined(allChanges(formerly(before, after.cluster), after, before));
  return { kind: "difference", clusters: [before.cluster, after.cluster], changes, ...orderIn(before, after, changes) };
}

/** A host's own bundle has nothing of the others: they would all seem to come, or to leave. */
function ofOneHost(before: Snapshot, after: Snapshot): NoBundle {
  const [one, other] = before.host === null ? [after.host, before.host] : [before.host, after.host];
  return {
    kind: "unreadable",
    file: "manifest.json",
    message:
      other === null
        ? `is of the host ${one} alone, and the other one of all hosts`
        : `is of the host ${one} alone, and the other one of ${other}`,
    hint: "compare two folders of the same host, or two whole bundles",
  };
}

function orderIn(before: Snapshot, after: Snapshot, changes: readonly Change[]): Order {
  return changes.length === 0 ? { steps: [], notes: [] } : orderOf(before, after, changes);
}

/** @param old with the names of the new cluster where files are named after it; `original` as it was */
function allChanges(old: Snapshot, next: Snapshot, original: Snapshot): readonly Change[] {
  const names = namesOf(old, next);
  const pairs = directorPairs(old, next);
  const [first = { old: nothing, new: nothing, remakesServices: false, beforehand: new Set<string>() }] = pairs;
  const ofServices = pairs.flatMap((pair) => {
    const moved = movedServices(pair, old.serviceNames, next.serviceNames);
    return [...serviceChanges(pair, names, moved), ...healthChanges(pair, names, moved)];
  });
  const found = [
    ...clusterChanges(original, next),
    ...renamedServices(old, next, names),
    ...ofServices,
    ...hostChanges(old, next),
    ...shareChanges(old, next),
    ...failoverChanges(old, next),
    ...resourceChanges(old, next, first, names),
  ];
  return [...found, ...textChanges(old, next, found)];
}

const nothing: DirectorPair["old"] = { table: new Map(), keepalived: null, sorry: new Set(), marks: [] };

function renamedServices(old: Snapshot, next: Snapshot, names: Names): readonly Change[] {
  return [...next.serviceNames].flatMap(([key, name]) => {
    const was = old.serviceNames.get(key);
    if (was === undefined || was === name) return [];
    const subject = serviceSubject(key, names);
    return [
      change("service-name", subject, "name", [was, name], harmless("the table knows services by their addresses")),
    ];
  });
}
