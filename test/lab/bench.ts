/** What a proof works with: the booted lab, the book that it writes into, and a place for what it leaves. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Chapter } from "./book.ts";
import { Capture } from "./capture.ts";
import type { Host } from "./host.ts";
import type { Lab } from "./lab.ts";
import type { HostSpec } from "./spec.ts";

export interface Proof {
  /** A word, to ask for it by. */
  readonly name: string;
  /** What it shows. */
  readonly title: string;
  /** Takes so long that it runs only where it is asked for, by its name or with all of them. */
  readonly long?: true;
  /** Of two runs of `npm test` the one that it runs in; left out: in both. */
  readonly turn?: 0 | 1;
  /** Needs iptables of the old kind (x_tables), which the kernel of Debian's testing has no more. */
  readonly xtables?: true;
  run(bench: Bench): Promise<void>;
}

/** The chapter that is being written about a lab: what proofs of a lab share outlives the one that made it. */
const current = new WeakMap<Lab, Chapter>();

export class Bench {
  constructor(
    readonly lab: Lab,
    private readonly chapter: Chapter,
    /** Captures and consoles go here. */
    readonly directory: string,
  ) {
    current.set(lab, chapter);
  }

  get book(): Chapter {
    return current.get(this.lab) ?? this.chapter;
  }

  host(name: string): Host {
    return this.lab.host(name);
  }

  /** Makes hosts that the lab does not have yet, boots those that are down, and waits for all. */
  async boot(...specs: readonly HostSpec[]): Promise<Host[]> {
    const hosts = await this.lab.add(...specs);
    const start = performance.now();
    for (const host of hosts) await host.boot();
    await Promise.all(hosts.map((host) => host.up()));
    this.book.figure(`boot of ${hosts.map((host) => host.name).join(", ")}`, (performance.now() - start) / 1000, "s");
    return hosts;
  }

  capture(host: Host, name: string, filter: string, card = 0): Promise<Capture> {
    return Capture.start(this.lab.name, host.tap(card), join(this.directory, `${name}.pcap`), filter);
  }

  /** Leaves what helps to find out why a proof failed: the consoles, and the journals of guests that still answer. */
  async keepEvidence(): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    for (const host of this.lab.hosts) {
      await writeFile(join(this.directory, `${host.name}.console.log`), await host.consoleText());
      if (!host.running()) continue;
      const { out } = await host.run("journalctl --no-pager -o short-precise", { timeout: 30 });
      await writeFile(join(this.directory, `${host.name}.journal.log`), out);
    }
  }
}
