/** What `lvsgen diff` says of a change against what clients notice of it, for each kind of change that a table can have. */
import { join } from "node:path";
import type { Bench, Proof } from "../bench.ts";
import { quote, run, sleep } from "../command.ts";
import { sources } from "../places.ts";
import { hostSpec } from "../spec.ts";
import { type Description, program, type Script } from "./bundle.ts";
import { Cluster, stepOf } from "./cluster.ts";

const port = 7000;
const sessions = 8;
const drain = "3";

type Service = Description["services"][number];
interface Row {
  readonly title: string;
  readonly from: Description;
  readonly to: Description;
  /** By a rollback of the row before. */
  readonly back?: true;
  /** The kept connections send nothing while it happens. */
  readonly silent?: true;
  /** What diff says is the most that may happen: which of them end depends on who sends first. */
  readonly isMost?: true;
}

interface Others {
  readonly watched?: boolean;
  /** Health checks by keepalived. */
  readonly ha?: boolean;
}

/** Two services, so that one may go; the first is watched. */
function described(
  settings: Partial<Service> = {},
  { watched: isWatched = true, ha = false }: Others = {},
): Description {
  const realservers = [{ host: "web1" }, { host: "web2" }];
  const watched = { name: "watched", vip: "192.168.80.188", port, scheduler: "rr", realservers, ...settings };
  const other = { name: "other", vip: "192.168.80.187", port: port + 1, scheduler: "rr", realservers };
  return {
    version: 1,
    name: "changes",
    defaults: { platform: "debian12", interface: "ens33" },
    hosts: {
      lvs1: { address: "192.168.80.10/24" },
      web1: { address: "192.168.80.12/24" },
      web2: { address: "192.168.80.13/24" },
      web3: { address: "192.168.80.14/24" },
      pc: { address: "192.168.80.200/24" },
    },
    directors: ["lvs1"],
    services: isWatched ? [watched, other] : [other],
    clients: ["pc"],
    ...(ha ? { ha: {} } : {}),
  };
}

const three = { realservers: [{ host: "web1" }, { host: "web2" }, { host: "web3" }] };
const weighted = (first: number) => ({
  scheduler: "wrr",
  realservers: [{ host: "web1", weight: first }, { host: "web2" }],
});
const limited = { realservers: [{ host: "web1", upperThreshold: 500, lowerThreshold: 400 }, { host: "web2" }] };
const mixed = { realservers: [{ host: "web1" }, { host: "web2", mode: "tun" }] };
const checked = { ha: true };
const hashed = { scheduler: "sh", schedulerFlags: ["sh-port"] };

/** Each begins where the one before ended, so that nothing is applied in between. */
const rows: readonly Row[] = [
  row("scheduler", {}, { scheduler: "wlc" }),
  row("scheduler and weights", { scheduler: "wlc" }, weighted(3)),
  row("weight 0", weighted(3), weighted(0)),
  row("weight again", weighted(0), weighted(1)),
  row("scheduler with flags", weighted(1), hashed),
  row("flags go", hashed, { scheduler: "sh" }),
  row("thresholds", { scheduler: "sh" }, limited),
  row("persistence", limited, { persistence: { timeout: 60 } }),
  row("timeout of persistence", { persistence: { timeout: 60 } }, { persistence: { timeout: 90 } }),
  row("persistence goes", { persistence: { timeout: 90 } }, {}),
  row("a real server more", {}, three),
  row("a real server less", three, {}),
  row("virtual address", {}, { vip: "192.168.80.189" }),
  row("virtual address again", { vip: "192.168.80.189" }, {}),
  { ...row("forwarding method", {}, { mode: "tun" }), isMost: true },
  // Connections that go on in TUN leave the kernel a route that those in DR fail on (docs/diff.md).
  row("forwarding method again", { mode: "tun" }, {}),
  { ...row("forwarding method, of silent connections", {}, { mode: "tun" }), silent: true },
  row("forwarding method again, once more", { mode: "tun" }, {}),
  { ...row("forwarding method of one", {}, mixed), isMost: true },
  row("forwarding method of one again", mixed, {}),
  { ...row("forwarding method, to be rolled back", {}, { mode: "tun" }), isMost: true },
  { ...row("rollback of the forwarding method", { mode: "tun" }, {}), back: true },
  { title: "health checks", from: described(), to: described({}, checked) },
  row("forwarding method, checked", {}, { mode: "tun" }, checked),
  row("forwarding method again, checked", { mode: "tun" }, {}, checked),
  row("forwarding method, checked, to be rolled back", {}, { mode: "tun" }, checked),
  { ...row("rollback of the forwarding method, checked", { mode: "tun" }, {}, checked), back: true },
  { title: "no health checks", from: described({}, checked), to: described() },
  { title: "service removed", from: described(), to: described({}, { watched: false }) },
];

function row(title: string, from: Partial<Service>, to: Partial<Service>, others: Others = {}): Row {
  return { title, from: described(from, others), to: described(to, others) };
}

export const changesProof = (): Proof => ({
  name: "changes",
  title: "each change of a table does to connections what lvsgen diff says",
  long: true,
  async run(bench) {
    const hosts = Object.entries(described().hosts).map(([name, { address }]) => hostSpec(name, address));
    await bench.boot(...hosts);
    for (const name of ["web1", "web2", "web3"]) await serve(bench, name);
    await bench.host("pc").put(join(sources, "proofs/changes.pl"), "/run/changes.pl");
    let before = await Cluster.of(bench, "row-0", described());
    await before.everywhere("apply");
    for (const [index, one] of rows.entries()) {
      const after = await Cluster.of(bench, `row-${index + 1}`, one.to);
      await proved(bench, one, before, after);
      before = after;
    }
  },
});

async function serve(bench: Bench, name: string): Promise<void> {
  const host = bench.host(name);
  await host.put(join(sources, "proofs/session.pl"), "/run/session.pl");
  for (const number of [port, port + 1])
    await host.must(`nohup perl /run/session.pl serve ${number} >/dev/null 2>&1 </dev/null &`);
}

interface Noticed {
  readonly ended: number;
  readonly made: number;
  readonly failed: number;
  readonly gap: number;
}

async function proved(bench: Bench, row: Row, before: Cluster, after: Cluster): Promise<void> {
  const { title, from, to, back, silent: isSilent = false, isMost = false } = row;
  const { book } = bench;
  const difference = await diff(before, after);
  const vip = String(from.services[0]?.["vip"]);
  const noticed = await watched(bench, vip, isSilent, async () => {
    for (const { action, script, hosts } of difference.order) {
      // Who has left still answers what is under way: the host is not part of the change any more.
      if (action !== "apply") continue;
      for (const host of hosts) {
        const words = script === "director.sh" ? ["--drain", drain] : [];
        const cluster = back === true ? before : after;
        const told = await cluster.tell(stepOf(cluster, host, script), back === true ? "rollback" : "apply", ...words);
        if (told.code !== 0) throw new Error(told.text);
      }
    }
  });
  const { ended, made, failed, gap } = noticed;
  book.note(
    `${title}: ${difference.verdict}; ${ended} of ${sessions} ended, ${failed} of ${made} new ones failed, longest gap ${gap} s`,
  );
  book.check(`${title}: ${difference.verdict}`, agrees(difference.verdict, noticed, isMost), JSON.stringify(noticed));
  const next = to.services.find(({ name }) => name === "watched");
  if (next === undefined) return;
  const after20 = await served(bench, String(next["vip"]));
  book.equal(`${title}: when every script has run the next 20 are served`, after20, "20 of 20");
}

/** New connections, one after the other. */
async function served(bench: Bench, vip: string): Promise<string> {
  const script = `answered=0; for ((i = 0; i < 20; i++)); do
    line=$(timeout 2 bash -c 'exec 3<>"/dev/tcp/$1/$2" && echo line >&3 && read -r line <&3 && echo "$line"' bash ${quote(vip)} ${port}) || :
    [[ $line != line ]] || answered=$((answered + 1))
  done 2>/dev/null; echo "$answered of 20"`;
  return (await bench.host("pc").must(script, { timeout: 120 })).trim();
}

function agrees(verdict: string, { ended, failed, made }: Noticed, isMost: boolean): boolean {
  switch (verdict) {
    case "none":
    case "new-connections-elsewhere":
      return ended === 0 && failed === 0 && made > 0;
    case "connections-end":
      return (ended > 0 || isMost) && failed === 0 && made > 0;
    default:
      return ended + failed > 0;
  }
}

interface Compared {
  /** The gravest of what is said of services. */
  readonly verdict: string;
  readonly order: readonly { readonly action: string; readonly script: Script; readonly hosts: readonly string[] }[];
}

const gravity = ["none", "new-connections-elsewhere", "connections-end", "service-interrupted"];

/** What `lvsgen diff` says of two bundles' descriptions. */
async function diff(before: Cluster, after: Cluster): Promise<Compared> {
  const [old, next] = [before, after].map(({ bundle }) => join(bundle.directory, "../cluster.json"));
  const { code, out, err } = await run(process.execPath, [
    await program(),
    "diff",
    "--json",
    String(old),
    String(next),
  ]);
  if (code !== 2) throw new Error(`lvsgen diff: exit code ${code}: ${err}`);
  const said = JSON.parse(out) as Compared & { changes: { subject: { kind: string }; verdict: string }[] };
  const verdicts = said.changes.filter(({ subject }) => subject.kind === "service").map(({ verdict }) => verdict);
  return { order: said.order, verdict: gravity.findLast((one) => verdicts.includes(one)) ?? "none" };
}

/** What clients notice while something is done, and for two seconds more. */
async function watched(bench: Bench, vip: string, isSilent: boolean, work: () => Promise<void>): Promise<Noticed> {
  const pc = bench.host("pc");
  const [ready, stop] = ["/run/changes.ready", "/run/changes.stop"];
  await pc.must(`rm -f ${ready} ${stop}`);
  const words = [vip, String(port), String(sessions), ready, stop, ...(isSilent ? ["silent"] : [])];
  const client = pc.must(`perl /run/changes.pl ${words.map(quote).join(" ")}`, { timeout: 900 });
  client.catch(() => {});
  await pc.must(`for i in {1..300}; do [[ -e ${ready} ]] && exit 0; sleep 0.1; done; exit 1`);
  await sleep(1000);
  await work();
  await sleep(2000);
  await pc.must(`touch ${stop}`);
  const [ended = 0, made = 0, failed = 0, gap = 0] = (await client).trim().split(" ").map(Number);
  return { ended, made, failed, gap };
}
