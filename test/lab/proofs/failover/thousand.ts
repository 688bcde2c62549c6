/**
 * Health checks of a thousand real servers: how long one change takes, and until it is in force. What a guest takes for a system call makes most of it:
 * the kernel `forky`, by which that is less, comes nearer to what a real machine takes.
 */
import type { Bench, Proof } from "../../bench.ts";
import type { Host } from "../../host.ts";
import { hostSpec } from "../../spec.ts";
import type { Description } from "../bundle.ts";
import { Cluster, stepOf } from "../cluster.ts";

const size = 1000;
/** Real servers of one service; one machine has all their addresses. */
export const pool = Array.from({ length: 50 }, (_, index) => `192.168.80.${100 + index}`);
const first = 8000;

/** That many real servers, in services of a pool each, with health checks; `weightOf` by their number. */
export function checkedServers(count: number, weightOf: (index: number) => number): Description {
  return {
    version: 1,
    name: "large",
    defaults: { platform: "debian12", interface: "ens33" },
    hosts: { lvs1: { address: "192.168.80.10/24" } },
    directors: ["lvs1"],
    ha: {},
    services: Array.from({ length: count / pool.length }, (_, index) => ({
      name: `s${index}`,
      vip: "192.168.80.88",
      port: first + index,
      realservers: pool.map((address, at) => ({ address, weight: weightOf(index * pool.length + at) })),
      check: { type: "tcp", interval: 30 },
    })),
  } as unknown as Description;
}

const description = (weight: number): Description => checkedServers(size, (index) => (index === 0 ? weight : 1));

export const thousandProof = (): Proof => ({
  name: "failover-thousand",
  title: `health checks of ${size} real servers: one change, and until it is in force`,
  long: true,
  async run(bench) {
    const [director, servers] = (await bench.boot(
      hostSpec("lvs1", "192.168.80.10/24"),
      hostSpec("servers", "192.168.80.12/24"),
    )) as [Host, Host];
    await servers.must(pool.map((address) => `ip address add ${address}/24 dev ens33`).join("; "));
    await listening(servers, size / pool.length);
    await changes(bench, director);
  },
});

async function changes(bench: Bench, director: Host): Promise<void> {
  const { book } = bench;
  const before = await Cluster.of(bench, "large", description(1));
  const changed = await Cluster.of(bench, "large-changed", description(7));
  const tell = async (cluster: Cluster, what: string, ...words: string[]): Promise<void> => {
    const told = await book.timed(what, () => cluster.tell(stepOf(cluster, "lvs1", "director.sh"), ...words));
    book.check(what, told.code === 0, told.text);
  };
  await tell(before, "first apply", "apply");
  await tell(before, "apply with nothing to do", "apply");
  await watch(director, "-w 7");
  await tell(changed, "apply after one change", "apply");
  book.figure("  until the new weight was in the table", await seen(director), "s");
  const table = await director.must("ipvsadm -S -n");
  book.equal("entries of the table", table.match(/^-a /gm)?.length ?? 0, size);
  book.equal("none is out", table.match(/-w 0$/gm)?.length ?? 0, 0);
  await tell(changed, "drain", "drain", String(pool[1]), "--drain", "0");
  const drained = (await director.must("ipvsadm -S -n")).match(/-w 0$/gm)?.length ?? 0;
  book.equal("drained in every service", drained, size / pool.length);
  await tell(changed, "undrain", "undrain", String(pool[1]));
  await book.timed("restart of keepalived", () => director.must("systemctl restart keepalived"));
}

/** A server on every port of the pool. */
export async function listening(servers: Host, ports: number): Promise<void> {
  await servers.must(`cat > /root/listen.pl << 'END'
use IO::Socket::INET;
use IO::Select;
my $all = IO::Select->new(map { IO::Socket::INET->new(LocalPort => $_, Listen => 511, ReuseAddr => 1) or die "$_: $!" } ${first} .. ${first + ports - 1});
while (my @ready = $all->can_read) { close $_->accept for @ready }
END
systemctl stop listen 2>/dev/null; systemctl reset-failed listen 2>/dev/null
systemd-run -q --unit listen perl /root/listen.pl`);
}

/** Notes when a text is in the table first. */
async function watch(director: Host, text: string): Promise<void> {
  await director.must(`rm -f /run/seen; date +%s.%N > /run/watched; systemctl reset-failed watch 2>/dev/null
systemd-run -q --unit watch bash -c 'until ipvsadm -S -n | grep -q -e "${text}"; do sleep 0.1; done; date +%s.%N > /run/seen'`);
}

/** Seconds until what was watched for was there. */
async function seen(director: Host): Promise<number> {
  const text = await director.must(
    "for i in {1..300}; do [[ -s /run/seen ]] && break; sleep 0.1; done; cat /run/seen /run/watched",
  );
  const [there = 0, began = 0] = text.trim().split("\n").map(Number);
  return there - began;
}
