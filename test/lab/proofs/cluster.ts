/** A described cluster on the guests of a lab: its scripts put there, run, and what they said. */
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { quote } from "../command.ts";
import type { Host } from "../host.ts";
import { type HostSpec, hostSpec } from "../spec.ts";
import { type Bundle, build, type Description, type Script, type Step } from "./bundle.ts";

/** Where scripts lie on a host, one directory a bundle. */
export const place = "/root/lvsgen";

export interface ResourceLine {
  readonly result: "ok" | "changed" | "pending" | "failed" | "kept";
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
}

/** What a run of a script said. */
export interface Told {
  readonly code: number;
  readonly lines: readonly ResourceLine[];
  /** Everything, for people. */
  readonly text: string;
}

export class Cluster {
  private constructor(
    private readonly bench: Bench,
    readonly bundle: Bundle,
    private readonly title: string,
  ) {}

  /** Builds a description and carries the result to every host of it that the lab has. */
  static async of(bench: Bench, title: string, description: Description, since?: string): Promise<Cluster> {
    const directory = join(bench.lab.directory, "bundles", title);
    const cluster = new Cluster(bench, await build(description, directory, since), title);
    const known = bench.lab.hosts.filter((host) => host.name in description.hosts && host.running());
    await Promise.all(known.map((host) => cluster.install(host)));
    return cluster;
  }

  /** What a person with a USB stick would do. */
  async install(host: Host): Promise<void> {
    await host.put(this.bundle.directory, join(place, this.title));
  }

  get steps(): readonly Step[] {
    return this.bundle.steps;
  }

  /** The steps that configure hosts: all but the client's test. */
  get configuring(): readonly Step[] {
    return this.steps.filter(({ script }) => script !== "client-test.sh");
  }

  /** The same, in turns: hosts of one script do not wait for each other. */
  get turns(): Step[][] {
    const order = [...new Set(this.configuring.map(({ script }) => script))];
    return order.map((script) => this.configuring.filter((step) => step.script === script));
  }

  stepsOf(host: string): Step[] {
    return this.configuring.filter((step) => step.host === host);
  }

  host(step: Step): Host {
    return this.bench.host(step.host);
  }

  command(step: Step, words: readonly string[]): string {
    return `cd ${join(place, this.title)} && bash ${step.script} ${words.map(quote).join(" ")}`;
  }

  async tell(step: Step, ...words: readonly string[]): Promise<Told> {
    const { code, out, err } = await this.host(step).run(this.command(step, ["--json", ...words]), { timeout: 600 });
    const lines = resourceLines(out);
    const notable = lines.filter(({ result }) => result !== "ok");
    const shown = notable.map(({ result, kind, name, detail }) => `${result} ${kind} ${name}  (${detail})`);
    const text = [`${step.host} ${step.script} ${words.join(" ")}: exit code ${code}`, err, ...shown, ""].join("\n");
    return { code, lines, text };
  }

  /** Runs a command of every script in the order of the runbook, on all hosts of one at a time; throws where one fails. */
  async everywhere(...words: readonly string[]): Promise<Told[]> {
    const told: Told[] = [];
    for (const steps of this.turns) {
      told.push(...(await Promise.all(steps.map((step) => this.tell(step, ...words)))));
    }
    const failed = told.filter(({ code }) => code !== 0);
    if (failed.length > 0) throw new Error(failed.map(({ text }) => text).join("\n"));
    return told;
  }

  /** The same on all hosts at once; what did not end with 0. */
  async faults(...words: readonly string[]): Promise<Told[]> {
    const perHost = [...new Set(this.steps.map(({ host }) => host))].map(async (host) => {
      const told: Told[] = [];
      for (const step of this.stepsOf(host)) told.push(await this.tell(step, ...words));
      return told;
    });
    return (await Promise.all(perHost)).flat().filter(({ code }) => code !== 0);
  }

  /** Writes a check into the book: `verify` passes on every host. */
  async verified(name: string): Promise<void> {
    const faults = await this.faults("verify");
    this.bench.book.check(name, faults.length === 0, faults.map(({ text }) => text).join("\n"));
  }
}

/** The hosts of a description as a lab makes them. */
export function specsOf(description: Description): HostSpec[] {
  return Object.entries(description.hosts).map(([name, { address, address6, gateway }]) =>
    hostSpec(name, address6 ? `${address},${address6}` : address, ...(gateway === undefined ? [] : [gateway])),
  );
}

export function stepOf(cluster: Cluster, host: string, script: Script): Step {
  const found = cluster.steps.find((step) => step.host === host && step.script === script);
  if (found === undefined) throw new Error(`the runbook has no ${script} on ${host}`);
  return found;
}

function resourceLines(out: string): ResourceLine[] {
  const events = out.split("\n").filter((line) => line.startsWith("{"));
  return events
    .map((line) => JSON.parse(line) as ResourceLine & { event: string })
    .filter(({ event }) => event === "resource");
}
