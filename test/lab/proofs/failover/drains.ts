/** Who is drained stays so, and who is not comes back: through everything that happens to real servers and directors, on both of these. */
import type { Bench, Proof } from "../../bench.ts";
import { sleep } from "../../command.ts";
import type { Host } from "../../host.ts";
import type { Description } from "../bundle.ts";
import { Cluster, stepOf } from "../cluster.ts";
import { avoidableOf, pagesOf, Rows } from "./rows.ts";
import { directors, type Pair, type PairSite } from "./site.ts";

const server = "web2";

/** Milliseconds within which a check would have raised a weight, had it a reason. */
const watched = 3000;

type EventName = "failure" | "recovery" | "reload" | "restart" | "failover" | "reboot of both directors at once";

interface Event {
  readonly name: EventName;
  /** Whether the real server serves afterwards. */
  readonly serves: boolean;
  /** Whether clients may notice it. */
  readonly noticed?: true;
  happen(bench: Bench, cluster: Pair, changed: Cluster): Promise<unknown>;
}

const events: readonly Event[] = [
  {
    name: "failure",
    serves: false,
    noticed: true,
    happen: (bench) => bench.host(server).must("systemctl stop who"),
  },
  { name: "recovery", serves: true, happen: (bench) => bench.host(server).must("systemctl start who") },
  {
    name: "reload",
    serves: true,
    async happen({ book }, cluster, changed) {
      const before = await reloads(cluster);
      await onDirectors(changed, "apply");
      const now = await reloads(cluster);
      book.check(
        "keepalived was reloaded",
        now.every((count, index) => count > Number(before[index])),
        `${before} ${now}`,
      );
    },
  },
  {
    name: "restart",
    serves: true,
    async happen(_bench, cluster) {
      // As updates of its package do, on one director after the other.
      for (const host of cluster.directors) {
        await host.must("systemctl restart keepalived");
        await cluster.standing(host);
      }
    },
  },
  {
    name: "failover",
    serves: true,
    async happen(_bench, cluster) {
      const { master } = await cluster.roles();
      await master.must("systemctl stop keepalived");
      await cluster.roles();
      await master.must("systemctl start keepalived");
      await cluster.standing(master);
    },
  },
  {
    name: "reboot of both directors at once",
    serves: true,
    noticed: true,
    happen: (_bench, cluster) => Promise.all(cluster.directors.map((host) => host.reboot())),
  },
];

export const drainsProof = (site: PairSite): Proof => ({
  name: "failover-drains",
  long: true,
  title:
    "a drained real server gets no client, one that is back does: after failure, reload, restart, failover, reboot",
  async run(bench) {
    const cluster = await site.applied(bench);
    const rows = new Rows(bench, bench.host("pc"));
    await throughEvents(
      bench,
      cluster,
      rows,
      events.map(({ name }) => name),
    );
    await whileDead(bench, cluster);
    await cluster.cluster.verified("and verify passes on every host");
    rows.told();
  },
});

/** What becomes of a real server that is out of rotation, and then of one that is in, by each of these events. */
export async function throughEvents(
  bench: Bench,
  cluster: Pair,
  rows: Rows,
  names: readonly EventName[],
): Promise<void> {
  const weighted = await Cluster.of(bench, "pair-weighted", heavier(cluster.description));
  for (const [drained, inForce, changed] of [
    [true, cluster.cluster, weighted],
    [false, weighted, cluster.cluster],
  ] as const) {
    await onDirectors(inForce, ...(drained ? ["drain", server, "--drain", "0"] : ["undrain", server]));
    for (const event of events.filter(({ name }) => names.includes(name)))
      await one(bench, cluster, changed, rows, event, drained);
  }
}

async function one(
  bench: Bench,
  cluster: Pair,
  changed: Cluster,
  rows: Rows,
  event: Event,
  drained: boolean,
): Promise<void> {
  const { book } = bench;
  const name = `${event.name}, ${drained ? "drained" : "in rotation"}`;
  const wanted = drained || !event.serves ? 0 : 1;
  let since = Number.POSITIVE_INFINITY;
  const seen = await rows.during(name, async () => {
    await event.happen(bench, cluster, changed);
    await Promise.all(cluster.directors.map((host) => cluster.checking(host)));
    const weights = await Promise.all(cluster.directors.map((host) => settled(cluster, host, drained, wanted)));
    for (const [index, { name: host }] of cluster.directors.entries()) {
      book.equal(`${name}: weight of ${server} on ${host}`, String(weights[index]), String(wanted));
    }
    since = Date.now() / 1000;
  });
  if (drained) book.check(`${name}: no client was sent to it`, !pagesOf(seen).has(server));
  if (wanted > 0) book.check(`${name}: clients are sent to it`, pagesOf(seen, since).has(server));
  if (event.noticed === undefined || (drained && !event.serves))
    book.equal(`${name}: none failed but what was under way`, avoidableOf(seen), "");
}

function spoken(weights: readonly number[]): string {
  return [...new Set(weights)].join(" ");
}

/** What its weights come to, where a check has as long as it needs to change them. */
async function settled(cluster: Pair, host: Host, drained: boolean, wanted: number): Promise<string> {
  if (!drained) {
    await cluster.reached(host, server, wanted);
    return spoken(await cluster.weights(host, server));
  }
  for (const start = Date.now(); Date.now() - start < watched; await sleep(100)) {
    const weights = await cluster.weights(host, server);
    if (spoken(weights) !== "0") return spoken(weights);
  }
  return "0";
}

function reloads(cluster: Pair): Promise<number[]> {
  const ask = "journalctl -b -u keepalived -o cat | grep -c 'Reloading' || :";
  return Promise.all(cluster.directors.map(async (host) => Number(await host.must(ask))));
}

/** Who is put back while it is dead gets clients when it serves, and not before. */
async function whileDead(bench: Bench, cluster: Pair): Promise<void> {
  const { book } = bench;
  const dead = bench.host(server);
  await dead.must("systemctl stop who");
  for (const host of cluster.directors) await cluster.reached(host, server, 0);
  await onDirectors(cluster.cluster, "drain", server, "--drain", "0");
  await onDirectors(cluster.cluster, "undrain", server);
  for (const host of cluster.directors) {
    book.equal(`put back while dead: its weight on ${host.name}`, await settled(cluster, host, true, 0), "0");
  }
  await dead.must("systemctl start who");
  for (const host of cluster.directors) {
    book.equal(`… and when it serves again, on ${host.name}`, await settled(cluster, host, false, 1), "1");
  }
}

/** Runs a command of director.sh on both directors; throws where one fails. */
export async function onDirectors(cluster: Cluster, ...words: readonly string[]): Promise<void> {
  const told = await Promise.all(directors.map((name) => cluster.tell(stepOf(cluster, name, "director.sh"), ...words)));
  const failed = told.filter(({ code }) => code !== 0);
  if (failed.length > 0) throw new Error(failed.map(({ text }) => text).join("\n"));
}

/** The third real server with another weight: a change that keepalived is reloaded for. */
export function heavier(description: Description): Description {
  const services = description.services.map((service) => ({
    ...service,
    realservers: service.realservers.map((one) => (one.host === "web3" ? { ...one, weight: 2 } : one)),
  }));
  return { ...description, services };
}
