/**
 * What the kernel's table itself costs as it grows: to load it from a rules file, to print it, to change one weight, and the memory it
 * keeps. No script of lvsgen is beside it; docs/scale.md has the figures and what follows from them.
 */
import type { Bench, Proof } from "../bench.ts";
import type { Host } from "../host.ts";
import { hostSpec } from "../spec.ts";
import { addressOf, figuresIn, type Table, tell } from "./grown.ts";

const limit = 900;

/** The kernel looks for a real server among all of its service: many in one service cost otherwise than few in many. */
const tables: readonly Table[] = [
  { title: "1 service of 1,000", services: 1, servers: 1000 },
  { title: "1 service of 4,000", services: 1, servers: 4000 },
  { title: "1 service of 16,000", services: 1, servers: 16_000 },
  { title: "10 services of 100", services: 10, servers: 100 },
  { title: "100 services of 100", services: 100, servers: 100 },
  { title: "1,000 services of 100", services: 1000, servers: 100 },
];

export const growthProof = (): Proof => ({
  name: "growth",
  title: "the kernel's table as it grows: loading, printing, one change, memory",
  long: true,
  async run(bench) {
    const [director] = (await bench.boot(hostSpec("lvs1", "192.168.80.10/24"))) as [Host];
    await director.must("modprobe -a ip_vs ip_vs_wlc");
    for (const table of tables) await measure(bench, director, table);
  },
});

async function measure(bench: Bench, director: Host, table: Table): Promise<void> {
  const told = await director.run(script(table), { timeout: limit });
  tell(bench, table, figuresIn(told.out), [
    ["text", "MB of text"],
    ["load", "s to load it (ipvsadm -R)"],
    ["print", "s to print it (ipvsadm -S -n)"],
    ["change", "ms for one weight (ipvsadm -e)"],
    ["memory", "MB of the kernel's memory"],
  ]);
}

function script({ services, servers }: Table): string {
  return `now() { perl -MTime::HiRes=time -e 'print time'; }
since() { perl -MTime::HiRes=time -e 'printf "%s %.3f\\n", $ARGV[0], $ARGV[2] * (time - $ARGV[1])' "$1" "$2" "\${3:-1}"; }
slab() { awk '/^Slab:/ { print $2 }' /proc/meminfo; }
ipvsadm -C; sleep 1; echo 2 >/proc/sys/vm/drop_caches; before=$(slab)
perl -e 'for my $s (0 .. ${services - 1}) {
  my $vip = sprintf "10.1.%d.%d:80", $s / 250, 1 + $s % 250;
  print "-A -t $vip -s wlc\\n";
  printf "-a -t $vip -r 10.%d.%d.%d:80 -g -w 1\\n", 2 + $_ / 62500, $_ / 250 % 250, 1 + $_ % 250 for 0 .. ${servers - 1};
}' >/run/rules
perl -e 'printf "text %.3f\\n", (-s "/run/rules") / 1e6'
begun=$(now); ipvsadm -R </run/rules; since load "$begun"
begun=$(now); ipvsadm -S -n >/run/saved; since print "$begun"
echo "entries $(grep -c '^-a ' /run/saved)"
begun=$(now); ipvsadm -e -t 10.1.0.1:80 -r ${addressOf(Math.min(servers, 100) - 1)}:80 -g -w 2; since change "$begun" 1000
echo 2 >/proc/sys/vm/drop_caches
perl -e 'printf "memory %.2f\\n", ($ARGV[1] - $ARGV[0]) / 1024' "$before" "$(slab)"
ipvsadm -C
`;
}
