/** The procedure's cluster on four hosts that start with nothing of it, set up in the order of the runbook. */
import type { Bench, Proof } from "../bench.ts";
import { ArpWatch } from "./arp.ts";
import { artifact, type Step } from "./bundle.ts";
import type { Cluster } from "./cluster.ts";
import type { Site } from "./site.ts";

export const procedureProof = (site: Site): Proof => ({
  name: "procedure",
  title: "four hosts from nothing, in the order of the runbook",
  async run(bench) {
    const cluster = await site.booted(bench);
    await carried(bench, cluster);
    await applyFromNothing(bench, site, cluster);
    await traffic(bench, site);

    const director = site.director(bench);
    const { book } = bench;
    await cluster.verified("verify passes on every host");
    const rules = await artifact(cluster.bundle, director.name, "/etc/ipvsadm.rules");
    const described = rules.replace(/^#.*\n/, "");
    book.equal("the live table is byte for byte the artifact", await director.must("ipvsadm-save -n"), described);

    const changed = (await cluster.everywhere("apply")).flatMap(({ lines }) =>
      lines.filter(({ result }) => result !== "ok"),
    );
    book.equal("a second apply changes nothing on any host", JSON.stringify(changed), "[]");
    book.equal(
      "check sees nothing to do on any host",
      (await cluster.faults("check")).map(({ text }) => text).join(),
      "",
    );
  },
});

/** What the runbook has its reader do first. */
async function carried(bench: Bench, cluster: Cluster): Promise<void> {
  for (const name of new Set(cluster.steps.map(({ host }) => host))) {
    const sums = await bench.host(name).run("cd /root/lvsgen/procedure && sha256sum -c --quiet SHA256SUMS");
    bench.book.check(`every file arrived on ${name}`, sums.code === 0, sums.out + sums.err);
  }
}

/** Applies every script, while the client asks without pause who has the VIP. */
async function applyFromNothing(bench: Bench, site: Site, cluster: Cluster): Promise<void> {
  const { book } = bench;
  const realServers = site.realServers(bench);
  const watch = await ArpWatch.start(bench, "arp-apply", site.client(bench), site.vip, realServers);
  const apply = async (step: Step): Promise<void> => {
    const start = performance.now();
    const told = await cluster.tell(step, "apply");
    site.note(step, told);
    const changed = told.lines.filter(({ result }) => result === "changed").length;
    book.check(`${step.script} on ${step.host}: ${changed} changes`, told.code === 0, told.text);
    book.figure(`${step.script} on ${step.host}`, (performance.now() - start) / 1000, "s to apply");
  };
  for (const steps of cluster.turns) await Promise.all(steps.map(apply));
  const { asked, claims } = await watch.stop();
  const director = site.director(bench);
  book.figure("who has the VIP? asked while hosts apply", asked, "ARP requests");
  book.check("the director answers", (claims.get(director.mac()) ?? 0) > 0);
  for (const host of realServers) {
    book.equal(`${host.name} never says it has the VIP while it applies from nothing`, claims.get(host.mac()) ?? 0, 0);
  }
}

/** What the client gets, and what passes the director meanwhile. */
async function traffic(bench: Bench, site: Site): Promise<void> {
  const { book } = bench;
  const director = site.director(bench);
  const client = site.client(bench);
  const { vip, port } = site.service;
  const wire = await bench.capture(director, "director-wire", `host ${vip} and tcp port ${port}`);
  const test = await client.run(`cd /root/lvsgen/procedure && bash client-test.sh`);
  book.check("client-test.sh passes on the client", test.code === 0, test.out + test.err);
  const pages = await client.must(`for i in {1..20}; do curl -s --max-time 5 http://${vip}:${port}/; done`);
  await wire.stop();
  book.check("the pages alternate, 20 of 20", alternate(pages.trim().split("\n"), 20), pages);
  const requests = await wire.frames(`dst host ${vip}`);
  book.figure("frames to the VIP that the director got and passed on", requests.length, "frames");
  book.check("the director carries requests", requests.length >= 100);
  book.equal("and no reply", (await wire.frames(`src host ${vip}`)).length, 0);
}

function alternate(pages: readonly string[], count: number): boolean {
  const inTurn = pages.every((page, index) => index === 0 || page !== pages[index - 1]);
  return pages.length === count && new Set(pages).size === 2 && inTurn;
}
