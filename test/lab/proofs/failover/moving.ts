/** The ways of docs/failover.md from one state of a site to another, each step with what clients notice: "Moving over". */
import { join } from "node:path";
import type { Proof } from "../../bench.ts";
import { sources } from "../../places.ts";
import type { Description } from "../bundle.ts";
import { type Cluster, specsOf, stepOf } from "../cluster.ts";
import { handMade } from "./hand-made.ts";
import { pair, realServers } from "./site.ts";
import { addresses, Moving } from "./steps.ts";

const third = { lvs3: { address: "192.168.80.9/24", address6: "fd00:80::9/64" } };

/** Directors as they are named; `ha` as it is, and without it what asks nobody. */
function described(directors: readonly string[], ha?: Record<string, unknown>): Description {
  const { ha: _ha, ...rest } = pair;
  const hosts = Object.entries({ ...pair.hosts, ...third }).filter(
    ([name]) => !name.startsWith("lvs") || directors.includes(name),
  );
  const services = pair.services.map(({ check, sorryServer, ...service }) =>
    ha === undefined ? service : { ...service, check, sorryServer },
  );
  return { ...rest, hosts: Object.fromEntries(hosts), directors, services, ...(ha === undefined ? {} : { ha }) };
}

export const movingProof = (): Proof => ({
  name: "failover-moving",
  title: "from one director to two and back, a third one, one less, another router id, a keepalived that was there",
  long: true,
  async run(bench) {
    const all = described(["lvs1", "lvs2", "lvs3"], pair["ha"] as Record<string, unknown>);
    await bench.boot(...specsOf(all));
    const served = [...realServers, "sorry"].map((name) => bench.host(name));
    const server = join(sources, "proofs/modes/who.pl");
    await Promise.all(served.map((host) => host.put(server, "/usr/local/sbin/who.pl")));
    const moving = new Moving(bench);
    const alone = await toChecks(moving);
    const two = await toTwo(moving, alone);
    await toThreeAndBack(moving, two, all);
    await anotherNumber(moving, two);
    await handMade(moving, two);
    await two.verified("verify passes on every host");
    moving.rows.told();
  },
});

const count = addresses.length;

async function toChecks(moving: Moving): Promise<Cluster> {
  const alone = await moving.cluster("alone", described(["lvs1"]));
  await alone.everywhere("apply");
  const checked = await moving.cluster("checked", described(["lvs1"], {}));
  // The sorry server, which is new.
  await checked.tell(stepOf(checked, "sorry", "realserver.sh"), "apply");
  await moving.unnoticed("health checks come", checked, "lvs1", "apply");
  await moving.unnoticed("health checks go by a rollback", checked, "lvs1", "rollback");
  await moving.holders("health checks gone", `lvs1 ${count}`);
  return alone;
}

async function toTwo(moving: Moving, alone: Cluster): Promise<Cluster> {
  const two = await moving.cluster("two", described(["lvs1", "lvs2"], { routerId: 80 }));
  for (const host of [...realServers, "sorry"]) await two.tell(stepOf(two, host, "realserver.sh"), "apply");
  await moving.paused("two directors: the one that serves", two, "lvs1", "apply");
  await moving.unnoticed("two directors: the new one", two, "lvs2", "apply");
  await moving.holders("two directors", `lvs1 ${count}`);
  await moving.handOver("lvs1", "lvs2");
  const told = await moving.unnoticed("the first goes back to being alone", two, "lvs1", "rollback");
  moving.bench.book.check("it says who has the addresses", told.includes("it stays off: lvs2 has it by now"), told);
  await moving.holders("the first gone back", `lvs2 ${count}`);
  const left = await alone.tell(stepOf(alone, "lvs1", "director.sh"), "check");
  moving.bench.book.equal("and its check tells that they are missing", left.code, 2);
  await moving.unnoticed("and it is one of two again", two, "lvs1", "apply");
  await moving.holders("one of two again", `lvs2 ${count}`);
  return two;
}

async function toThreeAndBack(moving: Moving, two: Cluster, all: Description): Promise<void> {
  const three = await moving.cluster("three", all);
  await moving.unnoticed("a third director: the backup", three, "lvs1", "apply");
  await moving.unnoticed("a third director: the master", three, "lvs2", "apply");
  await moving.unnoticed("a third director: itself", three, "lvs3", "apply");
  await moving.holders("three directors", `lvs2 ${count}`);
  await moving.unnoticed("the master of three leaves", three, "lvs2", "uninstall");
  await moving.holders("it has left", `lvs1 ${count}`);
  await moving.unnoticed("the third leaves", three, "lvs3", "uninstall");
  await moving.unnoticed("the two of before: who serves", two, "lvs1", "apply");
  await moving.unnoticed("the two of before: another machine of that name", two, "lvs2", "apply");
  await moving.holders("the two of before", `lvs1 ${count}`);
}

async function anotherNumber(moving: Moving, two: Cluster): Promise<void> {
  const renumbered = await moving.cluster("renumbered", described(["lvs1", "lvs2"], { routerId: 81 }));
  for (const cluster of [renumbered, two]) {
    await moving.bench.host("lvs2").must("systemctl stop keepalived");
    await moving.paused("another router id: who serves", cluster, "lvs1", "apply");
    await moving.unnoticed("another router id: the other", cluster, "lvs2", "apply");
    await moving.holders("another router id", `lvs1 ${count}`);
  }
}
