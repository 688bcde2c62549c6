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
    const words = [address, port, fresh, kept, pause, timeout, stopFile, least].join(" ");
    // Kept in the guest as well: what comes out here has been short by a worker's words, on a busy machine.
    const whole = stopFile.replace(/stop$/, "out");
    const command = `set -o pipefail; perl /run/load.pl ${words} | tee ${whole}`;
    const follow = (stream: "out" | "err", text: string): void => {
      if (stream === "out") load.text += text;
    };
    const result = client.run(command, { timeout: 1800, follow }).then(async ({ code, out, err }) => {
      if (code !== 0) throw new Error(`load: exit code ${code}: ${err}`);
      return read(isWhole(out) ? out : await askAgain(client, whole, out));
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

/** Whether load.pl's last line is there and says that so many are before it. */
export function isWhole(text: string): boolean {
  const lines = text.split("\n");
  return lines.at(-1) === "" && lines.at(-2) === `TOLD ${lines.length - 2}`;
}

async function askAgain(client: Host, file: string, short: string): Promise<string> {
  for (let tries = 1; tries <= 5; tries++) {
    const text = await client.must(`cat ${file}`);
    process.stderr.write(`lab: the words of a load came short, asked again (${tries}): ${JSON.stringify(short)}\n`);
    if (isWhole(text)) return text;
  }
  throw new Error(`load: the guest has not told all it has seen: ${short}`);
}

/** What load.pl has printed so far. */
export function read(text: string): LoadResult {
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
