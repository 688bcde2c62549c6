import type { Host } from "../model.ts";
import type { Rule } from "./rule.ts";

/** Files that lvsgen writes on some platform and in some role, whole or in part. */
const owned: readonly RegExp[] = [
  /^\/etc\/fstab$/,
  /^\/etc\/rc\.local$/,
  /^\/etc\/rc\.d\/rc\.local$/,
  /^\/etc\/sysconfig\/ipvsadm$/,
  /^\/etc\/ipvsadm\.rules$/,
  /^\/etc\/default\/ipvsadm$/,
  /^\/etc\/sysconfig\/network-scripts\/ifcfg-[^/]*:[^/]*$/,
  /^\/(?:etc|usr|run|var)\/(?:.*[/._-])?lvsgen(?:[/._-].*)?$/,
];

/** More paths of a host that a script of it writes, where someone can tell. */
export type OwnedPaths = (host: Host) => ReadonlySet<string>;

/** What lvsgen writes is described by other keys than `files`. */
export function lvsgenFiles(ownedPaths: OwnedPaths): Rule {
  return ({ hosts }, report) => {
    for (const host of hosts) {
      const others = ownedPaths(host);
      for (const { path, pointer } of host.files) {
        if (!others.has(path) && !owned.some((pattern) => pattern.test(path))) continue;
        report("PATH_OWNED_BY_LVSGEN", {
          pointer: `${pointer}/path`,
          message: `${path} is a file that lvsgen writes itself`,
          hint: "take it out, and describe with other keys what it is meant to do",
        });
      }
    }
  };
}
