import type { Contribution } from "./contribution.ts";
import { wantOf } from "./kinds/index.ts";
import { mergedOpenings } from "./opening.ts";
import { type Phase, phases } from "./phases.ts";
import type { Resource } from "./resource.ts";
import { roles } from "./roles.ts";
import { bootUnit } from "./sinks/boot.ts";
import { kernelModules, kernelSettings } from "./sinks/kernel.ts";
import { firewall, selinux } from "./sinks/protection.ts";
import type { Site } from "./site.ts";
import type { Section, Want } from "./want.ts";

/** What a host gets in one of its roles, phase by phase: every feature of the role runs once. */
export function sectionsOf(at: Site): Section[] {
  const contributions = roles[at.role].map((feature) => feature(at));
  const wants = new Map<Phase, Want[]>();
  const add = (given: Contribution["resources"], origin: string): void => {
    for (const [phase, resources = []] of Object.entries(given ?? {}) as [Phase, readonly Resource[]][]) {
      const known = wants.get(phase) ?? [];
      for (const resource of resources) known.push(wantOf(resource, resource.pointer ?? origin));
      wants.set(phase, known);
    }
  };
  add(joined(at, contributions), at.pointer);
  for (const { resources, pointer = at.pointer } of contributions) add(resources, pointer);
  return phases.flatMap(({ name, title }) => {
    const found = wants.get(name) ?? [];
    return found.length === 0 ? [] : [{ title: title(at.host, at.role), wants: found }];
  });
}

/** What the features give bit by bit, each as the resources of its phase. */
function joined(at: Site, all: readonly Contribution[]): Contribution["resources"] {
  const { cluster, host, role } = at;
  const each = <T>(of: (one: Contribution) => readonly T[] | undefined): T[] => all.flatMap((one) => of(one) ?? []);
  return {
    packages: unique(each(({ packages }) => packages)).map((name) => ({ kind: "package", name })),
    modules: kernelModules(cluster.name, role, unique(each(({ modules }) => modules))),
    settings: kernelSettings(
      cluster.name,
      role,
      each(({ settings }) => settings),
    ),
    firewall: firewall(host, mergedOpenings(each(({ openings }) => openings))),
    selinux: selinux(
      host,
      each(({ booleans }) => booleans),
    ),
    ...bootUnit(at, {
      after: each(({ boot }) => boot?.after),
      commands: each(({ boot }) => boot?.commands),
      flushedBy: unique(each(({ boot }) => boot?.flushedBy)),
    }),
  };
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}
