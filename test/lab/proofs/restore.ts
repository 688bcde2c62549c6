/** Rollback and uninstall: each host is again what it was before the first apply. */
import type { Bench, Proof } from "../bench.ts";
import type { Host } from "../host.ts";
import type { Step } from "./bundle.ts";
import type { Cluster } from "./cluster.ts";
import type { Site } from "./site.ts";
import { difference, type State, stateOf } from "./state.ts";

/** Sections of a state that have to be the same; see state.sh. */
const sections = [
  ...["addresses", "routes", "sysctls", "table", "firewall", "mounts", "exports"],
  ...["enabled", "active", "files", "contents"],
];

const expected = [
  // What a kernel module brings stays until it is unloaded, and scripts do not unload what others may use.
  /^\+ net\.(ipv[46]\.vs\.|netfilter\.|nf_conntrack_|ipv[46]\.(conf|neigh)\.tunl0\.)/,
  // By the memory that was free at boot.
  /^. net\.ipv4\.(inet_peer_threshold|tcp_mem|tcp_rmem|tcp_wmem|udp_mem) /,
  // Given on the kernel's command line, and written by systemd at every boot.
  /^. \/etc\/machine-id /,
  // The record of what was done; after uninstall it has a check of its own.
  /^. \/var\/lib\/lvsgen/,
];

export const rollbackProof = (site: Site): Proof => ({
  name: "rollback",
  title: "after a rollback each host is what it was before the first apply",
  async run(bench) {
    const cluster = await site.applied(bench);
    await undo(bench, cluster, "rollback");
    await compareAll(bench, site, "rollback");
    await cluster.everywhere("apply");
    await cluster.verified("applied once more, verify passes on every host");
  },
});

export const uninstallProof = (site: Site): Proof => ({
  name: "uninstall",
  title: "after uninstall each host is what it was before the first apply",
  async run(bench) {
    const cluster = await site.applied(bench);
    await undo(bench, cluster, "uninstall");
    await compareAll(bench, site, "uninstall");
    const left = "ls -d /var/lib/lvsgen /usr/lib/lvsgen /etc/lvsgen /etc/systemd/system/*lvsgen* 2>/dev/null";
    for (const host of site.before.keys()) {
      bench.book.equal(`${host}: no record is left`, (await bench.host(host).run(left)).out, "");
    }
  },
});

/** Runs the command of every script, the last applied first. */
async function undo(bench: Bench, cluster: Cluster, command: string): Promise<void> {
  const one = async (step: Step): Promise<void> => {
    const told = await cluster.tell(step, command);
    bench.book.check(`${command} of ${step.script} on ${step.host}`, told.code === 0, told.text);
  };
  for (const steps of cluster.turns.toReversed()) await Promise.all(steps.map(one));
}

async function compareAll(bench: Bench, site: Site, command: string): Promise<void> {
  await Promise.all([...site.before].map(([name, before]) => compare(bench, bench.host(name), before, command)));
}

/** One check a host, that shows every line of its state that is not as it was. */
export async function compare(bench: Bench, host: Host, before: State, command: string): Promise<void> {
  const after = await stateOf(host);
  const lines = sections.flatMap((section) =>
    difference(before, after, section)
      .filter((line) => !expected.some((pattern) => pattern.test(line)))
      .map((line) => `${section}: ${line}`),
  );
  bench.book.check(
    `${host.name} after ${command} is what it was: ${sections.join(", ")}`,
    lines.length === 0,
    lines.join("\n"),
  );
}
