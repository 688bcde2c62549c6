import type { Cluster, Host } from "../model.ts";
import { namesOf } from "./names.ts";
import type { Report, Rule } from "./rule.ts";

/** `disable` opens the host to everything. */
export const firewallOff: Rule = (cluster, report) => {
  warn(
    cluster,
    "FIREWALL_OFF",
    "firewall",
    ({ firewall }) => firewall === "disable",
    (names) => ({
      message: `the firewall of ${names} is turned off`,
      hint: '"open" opens just what the role needs',
    }),
    report,
  );
};

/** `permissive` protects nothing. */
export const selinuxOff: Rule = (cluster, report) => {
  warn(
    cluster,
    "SELINUX_OFF",
    "selinux",
    ({ selinux }) => selinux === "permissive",
    (names) => ({
      message: `SELinux of ${names} is made permissive`,
      hint: '"keep" sets just the booleans and contexts that the role needs',
    }),
    report,
  );
};

/** One warning for all hosts, at the first: the setting mostly comes from `defaults`. */
function warn(
  { hosts }: Cluster,
  code: "FIREWALL_OFF" | "SELINUX_OFF",
  key: string,
  isOff: (host: Host) => boolean,
  say: (names: string) => { readonly message: string; readonly hint: string },
  report: Report,
): void {
  // The client test touches neither.
  const found = hosts.filter((host) => isOff(host) && host.roles.some((role) => role !== "client"));
  const [first] = found;
  if (first === undefined) return;
  report(code, { pointer: `${first.pointer}/${key}`, ...say(namesOf(found)) });
}
