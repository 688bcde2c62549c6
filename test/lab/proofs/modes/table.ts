/** A table with every option at once: the live one is the artifact, and after a reboot too. */
import type { Bench, Proof } from "../../bench.ts";
import { artifact } from "../bundle.ts";
import type { Cluster } from "../cluster.ts";
import { ask } from "./asking.ts";
import { vips } from "./everything.ts";
import type { ModesSite } from "./site.ts";

export const tableProof = (site: ModesSite): Proof => ({
  name: "table",
  title: "a table with every option: byte for byte the artifact, after a reboot too",
  xtables: true,
  async run(bench) {
    const cluster = await site.applied(bench);
    await compare(bench, cluster, "");
    bench.book.figure("reboot of the director", await bench.host("lvs1").reboot(), "s");
    await compare(bench, cluster, " after a reboot");
    await cluster.verified("verify passes on every host after a reboot");
    const { shares } = await ask(bench.host("pc"), { count: 20, address: vips.nat, port: 80 });
    bench.book.equal("it serves", shares, "app1 10, app2 10");
    const changed = (await cluster.everywhere("apply")).flatMap(({ lines }) =>
      lines.filter(({ result }) => result !== "ok"),
    );
    bench.book.equal("and apply has nothing to do", JSON.stringify(changed), "[]");
    await Promise.all(["web1", "far1", "app1"].map((name) => bench.host(name).reboot()));
    await cluster.verified("verify passes after a reboot of a real server of each mode");
  },
});

async function compare(bench: Bench, cluster: Cluster, when: string): Promise<void> {
  const { book } = bench;
  const director = bench.host("lvs1");
  const described = (await artifact(cluster.bundle, "lvs1", "/etc/ipvsadm.rules")).replace(/^#.*\n/, "");
  book.equal(`the live table is byte for byte the artifact${when}`, await director.must("ipvsadm-save -n"), described);
  const timeouts = await director.must("ipvsadm -L --timeout");
  book.equal(`timeouts stand${when}`, timeouts.trim(), "Timeout (tcp tcpfin udp): 600 60 200");
  const thresholds = await director.must(`ipvsadm -Ln --thresholds -t ${vips.limited}:80`);
  book.check(`thresholds stand${when}`, /192\.168\.80\.12:80 +5 +2 /.test(thresholds), thresholds);
}
