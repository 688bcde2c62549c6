/**
 * What hashing does with its places, of which each source address has one: in `sh` 256, which weights fill server by server; and what becomes of
 * clients whose place has a real server with weight 0.
 */
import type { Bench, Proof } from "../../bench.ts";
import { type Answers, ask } from "./asking.ts";
import { schedulerPort, vips, weights } from "./everything.ts";
import type { ModesSite } from "./site.ts";

/** As many as sh has places: their hashes meet nearly all of them (`hash_32` in ip_vs_sh.c). */
const sources = Array.from({ length: 256 }, (_, last) => `192.168.81.${last}`);

const portRange = "/proc/sys/net/ipv4/ip_local_port_range";
const [firstPort, portsEach] = [20_000, 4000];

interface Row {
  readonly port: number;
  readonly title: string;
  readonly weights: readonly [number, number];
  readonly words: string;
  holds(counts: { readonly web1: number; readonly web2: number; readonly failed: number }): boolean;
}

/** Clients by which a count may differ from the places: two may hash to one. */
const tolerance = 12;

const places =
  (web1: number, web2: number, failed = 0) =>
  (counts: { readonly web1: number; readonly web2: number; readonly failed: number }) =>
    is(counts.web1, web1) && is(counts.web2, web2) && is(counts.failed, failed);

/** None is none. */
function is(count: number, wanted: number): boolean {
  return wanted === 0 ? count === 0 : Math.abs(count - wanted) <= tolerance;
}

const [sh, mh] = [schedulerPort("sh"), schedulerPort("mh")];
const refused = "half of the clients or so are refused";

/** The kernel puts each real server before the others: the one that was added last has the first places. */
const rows: readonly Row[] = [
  { port: sh, title: "sh", weights: [1, 1], words: "128 each", holds: places(128, 128) },
  { port: sh, title: "sh", weights: [100, 100], words: "100 and 156", holds: places(100, 156) },
  { port: sh, title: "sh", weights: [200, 200], words: "56 and 200", holds: places(56, 200) },
  { port: sh, title: "sh", weights: [300, 300], words: "none and 256", holds: places(0, 256) },
  { port: sh, title: "sh", weights: [0, 1], words: refused, holds: places(0, 128, 128) },
  { port: mh, title: "mh", weights: [1, 1], words: "about 128 each", holds: ({ failed }) => failed === 0 },
  {
    port: mh,
    title: "mh",
    weights: [0, 1],
    words: refused,
    holds: ({ web1, failed }) => web1 === 0 && failed > 64 && failed < 192,
  },
  { port: 80, title: "sh with sh-fallback", weights: [0, 1], words: "256 by web2", holds: places(0, 256) },
  { port: 81, title: "mh with mh-fallback", weights: [0, 1], words: "256 by web2", holds: places(0, 256) },
];

export const placesProof = (site: ModesSite): Proof => ({
  name: "places",
  title: "hashing: which weights leave real servers without a share, and whose clients weight 0 refuses",
  xtables: true,
  async run(bench) {
    await site.applied(bench);
    const client = bench.host("pc");
    await client.must(sources.map((address) => `ip addr add ${address}/32 dev lo`).join("\n"));
    for (const name of ["lvs1", "web1", "web2"])
      await bench.host(name).must("ip route replace 192.168.81.0/24 via 192.168.80.200");
    const range = (await client.must(`cat ${portRange}`)).trim();
    for (const [index, row] of rows.entries()) {
      // A client that comes again from the port it had before is a connection that the director still knows, and takes to where it was.
      const first = firstPort + index * portsEach;
      await client.must(`echo "${first} ${first + portsEach - 1}" > ${portRange}`);
      await shown(bench, row);
    }
    await client.must(`echo "${range}" > ${portRange}`);
    for (const port of [sh, mh]) await weigh(bench, port, [weights.web1, weights.web2]);
    for (const port of [80, 81]) await weigh(bench, port, [1, 1]);
    for (const name of ["lvs1", "web1", "web2"]) await bench.host(name).must("ip route del 192.168.81.0/24");
    await client.must(sources.map((address) => `ip addr del ${address}/32 dev lo`).join("\n"));
  },
});

async function shown(bench: Bench, { port, title, weights: given, words, holds }: Row): Promise<void> {
  await weigh(bench, port, given);
  const request = { count: sources.length, address: vips.schedulers, port, from: sources };
  const counts = countsOf(await ask(bench.host("pc"), request));
  const seen = `web1 ${counts.web1}, web2 ${counts.web2}, refused ${counts.failed}`;
  bench.book.check(`${title}, weights ${given.join(" and ")}: expected ${words}; seen ${seen}`, holds(counts));
}

function countsOf({ names }: Answers) {
  const of = (name: string): number => names.filter((one) => one.startsWith(name)).length;
  return { web1: of("web1"), web2: of("web2"), failed: of("FAIL") };
}

async function weigh(bench: Bench, port: number, [web1, web2]: readonly [number, number]): Promise<void> {
  const edit = (address: string, weight: number): string =>
    `ipvsadm -e -t ${vips.schedulers}:${port} -r ${address}:${port} -g -w ${weight}`;
  await bench.host("lvs1").must(`${edit("192.168.80.12", web1)} && ${edit("192.168.80.13", web2)}`);
}
