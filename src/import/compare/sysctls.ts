/** Settings of the kernel: those of the description, and those that lvsgen makes for what a host does. */
import type { PlannedHost } from "../describe/index.ts";
import { settingKey } from "../host/setting-name.ts";
import type { PlannedScripts } from "../imported.ts";
import type { Teller } from "./difference.ts";
import { type BuiltParts, obstacleOfHost } from "./parts.ts";

const topic = "kernel settings";

/** Of the same setting the last one counts, as when a host reads its files. */
export function compareSysctls(
  planned: readonly PlannedHost[],
  plan: PlannedScripts | null,
  parts: BuiltParts,
  teller: Teller,
): void {
  const made = madeByScripts(plan);
  const hosts = new Map(parts.cluster.hosts.map((host) => [host.name, host]));
  for (const { name, found } of planned) {
    const host = hosts.get(name);
    if (found === null || host === undefined || obstacleOfHost(parts, host) !== null) continue;
    const last = new Map(found.sysctls.map((one) => [settingKey(one.name), one]));
    const described = new Map(host.sysctls.map((one) => [settingKey(one.key), one]));
    for (const [key, { value, place }] of last) {
      const own = described.get(key);
      const ours = made.get(name)?.get(key);
      teller.compare(topic, {
        ...{ what: `${key} on ${name}`, place, was: value, becomes: own?.value ?? ours ?? null },
        ...{ at: own?.pointer ?? `${host.pointer}/sysctls` },
        ...(own === undefined && ours !== undefined ? { reason: "lvsgen makes the setting itself" } : {}),
        remedy:
          ours === undefined || own !== undefined
            ? 'say it in "sysctls" of the host'
            : "see whether the host needs the former value for something else",
      });
    }
    for (const [key, { value, pointer }] of described)
      if (!last.has(key))
        teller.differs(topic, {
          ...{ what: `${key} on ${name}`, place: null, was: null, becomes: value, at: pointer },
          remedy: "take it out",
        });
  }
}

/** Those that the description does not say, by host and setting. */
function madeByScripts(plan: PlannedScripts | null): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const made = new Map<string, Map<string, string>>();
  for (const { hosts } of plan?.scripts ?? [])
    for (const { host, sections } of hosts) {
      const own = made.get(host.name) ?? new Map<string, string>();
      made.set(host.name, own);
      for (const { resource } of sections.flatMap(({ wants }) => wants))
        if (resource.kind === "sysctl" && resource.described !== true)
          own.set(settingKey(String(resource.key)), String(resource.value));
    }
  return made;
}
