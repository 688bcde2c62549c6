/** Two directors that do not hear each other, and two that are upgraded one after the other. */
import type { Bench, Proof } from "../../bench.ts";
import { sleep } from "../../command.ts";
import { Cluster, stepOf } from "../cluster.ts";
import { heavier } from "./drains.ts";
import { avoidableOf, longestGap, Rows } from "./rows.ts";
import { directors, type Pair, type PairSite, pair } from "./site.ts";

/** Seconds: neighbours are told every ten, and what a busy machine adds. */
const left = 15;

export const splitProof = (site: PairSite): Proof => ({
  name: "failover-split",
  title: "directors that do not hear each other, and do again; an upgrade of one after the other",
  long: true,
  async run(bench) {
    const cluster = await site.applied(bench);
    const rows = new Rows(bench, bench.host("pc"));
    await parted(bench, cluster, rows);
    await upgraded(bench, cluster, rows);
    await cluster.cluster.everywhere("apply");
    await cluster.cluster.verified("verify passes on every host");
    rows.told();
  },
});

/** Both have the virtual addresses then, and clients are served by either. */
async function parted(bench: Bench, cluster: Pair, rows: Rows): Promise<void> {
  const { book } = bench;
  await firstIsMaster(cluster);
  try {
    await rows.during("the directors do not hear each other", async () => {
      await cluster.part(true);
      for (let tries = 0; tries < 100 && (await cluster.holders()).length < 2; tries++) await sleep(100);
      book.equal("parted: directors that have virtual addresses", (await cluster.holders()).length, 2);
      await sleep(3000);
    });
  } finally {
    await cluster.part(false);
  }
  const since = Date.now();
  const again = await rows.during("they hear each other again", async () => {
    await cluster.roles();
    book.figure("one of them has every virtual address", (Date.now() - since) / 1000, "s");
    await sleep(2000);
    book.equal("together again: directors that have virtual addresses", (await cluster.holders()).length, 1);
  });
  const gap = longestGap(again);
  book.check(
    `together again: no client is left with the one that went for longer than ${left} s`,
    gap <= left,
    `${gap} s`,
  );
}

/** The one with the higher priority: then the other is who tells neighbours of itself last, and who goes. */
async function firstIsMaster(cluster: Pair): Promise<void> {
  const { master, backup } = await cluster.roles();
  if (master.name === directors[0]) return;
  await master.must("systemctl stop keepalived");
  await cluster.roles();
  await master.must("systemctl start keepalived");
  await cluster.standing(master);
  await cluster.standing(backup);
}

/** New scripts, and what an update of the package does: first on the one without clients, then on the other. */
async function upgraded(bench: Bench, cluster: Pair, rows: Rows): Promise<void> {
  const { book } = bench;
  const changed = await Cluster.of(bench, "pair-upgraded", heavier(pair));
  const { master, backup } = await cluster.roles();
  for (const [host, role] of [
    [backup, "the other director"],
    [master, "the master"],
  ] as const) {
    const name = `upgrade of ${role}`;
    const seen = await rows.during(name, async () => {
      const told = await changed.tell(stepOf(changed, host.name, "director.sh"), "apply");
      book.check(`${name}: apply`, told.code === 0, told.text);
      await host.must("systemctl restart keepalived");
      await cluster.standing(host);
    });
    book.equal(`${name}: none failed but what was under way`, avoidableOf(seen), "");
  }
  book.equal("upgraded: who had no clients has them now", (await cluster.roles()).master.name, backup.name);
}
