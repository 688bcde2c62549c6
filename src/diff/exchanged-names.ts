/** A cluster of another name: to its hosts it is another cluster. */
import { hostsOf, partOf, type Snapshot } from "./snapshot.ts";
import { forward, type Order, type Step } from "./step.ts";

/** Both names are there for a while, but where a director runs keepalived, which has one file on a host. */
export function renamed(old: Snapshot, next: Snapshot): Order {
  const comes = "the new name is there before the former one goes";
  const exchanged = hostsOf(next, "director").filter((host) => runsKeepalived(old, host) && runsKeepalived(next, host));
  const rest = (hosts: readonly string[]): readonly string[] => hosts.filter((host) => !exchanged.includes(host));
  const steps = [
    ...forward.map((role): Step => {
      const hosts = hostsOf(next, role);
      return {
        action: "apply",
        script: `${role}.sh`,
        hosts: role === "director" ? rest(hosts) : hosts,
        bundle: "new",
        why: comes,
      };
    }),
    // The first described has the virtual addresses: it is the last.
    ...[...exchanged].reverse().flatMap((host): readonly Step[] => [
      {
        action: "uninstall",
        script: "director.sh",
        hosts: [host],
        bundle: "former",
        why: "there is one keepalived on a host: it hands the virtual addresses over, where another director takes them",
      },
      {
        action: "apply",
        script: "director.sh",
        hosts: [host],
        bundle: "new",
        why: "right after it, and before the next director: until then nothing of the cluster is there",
      },
    ]),
    ...[...forward].reverse().map((role): Step => {
      const hosts = role === "director" ? rest(hostsOf(old, role)) : hostsOf(old, role);
      const staying = hosts.filter((host) => hostsOf(next, role).includes(host));
      return {
        action: "uninstall",
        script: `${role}.sh`,
        hosts,
        bundle: "former",
        why: "what both describe stays in force",
        ...(staying.length > 0 ? { staying } : {}),
      };
    }),
  ].filter(({ hosts }) => hosts.length > 0);
  return { steps, notes: exchanged.length === 0 ? [] : [noteOf(exchanged)] };
}

function noteOf(directors: readonly string[]): string {
  const [only = ""] = directors;
  return directors.length === 1
    ? `${only} runs one keepalived, for one cluster: between the uninstall of the former name and the apply of the new one nobody is served. Agree upon a time.`
    : `${directors.join(", ")}: each runs one keepalived, for one cluster, so the former name goes from a director before the new one comes to it. The other one serves meanwhile: one after the other, the one that has the virtual addresses last (bash director.sh status says master), whatever the order below.`;
}

function runsKeepalived(side: Snapshot, host: string): boolean {
  return partOf(side, host, "director")?.declared.some(({ kind }) => kind === "keepalived") === true;
}
