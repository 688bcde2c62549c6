/** Steps from one state of a site to another, each while clients ask. */
import type { Bench } from "../../bench.ts";
import { sleep } from "../../command.ts";
import type { Description } from "../bundle.ts";
import { Cluster, stepOf, type Told } from "../cluster.ts";
import { avoidableOf, longestGap, Rows, type Seen } from "./rows.ts";
import { vips } from "./site.ts";

/** Seconds that new connections may wait where keepalived takes the addresses off and puts them back, and what a busy machine adds. */
const pause = 10;
export const addresses: readonly string[] = Object.values(vips);

export class Moving {
  readonly rows: Rows;

  constructor(readonly bench: Bench) {
    this.rows = new Rows(bench, bench.host("pc"));
  }

  cluster(title: string, description: Description): Promise<Cluster> {
    return Cluster.of(this.bench, title, description);
  }

  /** A step of a way: a command of a director's script while clients ask. */
  async step(name: string, cluster: Cluster, host: string, ...words: readonly string[]): Promise<Noticed> {
    let told: Told | undefined;
    const seen = await this.rows.during(name, async () => {
      told = await cluster.tell(stepOf(cluster, host, "director.sh"), ...words);
      await sleep(3000);
    });
    this.bench.book.check(`${name}: ${words.join(" ")}`, told?.code === 0, told?.text ?? "");
    return { seen, text: told?.text ?? "" };
  }

  /** The same, of which clients notice nothing. */
  async unnoticed(name: string, cluster: Cluster, host: string, ...words: readonly string[]): Promise<string> {
    const { seen, text } = await this.step(name, cluster, host, ...words);
    this.bench.book.equal(`${name}: none failed but what was under way`, avoidableOf(seen), "");
    return text;
  }

  /** The same, in which new connections may wait. */
  async paused(name: string, cluster: Cluster, host: string, ...words: readonly string[]): Promise<void> {
    const { seen } = await this.step(name, cluster, host, ...words);
    const gap = longestGap(seen);
    this.bench.book.check(`${name}: new connections wait for less than ${pause} s`, gap < pause, `${gap} s`);
  }

  /** Who has virtual addresses, and how many of them; waited for until it is as expected. */
  async holders(name: string, expected: string): Promise<void> {
    let now = "";
    for (const start = Date.now(); now !== expected && Date.now() - start < 20_000; await sleep(200)) {
      const counts: string[] = [];
      for (const host of this.bench.lab.hosts.filter((one) => one.name.startsWith("lvs") && one.running())) {
        const out = await host.must("ip -o address show dev ens33");
        const count = addresses.filter((address) => out.includes(` ${address}/`)).length;
        if (count > 0) counts.push(`${host.name} ${count}`);
      }
      now = counts.join(", ");
    }
    this.bench.book.equal(`${name}: who has the virtual addresses`, now, expected);
  }

  /** A director hands the addresses over and joins the others again. */
  async handOver(from: string, to: string): Promise<void> {
    await this.bench.host(from).must("systemctl stop keepalived");
    await this.holders(`${from} is stopped`, `${to} ${addresses.length}`);
    await this.bench.host(from).must("systemctl start keepalived");
    await sleep(4000);
  }
}

interface Noticed {
  readonly seen: ReadonlyMap<string, Seen>;
  readonly text: string;
}
