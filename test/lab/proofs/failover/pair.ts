/** Two directors under a steady load: what clients notice when one of them stops, dies and comes back, and when real servers do. */
import type { Bench, Proof } from "../../bench.ts";
import { sleep } from "../../command.ts";
import type { Host } from "../../host.ts";
import { stepOf } from "../cluster.ts";
import { allDead, deadRealServer } from "./health.ts";
import { avoidableOf, failuresOf, longestGap, Rows } from "./rows.ts";
import { type Pair, type PairSite, vips } from "./site.ts";

/** Seconds that a takeover by silence may take here: 1.2 by the intervals, and what a busy machine adds. */
const takeover = 6;

export const failoverProof = (site: PairSite): Proof => ({
  name: "failover",
  title: "two directors, clients of IPv4 and IPv6: stopped, killed, cut from power, dead real servers",
  async run(bench) {
    const cluster = await site.applied(bench);
    const rows = new Rows(bench, bench.host("pc"));
    await cluster.roles();
    await cluster.cluster.verified("verify passes on every host");
    await stopped(bench, cluster, rows);
    await powerCut(bench, cluster, rows, vips.shop);
    await killed(bench, cluster, rows);
    await restarted(bench, cluster, rows);
    await cleared(bench, cluster, rows);
    await deadRealServer(bench, cluster, rows);
    await allDead(bench, cluster, rows);
    await cluster.cluster.verified("and verify passes on every host");
    rows.told();
  },
});

export async function stopped(bench: Bench, cluster: Pair, rows: Rows): Promise<void> {
  const { book } = bench;
  const { master, backup } = await cluster.roles();
  const stop = await rows.during("clean stop of keepalived on the master", async () => {
    await master.must("systemctl stop keepalived");
    book.equal("clean stop: the other director takes over", (await cluster.roles()).master.name, backup.name);
  });
  book.equal("clean stop: none failed but what was under way", avoidableOf(stop), "");
  await returned(bench, cluster, rows, "return of keepalived", backup, async () => {
    await master.must("systemctl start keepalived");
    await cluster.checking(master);
  });
}

/** Who comes back takes nothing from the one that serves. */
async function returned(
  bench: Bench,
  cluster: Pair,
  rows: Rows,
  name: string,
  serving: Host,
  happen: () => Promise<void>,
): Promise<void> {
  const since = await transitions(serving);
  const seen = await rows.during(name, async () => {
    await happen();
    // Longer than a director that hears nobody would wait.
    await sleep(3000);
  });
  bench.book.equal(`${name}: none failed`, failuresOf(seen), "");
  bench.book.equal(`${name}: who served goes on`, (await cluster.roles()).master.name, serving.name);
  bench.book.equal(`${name}: and its state never changed`, await transitions(serving), since);
}

/** Changes of a director's VRRP state since it booted. */
async function transitions(host: Host): Promise<string> {
  return host.must("journalctl -b -u keepalived -o cat | grep -cE 'Entering (MASTER|BACKUP|FAULT) STATE' || :");
}

/** A download from `address` that runs goes on. */
export async function powerCut(bench: Bench, cluster: Pair, rows: Rows, address: string): Promise<void> {
  const { book } = bench;
  const name = "power cut of the master";
  const { master, backup } = await cluster.roles();
  const running = download(bench, address);
  await sleep(3000);
  const cut = await rows.during(name, async () => {
    await master.cut();
    book.equal(`${name}: the other director takes over`, (await cluster.roles()).master.name, backup.name);
  });
  book.check(`${name}: taken over within ${takeover} s`, longestGap(cut) <= takeover, `${longestGap(cut)} s`);
  const { code, out } = await running;
  const seen = `exit code ${code}, ${out.trim()} bytes`;
  book.equal(`${name}: the download that ran comes to its end`, seen, `exit code 0, ${length} bytes`);
  await returned(bench, cluster, rows, "return of the old master", backup, async () => {
    await master.boot();
    await master.up();
    await cluster.checking(master);
  });
}

const length = 20_000_000;

/** A download that takes about eight seconds. */
function download(bench: Bench, address: string): Promise<{ code: number; out: string }> {
  return bench
    .host("pc")
    .run(`curl -s --max-time 60 http://${address}/download/${length} | wc -c; exit \${PIPESTATUS[0]}`);
}

/**
 * Kills keepalived and its children in one go: they would take the addresses off when their parent dies. They are stopped first: the
 * guests' kernel (User-Mode Linux 6.12) panics where a process is killed while it forks ("Kernel mode fault" below copy_process).
 */
const killKeepalived = `
  main=$(pgrep -o keepalived)
  all="$(pgrep -P "$main") $main"
  kill -STOP $all
  for process in $all; do
    until [[ $(ps -o state= -p "$process") == T* ]]; do sleep 0.01; done
  done
  kill -KILL $all`;

async function killed(bench: Bench, cluster: Pair, rows: Rows): Promise<void> {
  const { book } = bench;
  const { master } = await cluster.roles();
  const seen = await rows.during("kill -9 of keepalived on the master", async () => {
    await master.must(killKeepalived);
    await cluster.checking(master);
    await cluster.roles();
  });
  book.check(`kill -9: served again within ${takeover} s`, longestGap(seen) <= takeover, `${longestGap(seen)} s`);
}

async function restarted(bench: Bench, cluster: Pair, rows: Rows): Promise<void> {
  const { master } = await cluster.roles();
  const seen = await rows.during("restart of keepalived on the master", async () => {
    await master.must("systemctl restart keepalived");
    await cluster.roles();
  });
  bench.book.equal("restart: none failed but what was under way", avoidableOf(seen), "");
}

/** keepalived does not notice: verify does, and apply heals it. */
async function cleared(bench: Bench, cluster: Pair, rows: Rows): Promise<void> {
  const { book } = bench;
  const { master } = await cluster.roles();
  const step = stepOf(cluster.cluster, master.name, "director.sh");
  const seen = await rows.during("ipvsadm -C on the master, until apply", async () => {
    await master.must("ipvsadm -C");
    const named = await cluster.cluster.tell(step, "verify");
    book.check("ipvsadm -C: verify names it", named.code === 1 && named.text.includes(vips.web), named.text);
    const applied = await book.timed("apply after ipvsadm -C", () => cluster.cluster.tell(step, "apply"));
    book.check("ipvsadm -C: apply heals it", applied.code === 0, applied.text);
  });
  book.check("ipvsadm -C: clients noticed", failuresOf(seen) !== "");
}
