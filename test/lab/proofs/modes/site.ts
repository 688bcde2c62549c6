/** The topology with every mode, booted once and configured by the scripts of one description. */
import type { Bench } from "../../bench.ts";
import { Cluster } from "../cluster.ts";
import { equip } from "./asking.ts";
import { everything, hosts } from "./everything.ts";

export class ModesSite {
  private cluster: Cluster | null = null;

  /** All hosts up and every script applied. */
  async applied(bench: Bench): Promise<Cluster> {
    if (this.cluster !== null) return this.cluster;
    await bench.boot(...hosts);
    // What stands between the networks is no part of the cluster.
    await bench.host("router").must("sysctl -qw net.ipv4.ip_forward=1");
    await equip(bench.host("pc"));
    const cluster = await Cluster.of(bench, "everything", await everything());
    await bench.book.timed("every script applied", () => cluster.everywhere("apply"));
    this.cluster = cluster;
    return cluster;
  }
}
