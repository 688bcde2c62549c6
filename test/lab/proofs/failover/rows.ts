/** What clients notice of an event: a row for each, told and kept for the report. */
import type { Bench } from "../../bench.ts";
import type { Host } from "../../host.ts";
import { port, vips } from "./site.ts";
import { type Outage, outageOf, type Request, Steady } from "./steady.ts";

/** Seconds without a failed request after which an event is over, and the most that it may take. */
const calm = 2;
const limit = 120;

export interface Seen {
  readonly outage: Outage;
  readonly requests: readonly Request[];
}

export class Rows {
  private readonly lines: string[][] = [];

  constructor(
    private readonly bench: Bench,
    private readonly client: Host,
    private readonly asked: Readonly<Record<string, string>> = { IPv4: vips.web, IPv6: vips.web6 },
  ) {}

  /** Lets something happen while clients ask, until they are served again and `settled` is. What they saw, by family. */
  async during(name: string, happen: () => Promise<unknown>): Promise<ReadonlyMap<string, Seen>> {
    const loads = await Promise.all(
      Object.entries(this.asked).map(
        async ([family, address]) => [family, await Steady.start(this.client, address, port)] as const,
      ),
    );
    let serves: boolean[] = [];
    const seen = new Map<string, Seen>();
    try {
      await happen();
      const since = Date.now() / 1000;
      serves = await Promise.all(loads.map(([, load]) => load.calm(calm, limit, since)));
    } finally {
      for (const [family, load] of loads) {
        const requests = await load.stop();
        seen.set(family, { requests, outage: outageOf(requests) });
      }
    }
    this.bench.book.check(`${name}: clients are served`, serves.every(Boolean));
    for (const [family, { outage }] of seen) this.add(name, family, outage);
    return seen;
  }

  private add(name: string, family: string, { requests, failures, gap, slowest, pages }: Outage): void {
    const { book } = this.bench;
    book.figure(`${name}, ${family}: longest gap`, gap, "s");
    book.figure(`${name}, ${family}: failed`, failures.length, `of ${requests} requests`);
    for (const why of new Set(failures.map((failure) => failure.why))) {
      const alike = failures.filter((failure) => failure.why === why);
      book.note(
        `  ${alike.length} × ${why}, ${alike
          .map(({ began }) => began.toFixed(2))
          .slice(0, 8)
          .join(" ")}`,
      );
    }
    this.lines.push([
      name,
      family,
      gap.toFixed(2),
      String(requests),
      String(failures.length),
      slowest.toFixed(2),
      [...pages].map(([page, count]) => `${page} ${count}`).join(", "),
    ]);
  }

  /** The table, as docs/failover.md has it. */
  told(): void {
    const head = ["case", "family", "longest gap, s", "requests", "failed", "slowest, s", "answered by"];
    for (const line of [head, head.map(() => "---"), ...this.lines]) this.bench.book.note(`| ${line.join(" | ")} |`);
  }
}

/** The failed requests of both families, as text. */
export function failuresOf(seen: ReadonlyMap<string, Seen>, since = 0): string {
  return [...seen]
    .flatMap(([family, { outage }]) =>
      outage.failures.filter(({ began }) => began >= since).map(({ began, why }) => `${family} ${began} ${why}`),
    )
    .join("\n");
}

/** Requests of a family that are under way at a moment, on a busy machine as well. */
const underWay = 2;

/**
 * The failed requests of a takeover, as text, beside those that it cannot spare: a connection is told to the other director when it is a second or
 * two old, so that one which is younger and under way at that moment is reset.
 */
export function avoidableOf(seen: ReadonlyMap<string, Seen>): string {
  const spared = [...seen].filter(([, { outage }]) => {
    const reset = outage.failures.filter(({ why }) => why === "read: Connection reset by peer");
    return reset.length !== outage.failures.length || reset.length > underWay;
  });
  return failuresOf(new Map(spared));
}

/** Seconds within which keepalived has exchanged the sorry server for the first real server of a service, on a busy machine as well. */
const exchange = 0.5;

/**
 * The failed requests of real servers' return, as text, beside those that it cannot spare: keepalived takes the sorry server out of the
 * table before it puts the first real server in (`update_quorum_state` in its `check/ipwrapper.c`), and a connection that begins in between is refused.
 */
export function avoidableOfReturn(seen: ReadonlyMap<string, Seen>): string {
  const spared = [...seen].filter(([, { outage }]) => {
    const times = outage.failures.map(({ began }) => began);
    const areRefused = outage.failures.every(({ why }) => why === "connect: Connection refused");
    return !areRefused || times.length > underWay || Math.max(...times) - Math.min(...times) > exchange;
  });
  return failuresOf(new Map(spared));
}

export function longestGap(seen: ReadonlyMap<string, Seen>): number {
  return Math.max(...[...seen.values()].map(({ outage }) => outage.gap));
}

/** Who answered since a time. */
export function pagesOf(seen: ReadonlyMap<string, Seen>, since = 0): Set<string> {
  const pages = [...seen.values()].flatMap(({ requests }) => requests.filter(({ began }) => began >= since));
  return new Set(pages.map(({ page }) => page ?? "").filter((page) => page !== ""));
}
