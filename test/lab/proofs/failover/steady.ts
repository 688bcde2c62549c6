/** A request every few hundredths of a second from the client (`steady.pl`): how long nobody served, and what failed. */
import { join } from "node:path";
import { sleep } from "../../command.ts";
import type { Host } from "../../host.ts";
import { sources } from "../../places.ts";

export interface Request {
  /** Seconds of the epoch; the guests' clock is the machine's. */
  readonly began: number;
  readonly ended: number;
  /** Who answered; null where the request failed. */
  readonly page: string | null;
  /** Why it failed. */
  readonly why: string;
}

/** Seconds from one request to the next. */
const period = 0.05;
/** Seconds after which a request without a whole answer has failed: a connection that is lost on its way is asked for again after one and three. */
const timeout = 5;

let count = 0;

export class Steady {
  private text = "";

  private constructor(
    private readonly client: Host,
    readonly address: string,
    private readonly stopFile: string,
  ) {}

  private ended: Promise<void> = Promise.resolve();

  /** Returns when the first request has been answered, or has failed. */
  static async start(client: Host, address: string, port: number): Promise<Steady> {
    const load = new Steady(client, address, `/run/steady-${process.pid}-${count++}.stop`);
    await client.put(join(sources, "proofs/failover/steady.pl"), "/run/steady.pl");
    const follow = (stream: "out" | "err", text: string): void => {
      if (stream === "out") load.text += text;
    };
    load.ended = client
      .run(`perl /run/steady.pl ${address} ${port} ${period} ${timeout} ${load.stopFile}`, { timeout: 1800, follow })
      .then(({ code, err }) => {
        if (code !== 0) throw new Error(`steady load: exit code ${code}: ${err}`);
      });
    // Whoever stops the load gets its error.
    load.ended.catch(() => {});
    while (load.requests().length === 0) await sleep(50);
    return load;
  }

  /** What is known so far. */
  requests(): Request[] {
    const lines = this.text.slice(0, this.text.lastIndexOf("\n") + 1).split("\n");
    return lines
      .filter((line) => line !== "")
      .map((line) => line.split(" "))
      .map(([began, took, what, ...rest]) => ({
        began: Number(began),
        ended: Number(began) + Number(took),
        page: what === "ok" ? rest.join(" ") : null,
        why: what === "ok" ? "" : rest.join(" "),
      }))
      .sort((a, b) => a.began - b.began);
  }

  /** Waits until requests that began after `since` have all been answered for so many seconds; false after `limit` seconds. */
  async calm(seconds: number, limit: number, since = Date.now() / 1000): Promise<boolean> {
    for (const start = Date.now(); Date.now() - start < limit * 1000; await sleep(100)) {
      const requests = this.requests();
      const last = Math.max(since, ...requests.filter(({ page }) => page === null).map(({ began }) => began));
      if (requests.some(({ began, page }) => page !== null && began - last > seconds)) return true;
    }
    return false;
  }

  async stop(): Promise<Request[]> {
    await this.client.must(`touch ${this.stopFile}`);
    await this.ended;
    return this.requests();
  }
}

/** What a load says of one event. */
export interface Outage {
  readonly requests: number;
  readonly failures: readonly Request[];
  /** The longest time between two answers, seconds. */
  readonly gap: number;
  /** Seconds of the slowest request that was answered. */
  readonly slowest: number;
  /** Requests by who answered. */
  readonly pages: ReadonlyMap<string, number>;
}

export function outageOf(requests: readonly Request[]): Outage {
  const answered = requests.filter(({ page }) => page !== null);
  const ends = answered.map(({ ended }) => ended).sort((a, b) => a - b);
  const pages = new Map<string, number>();
  for (const { page } of answered) pages.set(String(page), (pages.get(String(page)) ?? 0) + 1);
  return {
    requests: requests.length,
    failures: requests.filter(({ page }) => page === null),
    gap: Math.max(0, ...ends.slice(1).map((ended, index) => ended - Number(ends[index]))),
    slowest: Math.max(0, ...answered.map(({ began, ended }) => ended - began)),
    pages,
  };
}
