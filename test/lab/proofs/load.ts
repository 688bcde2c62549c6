/** A steady load from the client (`load.pl`) and what became of it. */
import { join } from "node:path";
import { sleep } from "../command.ts";
import type { Host } from "../host.ts";
import { sources } from "../places.ts";

export interface LoadOptions {
  /** Workers that open a new connection for each request, and workers that keep theirs for some. */
  readonly fresh: number;
  readonly kept: number;
  /** Seconds a worker waits between an answer and its next request. */
  readonly pause: number;
  /** Seconds after which a request without a whole answer has failed. */
  readonly timeout: number;
  /** Requests that are made in any case, however slow the machine: a load that is stopped before goes on until then. */
  readonly least?: number;
}

export interface Failure {
  /** Seconds of the epoch; the guests' clock is the machine's. */
  readonly began: number;
  readonly ended: number;
  readonly why: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly failures: readonly Failure[];
  /** Seconds of the slowest request. */
  readonly slowest: number;
  /** Requests by page. */
  readonly pages: ReadonlyMap<string, number>;
}

/** Many requests a second, by new connections and by kept ones. */
export const heavy: LoadOptions = { fresh: 2, kept: 2, pause: 0.005, timeout: 5 };
/** Enough to see when a service goes and comes back, with little to wait for at a dead one. */
export const watching: LoadOptions = { fresh: 4, kept: 0, pause: 0.05, timeout: 1 };

let count = 0;

export class Load {
  private text = "";

  private constructor(
    private readonly client: Host,
    private readonly stopFile: string,
    private readonly ended: { readonly result: Promise<LoadResult> },
  ) {}

  static async start(client: Host, address: string, port: number, options: LoadOptions): Promise<Load> {
    const stopFile = `/run/load-${process.pid}-${count++}.stop`;
    const { fresh, kept, pause, timeout, least = 0 } = options;
    await client.put(join(sources, "proofs/load.pl"), "/run/load.pl");
    // Through a pipe, which takes each worker's words whole (pipe(7), PIPE_BUF): the file that the machine reads, on hostfs, lost those
    // of one of four that ended together on a busy machine.
    const words = [address, port, fresh, kept, pause, timeout, stopFile, least].join(" ");
    const command = `set -o pipefail; perl /run/load.pl ${words} | cat`;
    const follow = (stream: "out" | "err", text: string): void => {
      if (stream === "out") load.text += text;
    };
    const result = client.run(command, { timeout: 1800, follow }).then(({ code, out, err }) => {
      if (code !== 0) throw new Error(`load: exit code ${code}: ${err}`);
      return read(out);
    });
    // Whoever stops the load gets its error; until then nobody does, and nobody must not be the end of the program.
    result.catch(() => {});
    const load = new Load(client, stopFile, { result });
    return load;
  }

  /** Waits until no request has failed for so many seconds; gives up, false, after `limit` seconds. */
  async calm(seconds: number, limit: number): Promise<boolean> {
    for (const start = Date.now(); Date.now() - start < limit * 1000; await sleep(200)) {
      const last = Math.max(start / 1000, ...read(this.text).failures.map(({ ended }) => ended));
      if (Date.now() / 1000 - last > seconds) return true;
    }
    return false;
  }

  async stop(): Promise<LoadResult> {
    await this.client.must(`touch ${this.stopFile}`);
    return this.ended.result;
  }
}

/** What load.pl has printed so far. */
function read(text: string): LoadResult {
  const lines = text.split("\n").map((line) => line.split(" "));
  const pages = new Map<string, number>();
  for (const [, requests, ...page] of lines.filter(([word]) => word === "PAGE")) {
    pages.set(page.join(" "), (pages.get(page.join(" ")) ?? 0) + Number(requests));
  }
  const workers = lines.filter(([word]) => word === "WORKER");
  return {
    requests: workers.reduce((sum, [, , requests]) => sum + Number(requests), 0),
    slowest: Math.max(0, ...workers.map(([, , , seconds]) => Number(seconds))),
    failures: lines
      .filter(([word]) => word === "FAIL")
      .map(([, began, took, ...why]) => ({
        began: Number(began),
        ended: Number(began) + Number(took),
        why: why.join(" "),
      })),
    pages,
  };
}
