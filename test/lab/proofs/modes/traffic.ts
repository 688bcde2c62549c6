/** Forwarding modes and kinds of service, each by traffic. */
import type { Bench, Proof } from "../../bench.ts";
import { type Cluster, stepOf } from "../cluster.ts";
import { ask, askCounted, askDatagrams, equip } from "./asking.ts";
import { vips } from "./everything.ts";
import type { ModesSite } from "./site.ts";

const count = 100;

export const trafficProof = (site: ModesSite): Proof => ({
  name: "modes",
  title: "DR, TUN (IPIP, GRE, GUE) and NAT, IPv4 and IPv6, marks, persistence, datagrams, SCTP, local node",
  xtables: true,
  async run(bench) {
    const cluster = await site.applied(bench);
    await cluster.verified("verify passes on every host");
    await clientTest(bench, cluster);
    await tunnel(bench);
    await encapsulations(bench);
    await translation(bench);
    await outward(bench);
    await oneLeg(bench);
    await gateway(bench, cluster);
    await families(bench);
    await stickiness(bench);
    await others(bench);
    await bench.host("pc").run("ip addr del 192.168.80.240/24 dev ens33");
  },
});

/** The client's own test knows what each service should look like. The client is on the segment of `leg`, whose replies would miss the director. */
async function clientTest(bench: Bench, cluster: Cluster): Promise<void> {
  const { book } = bench;
  const step = stepOf(cluster, "pc", "client-test.sh");
  const names = cluster.bundle.description.services.map(({ name }) => name);
  const within = names.filter((name) => name !== "leg").flatMap((name) => ["--service", name]);
  const test = await book.timed("client-test.sh", () =>
    bench.host("pc").run(cluster.command(step, within), { timeout: 600 }),
  );
  const told = test.out.split("\n").filter((line) => !line.startsWith("ok"));
  book.check("client-test.sh passes for every service", test.code === 0, told.join("\n") + test.err);
}

/** Half of the requests go to `a`, half to `b`, in turn. */
async function shared(
  bench: Bench,
  what: string,
  address: string,
  port: number,
  pair: readonly string[],
): Promise<void> {
  const inTurn = (names: readonly string[]): boolean =>
    names.every((name, index) => index === 0 || name !== names[index - 1]);
  const { names, shares } = await askCounted(bench, what, { count, address, port });
  const both = new Set(names).size === 2 && names.every((name) => pair.includes(name));
  bench.book.check(`${what}: ${shares}`, names.length === count && inTurn(names) && both, names.join(" "));
  bench.book.figure(what, count, "requests");
  bench.book.figure(what, names.filter((name) => name.startsWith("FAIL")).length, "failed requests");
}

async function tunnel(bench: Bench): Promise<void> {
  const { book } = bench;
  const wire = await bench.capture(bench.host("far1"), "far1-wire", "ip");
  await shared(bench, "TUN, one real server behind a router", vips.tun, 80, ["web1", "far1"]);
  await wire.stop();
  const wrapped = await wire.frames("ip proto 4 and src host 192.168.80.10 and dst host 10.1.0.14");
  const bare = await wire.frames(`tcp and src host ${vips.tun}`);
  book.check("far1 gets them wrapped by the director", wrapped.length >= count, `${wrapped.length} frames`);
  book.check("and answers the client itself", bare.length >= count, `${bare.length} frames`);
  const upload = `head -c 3000000 /dev/zero >/tmp/up && for i in 1 2; do
    curl -sS --max-time 20 -H Expect: --data-binary @/tmp/up http://${vips.tun}/; done | sort`;
  const { out } = await bench.host("pc").run(upload, { timeout: 60 });
  book.equal("3 MB go up through both tunnels", out, "far1 192.168.80.200 3000000\nweb1 192.168.80.200 3000000\n");
}

/** IP-in-IP in other clothes, to a neighbour and over a router. */
async function encapsulations(bench: Bench): Promise<void> {
  const kinds = [
    ["GRE", vips.gre, "ip proto 47"],
    ["GUE", vips.gue, "udp dst port 6080"],
  ] as const;
  for (const [kind, vip, filter] of kinds) {
    const wire = await bench.capture(bench.host("far1"), `far1-${kind.toLowerCase()}`, filter);
    await shared(bench, `TUN in ${kind}, one real server behind a router`, vip, 80, ["web1", "far1"]);
    await wire.stop();
    const wrapped = await wire.frames(`src host 192.168.80.10 and dst host 10.1.0.14 and ${filter}`);
    bench.book.check(`far1 gets them in ${kind}`, wrapped.length >= count, `${wrapped.length} frames`);
  }
}

/** What a real server behind the director begins itself; web2 has no way back to it. */
async function outward(bench: Bench): Promise<void> {
  const app = bench.host("app1");
  await equip(app);
  const { shares, clients } = await ask(app, { count: 20, address: "192.168.80.13", port: 80 });
  bench.book.equal("source NAT: app1 reaches a machine outside", shares, "web2 20");
  bench.book.equal("which sees the director", [...clients].join(), "192.168.80.10");
}

/** Director and real server on one segment, the client on another. */
async function oneLeg(bench: Bench): Promise<void> {
  const { book } = bench;
  const client = bench.host("far1");
  await equip(client);
  const wire = await bench.capture(bench.host("app3"), "one-leg", "icmp or host 10.1.0.14");
  const { shares, clients } = await ask(client, { count, address: vips.leg, port: 80 });
  await wire.stop();
  book.equal("NAT, one leg, port 80 to 8080", shares, `app3 ${count}`);
  book.equal("app3 sees the client's own address", [...clients].join(), "10.1.0.14");
  const redirects = await wire.frames("icmp[icmptype] == 5");
  book.equal("the director sends no redirect past itself", String(redirects.length), "0");
}

/** Without the way back through the director a NAT real server serves nobody. */
async function gateway(bench: Bench, cluster: Cluster): Promise<void> {
  const { book } = bench;
  const host = bench.host("app1");
  const step = stepOf(cluster, "app1", "realserver.sh");
  await host.must("ip route replace default via 10.0.0.22");
  const broken = await cluster.tell(step, "verify");
  const named = broken.lines.some(
    ({ result, kind }) => result === "failed" && (kind === "route" || kind === "gateway"),
  );
  book.check("NAT, gateway wrong: verify names it", broken.code === 1 && named, broken.text);
  const mended = await cluster.tell(step, "apply");
  const sound = await cluster.tell(step, "verify");
  book.check("NAT, gateway wrong: apply mends it", mended.code === 0 && sound.code === 0, mended.text + sound.text);
  await shared(bench, "NAT, after the gateway was mended", vips.nat, 80, ["app1", "app2"]);
}

async function translation(bench: Bench): Promise<void> {
  const { book } = bench;
  const director = bench.host("lvs1");
  const wire = await bench.capture(director, "nat-wire", `host ${vips.nat}`);
  await shared(bench, "NAT, two legs, port 80 to 8080", vips.nat, 80, ["app1", "app2"]);
  await wire.stop();
  const replies = await wire.frames(`tcp and src host ${vips.nat}`);
  book.check("replies come back through the director", replies.length >= count, `${replies.length} frames`);
  const { clients } = await ask(bench.host("pc"), { count: 2, address: vips.nat, port: 80 });
  book.equal("real servers see the client's own address", [...clients].join(), "192.168.80.200");
}

async function families(bench: Bench): Promise<void> {
  const client = bench.host("pc");
  await shared(bench, "DR over IPv6", vips.six, 80, ["web1", "web2"]);
  const neighbour = await client.must(`ip -6 neigh show ${vips.six}`);
  bench.book.check("the IPv6 VIP's neighbour is the director", neighbour.includes(bench.host("lvs1").mac()), neighbour);
  await shared(bench, "TUN over IPv6", vips.sixTun, 80, ["web1", "web2"]);
  await shared(bench, "NAT over IPv6, port 80 to 8080", vips.sixNat, 80, ["app1", "app2"]);
}

/** One client, then another from an address of its own. */
async function stickiness(bench: Bench): Promise<void> {
  const { book } = bench;
  const client = bench.host("pc");
  await client.must("ip addr replace 192.168.80.240/24 dev ens33");
  const of = async (address: string, port: number, source: string): Promise<string> => {
    const { names } = await ask(client, { count: 20, address, port, from: [source] });
    return [...new Set(names)].sort().join(" ");
  };
  const [first, second] = ["192.168.80.200", "192.168.80.240"];
  const sticky = [await of(vips.sticky, 80, first), await of(vips.sticky, 80, second)];
  book.equal(
    "persistence: each client keeps its server, the next client gets the other",
    sticky.toSorted().join(),
    "web1,web2",
  );
  const net = [await of(vips.sticky, 81, "192.168.80.200"), await of(vips.sticky, 81, "192.168.80.200")];
  book.check("persistence by network", new Set(net).size === 1 && /^web[12]$/.test(net[0] ?? ""), net.join());
  const marked = [
    await of(vips.marked, 9001, first),
    await of(vips.marked, 9002, first),
    await of(vips.marked, 9002, second),
    await of(vips.marked, 9001, second),
  ];
  const [a, b, c, d] = marked;
  book.check(
    "a mark over two ports: one server for both ports of a client",
    a === b && c === d && a !== c,
    marked.join(),
  );
  const all = [await of(vips.limited, 8003, first), await of(vips.limited, 8005, first)];
  book.check(
    "every port of a VIP with persistence: one server",
    new Set(all).size === 1 && /^web[12]$/.test(all[0] ?? ""),
    all.join(),
  );
}

async function others(bench: Bench): Promise<void> {
  const { book } = bench;
  const client = bench.host("pc");
  const datagrams = "UDP, one packet: datagrams of one port are shared out";
  const { answers, given, sent } = await askDatagrams(bench, datagrams, { count, address: vips.once, port: 5353 });
  const [fewer = 0, more = 0] = [...given.values()].toSorted((a, b) => a - b);
  const arrived = fewer + more;
  book.check(
    datagrams,
    given.size === 2 && more - fewer <= 1 && arrived >= count && arrived <= sent,
    `${sent} sent, IPVS gave ${[...given].map(([server, number]) => `${number} to ${server}`).join(", ")}`,
  );
  book.equal("and each is answered, by both", [...new Set(answers.names)].toSorted().join(), "web1,web2");
  const limited = await ask(client, { count: 30, address: vips.limited, port: 80, way: "hold" });
  const [atWeb1] = [limited.names.filter((name) => name === "web1").length];
  book.check(
    `upper threshold 5 on web1: ${limited.shares}`,
    atWeb1 <= 6 && limited.names.every((name) => /^web/.test(name)),
  );
  await shared(bench, "one service, one real server in DR and one in TUN", vips.mixed, 80, ["web1", "far1"]);
  const resting = await ask(client, { count: 20, address: vips.mixed, port: 81 });
  book.equal("weight 0 gets nothing", resting.shares, "web1 20");
  const sctp = await ask(client, { count: 40, address: vips.sctp, port: 9899, way: "sctp" });
  book.equal("SCTP associations are shared out", sctp.shares, "web1 20, web2 20");
  await shared(bench, "local node: the director serves every other request itself", vips.local, 80, ["lvs1", "web1"]);
}
