/** Changes of a cluster that serves, under load: no request fails. */
import type { Bench, Proof } from "../bench.ts";
import { hostSpec } from "../spec.ts";
import type { Description } from "./bundle.ts";
import { Cluster, stepOf } from "./cluster.ts";
import { heavy, Load } from "./load.ts";
import type { Site } from "./site.ts";

const least = 5000;
const third = { name: "web3", address: "192.168.80.14/24" };

export const hitlessProof = (site: Site): Proof => ({
  name: "hitless",
  title: "re-apply, weights, a real server more and one less, rollback: under load, and no request fails",
  async run(bench) {
    const cluster = await site.applied(bench);
    await bench.boot(hostSpec(third.name, third.address));
    const weighted = await Cluster.of(bench, "weighted", withWeights(site.description));
    const grown = await Cluster.of(bench, "grown", withThird(withWeights(site.description)));
    const { vip, port } = site.service;

    const load = await Load.start(site.client(bench), vip, port, { ...heavy, least });
    await changes(bench, site, cluster, weighted, grown).finally(async () => {
      const { requests, failures, slowest, pages } = await load.stop();
      const { book } = bench;
      book.figure("under load", requests, "requests");
      book.figure("under load", failures.length, "failed requests");
      book.figure("slowest request", slowest * 1000, "ms");
      for (const [page, count] of pages) book.note(`${count} × ${page}`);
      book.check(`at least ${least} requests`, requests >= least, String(requests));
      book.equal("none failed", failures.map(({ began, why }) => `${began} ${why}`).join("\n"), "");
    });
  },
});

async function changes(bench: Bench, site: Site, cluster: Cluster, weighted: Cluster, grown: Cluster): Promise<void> {
  const { book } = bench;
  const director = site.director(bench);
  const table = async (): Promise<string> => director.must("ipvsadm-save -n");
  const apply = async (of: Cluster, what: string, ...words: string[]): Promise<void> => {
    const told = await of.tell(stepOf(of, director.name, "director.sh"), ...words);
    book.check(what, told.code === 0, told.text);
  };
  const fields = async (): Promise<number> =>
    (await table()).split("\n").filter((line) => line.startsWith("-a")).length;

  await cluster.everywhere("apply");
  book.check("apply again on every host", true);
  await apply(weighted, "another scheduler and other weights", "apply");
  book.check("the table has the new weight", (await table()).includes("-w 3"), await table());

  for (const step of grown.stepsOf(third.name)) {
    const told = await grown.tell(step, "apply");
    book.check(`${step.script} on a new real server`, told.code === 0, told.text);
  }
  await apply(grown, "the director gets the new real server", "apply");
  book.equal("the table has three real servers", await fields(), 3);
  await connectionsOn(bench, site);

  await apply(grown, "the new real server is drained", "drain", third.name, "--drain", "20");
  book.check("its weight is 0", /192\.168\.80\.14:80 -g -w 0/.test(await table()), await table());
  await apply(weighted, "and removed", "apply", "--drain", "20");
  book.equal("the table has two real servers", await fields(), 2);

  await apply(grown, "added once more", "apply");
  await apply(grown, "in rotation again", "undrain", third.name);
  await connectionsOn(bench, site);
  await apply(grown, "rolled back, draining", "rollback", "--to", await generationBefore(bench, site), "--drain", "20");
  book.equal("the table is as before it was added", await fields(), 2);
  await apply(cluster, "the first description again", "apply", "--drain", "20");
}

/** Waits until the third real server has taken connections, so that taking it away means something. */
async function connectionsOn(bench: Bench, site: Site): Promise<void> {
  const ask = `for i in {1..100}; do
    n=$(ipvsadm -Ln --stats | awk '$2 ~ /^192.168.80.14:/ { print $3 }')
    [[ \${n:-0} -lt 20 ]] || { printf '%s' "$n"; exit 0; }
    sleep 0.2
  done; exit 1`;
  const { code, out } = await site.director(bench).run(ask);
  bench.book.check("the new real server takes connections", code === 0, out);
}

/** The generation in force before the two runs that added the third real server once more. */
async function generationBefore(bench: Bench, site: Site): Promise<string> {
  const last = await site.director(bench).must("ls /var/lib/lvsgen/*/director/generations | tail -n 1");
  return String(Number(last) - 2);
}

function withWeights(description: Description): Description {
  const [service, ...others] = description.services;
  if (service === undefined) throw new Error("a description without services");
  const realservers = service.realservers.map((server, index) => ({ ...server, weight: index === 0 ? 3 : 1 }));
  return { ...description, services: [{ ...service, scheduler: "wrr", realservers }, ...others] };
}

function withThird(description: Description): Description {
  const [service, ...others] = description.services;
  const like = description.hosts[service?.realservers[0]?.host ?? ""];
  if (service === undefined || like === undefined) throw new Error("a description without real servers");
  return {
    ...description,
    hosts: { ...description.hosts, [third.name]: { ...like, address: third.address } },
    services: [{ ...service, realservers: [...service.realservers, { host: third.name, weight: 2 }] }, ...others],
  };
}
