/** Power cuts in the middle of an apply: the host boots, and an apply brings it where an undisturbed one does. */
import { rm } from "node:fs/promises";
import type { Bench, Proof } from "../bench.ts";
import type { Host } from "../host.ts";
import { ArpWatch } from "./arp.ts";
import type { Step } from "./bundle.ts";
import type { Cluster } from "./cluster.ts";
import { compare } from "./restore.ts";
import type { Site } from "./site.ts";
import { type State, stateOf } from "./state.ts";

/** How much of the changes of a first apply are done when the power goes, on the first host; on each other one a tenth more. */
const points = [0.1, 0.5];
const further = 0.1;
/** Of these, the one after which hosts are first rolled back. */
const rolledBack = 0.5;
/** Each turn needs what the one before it has brought about; its hosts are cut at the same time. */
const turns = [["nfs.sh", "director.sh"], ["realserver.sh"]];

export const interruptedProof = (site: Site): Proof => ({
  name: "interrupted",
  title: "power cuts in the middle of an apply: boot, apply, verify",
  async run(bench) {
    const cluster = await site.counted(bench);
    const realServers = site.realServers(bench);
    const watch = await ArpWatch.start(bench, "arp-interrupted", site.client(bench), site.vip, realServers);
    for (const point of points) await round(bench, site, cluster, point);
    const { claims } = await watch.stop();
    for (const host of realServers) {
      bench.book.equal(`${host.name} never says it has the VIP`, claims.get(host.mac()) ?? 0, 0);
    }
  },
});

async function round(bench: Bench, site: Site, cluster: Cluster, point: number): Promise<void> {
  const hosts = [site.director(bench), ...site.realServers(bench)];
  await Promise.all(hosts.map((host) => fresh(cluster, host)));
  const before = new Map<string, State>();
  if (point === rolledBack) await Promise.all(hosts.map(async (host) => before.set(host.name, await stateOf(host))));
  for (const scripts of turns) {
    const steps = cluster.steps.filter(({ script }) => scripts.includes(script));
    await Promise.all(
      steps.map((step) => cutAt(bench, site, cluster, step, point + further * cluster.configuring.indexOf(step))),
    );
    for (const step of point === rolledBack ? steps : []) await back(bench, cluster, step, before);
    for (const step of steps) {
      before.delete(step.host);
      const told = await cluster.tell(step, "apply");
      bench.book.check(`${step.script} on ${step.host}: apply after the cut`, told.code === 0, told.text);
    }
  }
  const percent = (index: number): number => Math.round((point + further * index) * 100);
  await cluster.verified(
    `cut at ${percent(0)} to ${percent(cluster.configuring.length - 1)} %, booted, applied: verify passes on every host`,
  );
}

async function fresh(cluster: Cluster, host: Host): Promise<void> {
  await host.cut();
  await rm(host.disk, { force: true });
  await host.boot();
  await host.up();
  await cluster.install(host);
  // Only what the script itself makes durable is to stand after the cut, and the script.
  await host.must("sync");
}

/** Cuts the power when that part of the changes has been told, and boots. */
async function cutAt(bench: Bench, site: Site, cluster: Cluster, step: Step, point: number): Promise<void> {
  const host = cluster.host(step);
  const all = site.changesOf(step);
  const wanted = Math.max(1, Math.round(all * point));
  let told = 0;
  let cut: Promise<void> | null = null;
  const follow = (stream: "out" | "err", text: string): void => {
    if (stream === "out") told += text.split('"result":"changed"').length - 1;
    if (told >= wanted) cut ??= host.cut();
  };
  await host.run(cluster.command(step, ["apply", "--json"]), { timeout: 600, follow });
  await cut;
  bench.book.check(
    `${step.script} on ${step.host}: cut after ${told} of ${all} changes`,
    !host.running() && told < all,
  );
  await host.boot();
  await host.up();
}

/** An interrupted apply can be undone as well; where it was the first on its host, nothing of it is left. */
async function back(bench: Bench, cluster: Cluster, step: Step, before: ReadonlyMap<string, State>): Promise<void> {
  const told = await cluster.tell(step, "rollback");
  bench.book.check(`${step.script} on ${step.host}: rollback after the cut`, told.code === 0, told.text);
  const state = before.get(step.host);
  if (state !== undefined) await compare(bench, cluster.host(step), state, "rollback after the cut");
}
