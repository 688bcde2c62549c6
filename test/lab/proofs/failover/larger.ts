/**
 * What the kernel's table costs keepalived as real servers grow in number, without any script of lvsgen beside it: its own check of the
 * file, a start with an empty table, and a reload that changes every weight. The file is that of the bundle.
 */
import type { Bench, Proof } from "../../bench.ts";
import type { Host } from "../../host.ts";
import { hostSpec } from "../../spec.ts";
import { Cluster, place } from "../cluster.ts";
import { checkedServers, listening, pool } from "./thousand.ts";

const sizes = [100, 1000, 4000, 12_000];
const limit = 600;

export const largerProof = (): Proof => ({
  name: "failover-larger",
  title: `keepalived alone with ${sizes.join(", ")} real servers: start, and a reload that changes every weight`,
  long: true,
  async run(bench) {
    const [director, servers] = (await bench.boot(
      hostSpec("lvs1", "192.168.80.10/24"),
      hostSpec("servers", "192.168.80.12/24"),
    )) as [Host, Host];
    await servers.must(pool.map((address) => `ip address add ${address}/24 dev ens33`).join("; "));
    await director.must("modprobe -a ip_vs ip_vs_wlc; systemctl stop keepalived 2>/dev/null; ipvsadm -C");
    for (const size of sizes) await measure(bench, director, servers, size);
  },
});

async function measure(bench: Bench, director: Host, servers: Host, size: number): Promise<void> {
  const { book } = bench;
  await listening(servers, Math.ceil(size / pool.length));
  const files = [];
  for (const weight of [1, 2]) {
    const title = `larger-${size}-${weight}`;
    await Cluster.of(
      bench,
      title,
      checkedServers(size, () => weight),
    );
    files.push(`${place}/${title}/files/lvs1/etc/keepalived/keepalived.conf`);
  }
  const [first = "", second = ""] = files;
  const told = await director.run(script(size, first, second), { timeout: 3 * limit });
  const seconds = new Map(
    [...told.out.matchAll(/^(\S+) ([0-9.]+)$/gm)].map(([, what = "", time]) => [what, Number(time)]),
  );
  for (const [what, title] of [
    ["checked", "keepalived -t"],
    ["started", "start until the table is full"],
    ["marked", "reload until its process has the new file's name"],
    ["reloaded", "reload until every weight is the new one"],
  ] as const) {
    const time = seconds.get(what);
    book.check(`${size} real servers: ${title}`, time !== undefined, told.out + told.err);
    if (time !== undefined) book.figure(`  ${size} real servers: ${title}`, time, "s");
  }
}

/** Prints a line for each time, in seconds; a table that is not as expected in the end has none. */
function script(size: number, first: string, second: string): string {
  return `conf=/etc/keepalived/keepalived.conf
since() { perl -MTime::HiRes=time -e 'printf "%s %.2f\\n", $ARGV[0], time - $ARGV[1]' "$1" "$begun"; }
now() { perl -MTime::HiRes=time -e 'print time'; }
within() { for ((i = 0; i < ${limit * 10}; i++)); do "$@" && return; sleep 0.1; done; return 1; }
weighs() { (($(ipvsadm -S -n | grep -c -e "-w $1\\$") == ${size})); }
named() { grep -qxF "$(sed -n 's/^ *checker_process_name //p' "$conf")" /proc/[0-9]*/comm; }
cp ${first} "$conf"
begun=$(now); keepalived -t -f "$conf" && since checked
begun=$(now); systemctl start keepalived && within weighs 1 && since started
cp ${second} "$conf"
begun=$(now); systemctl reload keepalived && within named && since marked
within weighs 2 && since reloaded
systemctl stop keepalived; ipvsadm -C; rm -f "$conf"
`;
}
