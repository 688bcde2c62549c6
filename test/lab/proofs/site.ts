/** The procedure's cluster as the proofs of one run share it: booted once, brought to where each of them begins. */
import type { Bench } from "../bench.ts";
import type { Host } from "../host.ts";
import { type Description, procedure, type Step } from "./bundle.ts";
import { Cluster, specsOf, type Told } from "./cluster.ts";
import { type State, stateOf } from "./state.ts";

export class Site {
  private found: { readonly description: Description; readonly cluster: Cluster } | null = null;
  /** What each host was before anything was applied. */
  readonly before = new Map<string, State>();
  /** How many changes the first apply of a script made, by `HOST SCRIPT`. */
  private readonly changes = new Map<string, number>();

  /** The hosts booted, nothing configured yet. */
  async booted(bench: Bench): Promise<Cluster> {
    if (this.found === null) {
      const description = await procedure();
      const hosts = await bench.boot(...specsOf(description));
      await Promise.all(hosts.map(async (host) => this.before.set(host.name, await stateOf(host))));
      this.found = { description, cluster: await Cluster.of(bench, "procedure", description) };
    }
    return this.found.cluster;
  }

  /** The hosts booted and every script applied. */
  async applied(bench: Bench): Promise<Cluster> {
    const cluster = await this.booted(bench);
    for (const [index, told] of (await cluster.everywhere("apply")).entries())
      this.note(cluster.configuring[index], told);
    return cluster;
  }

  /** The hosts booted, in whatever state, and known how many changes the first apply of each script makes. */
  async counted(bench: Bench): Promise<Cluster> {
    return this.changes.size > 0 ? this.booted(bench) : this.applied(bench);
  }

  /** Remembers what an apply changed, if it was the first of its script. */
  note(step: Step | undefined, told: Told): void {
    const key = `${step?.host} ${step?.script}`;
    if (!this.changes.has(key)) this.changes.set(key, told.lines.filter(({ result }) => result === "changed").length);
  }

  changesOf(step: Step): number {
    return this.changes.get(`${step.host} ${step.script}`) ?? 0;
  }

  get description(): Description {
    if (this.found === null) throw new Error("the hosts are not booted");
    return this.found.description;
  }

  get vip(): string {
    return this.service.vip;
  }

  get service(): { readonly name: string; readonly vip: string; readonly port: number } {
    return this.description.services[0] as unknown as { name: string; vip: string; port: number };
  }

  director(bench: Bench): Host {
    return bench.host(String((this.description.directors as string[])[0]));
  }

  client(bench: Bench): Host {
    return bench.host(String((this.description.clients as string[])[0]));
  }

  realServers(bench: Bench): Host[] {
    return (this.description.services[0]?.realservers ?? []).map(({ host }) => bench.host(host));
  }

  nfsServer(bench: Bench): Host {
    return bench.host((this.description.nfs as { server: string }).server);
  }
}
