import type { Setting } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import { modulesFile, sysctlFile } from "../naming.ts";
import type { Resource } from "../resource.ts";

/**
 * Settings that hold at once and last by a file of their own: live first, so that what a power cut leaves behind for
 * the next boot is in the journal already.
 */
export function kernelSettings(cluster: string, role: string, settings: readonly Setting[]): Resource[] {
  if (settings.length === 0) return [];
  return [
    ...settings.map(({ key, value, pointer }): Resource => {
      const setting = { kind: "sysctl", key, value } as const;
      return pointer === undefined ? setting : { ...setting, pointer, described: true };
    }),
    {
      kind: "file",
      path: sysctlFile(cluster, role),
      content: { template: "files/sysctl", view: { settings: byReason(settings) } },
      ...rootOwned,
    },
  ];
}

/** Neighbours with the same reason share one comment. */
function byReason(settings: readonly Setting[]): { why: string; settings: Setting[] }[] {
  const groups: { why: string; settings: Setting[] }[] = [];
  for (const setting of settings) {
    const last = groups.at(-1);
    if (last?.why === setting.why) last.settings.push(setting);
    else groups.push({ why: setting.why, settings: [setting] });
  }
  return groups;
}

/** Modules that are loaded now and at every boot, before systemd-sysctl sets what only they know (pitfall 18). */
export function kernelModules(cluster: string, role: string, modules: readonly string[]): Resource[] {
  if (modules.length === 0) return [];
  return [
    ...modules.map((name): Resource => ({ kind: "module", name })),
    {
      kind: "file",
      path: modulesFile(cluster, role),
      content: { template: "files/modules-load", view: { modules } },
      ...rootOwned,
    },
  ];
}
