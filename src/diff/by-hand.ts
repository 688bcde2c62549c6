/** What no script does: another system on a host, and other addresses of its own. */
import type { Change, ScriptRole } from "./change.ts";
import { hostsOf, type Snapshot } from "./snapshot.ts";
import { byHand, forward, type Step } from "./step.ts";

const install = "drain it, install the described system, and bring it up";
const installDirector =
  "where another director takes its virtual addresses, they go there first: systemctl stop keepalived.service; then install the described system, and bring it up";
const readdress = "give the host its new addresses, by its console or by another way in";

/** Nothing is left there of what was, so every script of such a host is run, whether or not it differs. */
export function reinstalledHosts(changes: readonly Change[]): readonly string[] {
  return hostsWith("platform", changes);
}

/**
 * Host by host, each with all of its scripts before the next one, so that the others serve meanwhile.
 *
 * @param why by the role of a script
 * @returns those that share, those that serve, and those that send clients there (the first described has the virtual addresses: it is the last)
 */
export function reinstalling(
  next: Snapshot,
  hosts: readonly string[],
  why: Readonly<Record<ScriptRole, string>>,
): Readonly<Record<ScriptRole, readonly Step[]>> {
  const roles = (host: string): readonly ScriptRole[] => forward.filter((role) => hostsOf(next, role).includes(host));
  const stageOf = (host: string): ScriptRole | undefined =>
    (["director", "nfs", "realserver"] as const).find((role) => roles(host).includes(role));
  const of = (stage: ScriptRole): readonly Step[] => {
    const those = hostsOf(next, stage).filter((host) => hosts.includes(host) && stageOf(host) === stage);
    return (stage === "director" ? [...those].reverse() : those).flatMap((host) => [
      byHand([host], stage === "director" ? installDirector : install),
      ...roles(host).map(
        (role): Step => ({ action: "apply", script: `${role}.sh`, hosts: [host], bundle: "new", why: why[role] }),
      ),
    ]);
  };
  return { nfs: of("nfs"), realserver: of("realserver"), director: of("director") };
}

export function readdressing(changes: readonly Change[]): Step {
  return byHand(hostsWith("host-address", changes), readdress);
}

/** The hosts of such steps that are installed anew. */
export function installedBy(steps: readonly Pick<Step, "why" | "hosts">[]): readonly string[] {
  return steps.flatMap(({ why, hosts }) => (why === install || why === installDirector ? hosts : []));
}

/** The hosts of such steps that get other addresses. */
export function readdressedBy(steps: readonly Pick<Step, "why" | "hosts">[]): readonly string[] {
  return steps.flatMap(({ why, hosts }) => (why === readdress ? hosts : []));
}

function hostsWith(rule: string, changes: readonly Change[]): readonly string[] {
  const those = changes.filter((one) => one.rule === rule && one.verdict !== "none");
  return [...new Set(those.flatMap(({ subject }) => (subject.kind === "hosts" ? subject.names : [])))];
}
