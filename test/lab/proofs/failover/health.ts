/** What clients notice when real servers die and come back. */
import type { Bench } from "../../bench.ts";
import { sleep } from "../../command.ts";
import { avoidableOfReturn, failuresOf, pagesOf, type Rows } from "./rows.ts";
import { outAfter, type Pair, realServers } from "./site.ts";

/** Seconds that a busy machine may add. */
const spare = 15;

/** Out in time, and once out no client meets it; back when it answers. */
export async function deadRealServer(bench: Bench, cluster: Pair, rows: Rows): Promise<void> {
  const { book } = bench;
  const { master } = await cluster.roles();
  const dead = bench.host("web1");
  let out = Number.POSITIVE_INFINITY;
  const seen = await rows.during("power cut of a real server", async () => {
    await dead.cut();
    const took = await cluster.reached(master, dead.name, 0);
    book.figure(`a dead real server is out (${outAfter} s at most, by its check)`, took ?? -1, "s");
    book.check("a dead real server is taken out", took !== null && took <= outAfter + spare, `${took} s`);
    out = Date.now() / 1000;
    await sleep(3000);
  });
  book.equal("a dead real server, once out: none fails", failuresOf(seen, out), "");
  const back = await rows.during("its return", async () => {
    await dead.boot();
    await dead.up();
    const took = await cluster.reached(master, dead.name, 1);
    book.figure("a real server that is up is back", took ?? -1, "s");
    book.check("a real server that answers again is back", took !== null);
  });
  book.equal("its return: none failed", failuresOf(back), "");
}

/** Clients meet the sorry server while no real server is left. */
export async function allDead(bench: Bench, cluster: Pair, rows: Rows): Promise<void> {
  const { book } = bench;
  const { master } = await cluster.roles();
  const servers = realServers.map((name) => bench.host(name));
  let since = Number.POSITIVE_INFINITY;
  const seen = await rows.during("every real server stops", async () => {
    await Promise.all(servers.map((host) => host.must("systemctl stop who")));
    book.figure("the sorry server is in", (await cluster.reached(master, "sorry", 1)) ?? -1, "s");
    since = Date.now() / 1000;
    await sleep(2000);
  });
  book.equal("every real server dead: the sorry server answers", [...pagesOf(seen, since)].join(" "), "sorry");
  book.equal("every real server dead: none fails from then on", failuresOf(seen, since), "");
  const back = await rows.during("every real server starts", async () => {
    await Promise.all(servers.map((host) => host.must("systemctl start who")));
    book.figure("the sorry server is out", (await cluster.reached(master, "sorry", 0)) ?? -1, "s");
    for (const { name } of servers) await cluster.reached(master, name, 1);
    since = Date.now() / 1000;
    await sleep(2000);
  });
  book.equal("every real server back: none failed, but at the exchange", avoidableOfReturn(back), "");
  book.equal("every real server back: none failed from then on", failuresOf(back, since), "");
  book.equal("every real server back: they answer", [...pagesOf(back, since)].sort().join(" "), realServers.join(" "));
}
