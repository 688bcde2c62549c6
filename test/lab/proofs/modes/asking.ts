/** Requests to the services of a cluster, and who answered them. */
import { join } from "node:path";
import type { Bench } from "../../bench.ts";
import { quote } from "../../command.ts";
import type { Host } from "../../host.ts";
import { sources } from "../../places.ts";

export interface Ask {
  readonly count: number;
  readonly address: string;
  readonly port: number;
  /** `close` a connection each, `hold` them all until the end, `udp`: a datagram each, sent again until it is answered, `sctp`: an association each. */
  readonly way?: "close" | "hold" | "udp" | "sctp";
  /** Source addresses, used in turn. */
  readonly from?: readonly string[];
}

export interface Answers {
  /** Names of the hosts that answered, in order; `FAIL …` where none did. */
  readonly names: readonly string[];
  /** The client as each real server saw it. */
  readonly clients: ReadonlySet<string>;
  /** `web1 150, web2 50` */
  readonly shares: string;
  /** How many datagrams it took; other requests are made once each. */
  readonly sent: number;
}

/** Brings the asking program to the client. */
export function equip(client: Host): Promise<void> {
  return client.put(join(sources, "proofs/modes/ask.pl"), "/root/ask.pl");
}

export async function ask(client: Host, { count, address, port, way = "close", from = [] }: Ask): Promise<Answers> {
  const words = [String(count), way, address, String(port), ...from];
  const text = await client.must(`perl /root/ask.pl ${words.map(quote).join(" ")}`, { timeout: 300 });
  const lines = text.trim().split("\n");
  const names = lines.map((line) => (line.startsWith("FAIL") ? line : (line.split(" ")[0] ?? "")));
  const clients = new Set(lines.filter((line) => !line.startsWith("FAIL")).map((line) => line.split(" ")[1] ?? ""));
  const sent = lines.reduce((sum, line) => sum + Number(/^\S+ \S+ (\d+)$/.exec(line)?.[1] ?? 1), 0);
  return { names, clients, shares: sharesOf(names), sent };
}

/** How often all is asked before an odd count of connections is a fault. */
const TRIES = 3;

/**
 * Requests whose connections IPVS counted one by one: only then do its shares say something. On a busy machine it may have more to schedule than the client
 * asked for; then all is asked again, and told. It is a fault where it never counts right.
 */
export async function askCounted(bench: Bench, what: string, request: Ask): Promise<Answers> {
  for (let again = 1; ; again += 1) {
    const before = await scheduled(bench.host("lvs1"));
    const answers = await ask(bench.host("pc"), request);
    const counted = (await scheduled(bench.host("lvs1"))) - before;
    if (counted === request.count) return answers;
    if (again === TRIES) {
      bench.book.check(
        `${what}: ${request.count} requests are as many connections`,
        false,
        `${counted} counted by IPVS`,
      );
      return answers;
    }
    bench.book.figure(`${what}: asked again, for IPVS counted ${counted}`, again, "times");
  }
}

/** How many datagrams IPVS gave to each real server of `address`, by its address; and how often the client had to ask for its answers. */
export interface Given {
  readonly answers: Answers;
  readonly given: ReadonlyMap<string, number>;
  readonly sent: number;
}

/**
 * Datagrams, each sent until it is answered. A busy machine may lose one, and nobody but the client sends it again: what says how they were shared out is
 * therefore what the director counts, not who answered.
 */
export async function askDatagrams(bench: Bench, what: string, request: Omit<Ask, "way">): Promise<Given> {
  const before = await givenBy(bench.host("lvs1"), request);
  const answers = await ask(bench.host("pc"), { ...request, way: "udp" });
  const after = await givenBy(bench.host("lvs1"), request);
  const given = new Map([...after].map(([server, count]) => [server, count - (before.get(server) ?? 0)]));
  bench.book.figure(`${what}: sent again`, answers.sent - request.count, "datagrams");
  return { answers, given, sent: answers.sent };
}

/** Real servers of a UDP service and the connections (datagrams, where each is scheduled alone) that they were given so far: `ipvsadm --stats`. */
async function givenBy(director: Host, { address, port }: Pick<Ask, "address" | "port">): Promise<Map<string, number>> {
  // The kernel adds its counts up every two seconds (ip_vs_est.c).
  const text = await director.must(`sleep 5; ipvsadm -Ln --stats --exact -u ${address}:${port}`);
  const rows = [...text.matchAll(/^ *-> ([0-9.]+):\d+ +(\d+) /gm)];
  if (rows.length === 0) throw new Error(`ipvsadm --stats shows no real server of ${address}:${port}: ${text}`);
  return new Map(rows.map(([, server, count]) => [server ?? "", Number(count)]));
}

/**
 * Connections that IPVS scheduled since it was loaded. /proc/net/ip_vs_stats_percpu has them as they are, in hexadecimal, a line for each processor below
 * two lines of words; its sum, like ip_vs_stats, is brought up to date every two seconds only (ip_vs_est.c).
 */
async function scheduled(director: Host): Promise<number> {
  const text = await director.must("cat /proc/net/ip_vs_stats_percpu");
  // Behind the sum's line, which begins with ~, come rates.
  const [processors = ""] = text.split("~");
  const counts = [...processors.matchAll(/^ *[0-9A-F]+ +([0-9A-F]+) /gm)].map(([, count]) =>
    Number.parseInt(count ?? "", 16),
  );
  if (counts.length === 0) throw new Error(`/proc/net/ip_vs_stats_percpu has no line of a processor: ${text}`);
  return counts.reduce((sum, count) => sum + count, 0);
}

export function sharesOf(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
