import { expand } from "../../../src/expand/index.ts";
import type { Config } from "../../../src/generated/config.ts";
import type { Contribution, Feature } from "../../../src/plan/contribution.ts";
import { wantOf } from "../../../src/plan/kinds/index.ts";
import type { Phase } from "../../../src/plan/phases.ts";
import type { Resource } from "../../../src/plan/resource.ts";
import { type ScriptRole, type Site, siteOf } from "../../../src/plan/site.ts";
import { resolve } from "../../../src/resolve/index.ts";

const base: Config = {
  version: 1,
  name: "kgc",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: {
    lb: { address: "192.168.80.10/24", address6: "2001:db8::10/64" },
    web: { address: "192.168.80.12/24", address6: "2001:db8::12/64" },
    nas: { address: "192.168.80.13/24" },
  },
  directors: ["lb"],
  services: [],
};

/** The one service of {@link base}, with changes. */
export function service(changes: object = {}): Config["services"][number] {
  return { name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web" }], ...changes };
}

/** A host of a small cluster in one of its roles. */
export function site(name: string, role: ScriptRole, changes: Partial<Config> = {}): Site {
  const { cluster, diagnostics } = resolve(expand({ ...base, services: [service()], ...changes }).config);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const host = cluster.hosts.find((one) => one.name === name);
  if (host === undefined) throw new Error(`no host ${name}`);
  return siteOf(cluster, role, host);
}

/** `base.hosts` with changes to one of them. */
export function hosts(name: string, changes: object): Pick<Config, "hosts"> {
  return { hosts: { ...base.hosts, [name]: { ...base.hosts[name], ...changes } } };
}

/** What a feature gives, to be read: resources as the words of their `want`, by phase; what is empty is left out. */
export function contributed(feature: Feature, at: Site): Record<string, unknown> {
  const { resources = {}, settings = [], openings = [], boot, ...lists } = feature(at);
  const phases = Object.entries(resources) as [Phase, readonly Resource[]][];
  const all = {
    ...lists,
    settings: settings.map(({ key, value }) => `${key}=${value}`),
    openings: openings.map(({ what, devices }) => [what, ...devices].join(" on ")),
    boot: boot?.commands ?? [],
    flushedBy: boot?.flushedBy ?? [],
    after: boot?.after ?? [],
    ...Object.fromEntries(phases.map(([phase, list]) => [phase, list.map(words)])),
  } satisfies Record<string, unknown> & Partial<Record<keyof Contribution, unknown>>;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0));
}

export function words(resource: Resource): string {
  return wantOf(resource, "").words.join(" ");
}
