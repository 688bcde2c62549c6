/** Every scheduler by traffic: how a few hundred requests are shared out, beside what its definition says. */
import type { Proof } from "../../bench.ts";
import { type Answers, type Ask, ask, askCounted } from "./asking.ts";
import { type SchedulerName, schedulerPort, schedulers, vips, weights } from "./everything.ts";
import type { ModesSite } from "./site.ts";

const count = weights.web1 + weights.web2;

interface Expectation {
  /** Connections stay open where the scheduler looks at them. */
  readonly way: "close" | "hold";
  /** Source addresses of the client. */
  readonly sources: number;
  readonly words: string;
  holds(answers: Answers): boolean;
}

const near =
  (wanted: number, tolerance: number) =>
  ({ names }: Answers) =>
    names.length === count &&
    Math.abs(names.filter((name) => name === "web1").length - wanted) <= tolerance &&
    names.every((name) => name === "web1" || name === "web2");

const one = ({ names }: Answers): boolean => new Set(names).size === 1 && /^web[12]$/.test(names[0] ?? "");

/** Each source address always gets the same real server, and not all the same one. */
const bySource =
  (sources: number) =>
  ({ names }: Answers) => {
    const servers = Array.from(
      { length: sources },
      (_, source) => new Set(names.filter((_, index) => index % sources === source)),
    );
    return (
      servers.every(({ size }) => size === 1) &&
      new Set(names).size === 2 &&
      names.every((name) => /^web[12]$/.test(name))
    );
  };

const many = 20;

/** For weights of 150 and 50 and 200 requests; the definitions are those of ipvsadm(8) and of net/netfilter/ipvs. */
const expectations: Readonly<Record<SchedulerName, Expectation>> = {
  rr: { way: "close", sources: 1, words: "web1 100, web2 100", holds: near(100, 0) },
  wrr: { way: "close", sources: 1, words: "web1 150, web2 50", holds: near(150, 0) },
  lc: { way: "hold", sources: 1, words: "web1 100, web2 100", holds: near(100, 1) },
  wlc: { way: "hold", sources: 1, words: "web1 150, web2 50", holds: near(150, 1) },
  lblc: { way: "close", sources: 1, words: "one of them all 200: it goes by the destination", holds: one },
  lblcr: { way: "close", sources: 1, words: "one of them all 200: it goes by the destination", holds: one },
  dh: { way: "close", sources: 1, words: "one of them all 200: it goes by the destination", holds: one },
  sh: { way: "close", sources: many, words: "each of 20 sources always the same", holds: bySource(many) },
  sed: { way: "hold", sources: 1, words: "web1 150, web2 50", holds: near(150, 2) },
  nq: { way: "hold", sources: 1, words: "web1 150, web2 50", holds: near(150, 2) },
  fo: { way: "close", sources: 1, words: "web1 200: the highest weight", holds: near(200, 0) },
  // net/netfilter/ipvs/ip_vs_ovf.c passes a server over when it has more active connections than its weight.
  ovf: {
    way: "hold",
    sources: 1,
    words: "web1 151, then web2 49",
    holds: ({ names }) => names.join() === overflow.join(),
  },
  mh: { way: "close", sources: many, words: "each of 20 sources always the same", holds: bySource(many) },
};

const overflow = [...Array<string>(weights.web1 + 1).fill("web1"), ...Array<string>(weights.web2 - 1).fill("web2")];

export const schedulersProof = (site: ModesSite): Proof => ({
  name: "schedulers",
  title: "every scheduler shares out by its definition",
  xtables: true,
  async run(bench) {
    const { book } = bench;
    await site.applied(bench);
    const client = bench.host("pc");
    const from = Array.from({ length: many }, (_, index) => `192.168.80.${100 + index}`);
    await client.must(from.map((address) => `ip addr replace ${address}/24 dev ens33`).join("\n"));
    for (const scheduler of schedulers) {
      const { way, sources, words, holds } = expectations[scheduler];
      const request: Ask = {
        count,
        address: vips.schedulers,
        port: schedulerPort(scheduler),
        way,
        from: sources > 1 ? from : [],
      };
      const answers = await askCounted(bench, scheduler, request);
      book.check(`${scheduler}: expected ${words}; seen ${answers.shares}`, holds(answers), answers.names.join(" "));
    }
    book.figure("by scheduler", count * schedulers.length, "requests");
    const ports = await ask(client, { count, address: vips.schedulers, port: 80 });
    book.check(`sh with sh-port: one source reaches both; seen ${ports.shares}`, new Set(ports.names).size === 2);
    const hashed = await ask(client, { count, address: vips.schedulers, port: 81 });
    book.check(`mh with mh-port: one source reaches both; seen ${hashed.shares}`, new Set(hashed.names).size === 2);
    await client.must(from.map((address) => `ip addr del ${address}/24 dev ens33`).join("\n"));
  },
});
