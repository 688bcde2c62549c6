/** What verify catches: the live system broken by hand in many ways, one at a time on a host. */
import type { Bench, Proof } from "../bench.ts";
import type { Host } from "../host.ts";
import type { Script } from "./bundle.ts";
import { type Cluster, stepOf } from "./cluster.ts";
import type { Site } from "./site.ts";

interface Breakage {
  readonly name: string;
  readonly script: Script;
  /** What an unlucky hand does. */
  readonly hand: string;
  /** The kind of the resource that verify has to name, and what its name or detail has to hold. */
  readonly kind: string;
  readonly says: RegExp;
  /** How a hand puts it right, where apply leaves that to one. */
  readonly mend?: string;
}

export const breakageProof = (site: Site): Proof => ({
  name: "breakage",
  title: "what is broken by hand is named by verify and mended by apply",
  async run(bench) {
    const cluster = await site.applied(bench);
    const director = site.director(bench);
    const [realServer] = site.realServers(bench);
    if (realServer === undefined) throw new Error("no real server");
    // Hosts do not see each other's faults, so theirs are broken at the same time.
    await Promise.all([
      each(bench, cluster, director, ofDirector(site)),
      each(bench, cluster, realServer, ofRealServer(site, director)),
    ]);
    // Whose share is gone cannot be mended meanwhile.
    await each(bench, cluster, site.nfsServer(bench), ofNfsServer);
    await cluster.verified("at the end verify passes on every host");
  },
});

function ofDirector({ vip }: Site): Breakage[] {
  const script = "director.sh";
  return [
    {
      name: "VIP missing",
      script,
      hand: `ip addr del ${vip}/32 dev ens33`,
      kind: "address",
      says: /192\.168\.80\.188/,
    },
    {
      name: "wrong weight",
      script,
      hand: `ipvsadm -e -t ${vip}:80 -r 192.168.80.12:80 -g -w 5`,
      kind: "service",
      says: /192\.168\.80\.12:80 -g -w/,
    },
    { name: "table cleared", script, hand: "ipvsadm -C", kind: "service", says: /192\.168\.80\.188:80/ },
    { name: "missing module", script, hand: "ipvsadm -C; modprobe -r ip_vs_rr ip_vs", kind: "module", says: /ip_vs/ },
    { name: "unit disabled", script, hand: "systemctl disable -q ipvsadm", kind: "unit", says: /ipvsadm/ },
    {
      name: "redirects sent",
      script,
      hand: "sysctl -qw net.ipv4.conf.ens33.send_redirects=1",
      kind: "sysctl",
      says: /send_redirects/,
    },
  ];
}

function ofRealServer({ vip }: Site, director: Host): Breakage[] {
  const script = "realserver.sh";
  const directorAddress = director.spec.cards[0]?.addresses[0]?.split("/")[0];
  return [
    {
      name: "ARP sysctl off",
      script,
      hand: "sysctl -qw net.ipv4.conf.all.arp_ignore=0",
      kind: "sysctl",
      says: /all\.arp_ignore/,
    },
    {
      name: "VIP missing on lo",
      script,
      hand: `ip addr del ${vip}/32 dev lo`,
      kind: "address",
      says: /192\.168\.80\.188/,
    },
    { name: "dead web server", script, hand: "systemctl stop apache2", kind: "unit", says: /apache2/ },
    { name: "unmounted share", script, hand: "umount -l /var/www/html", kind: "mount", says: /\/var\/www\/html/ },
    {
      name: "rp_filter",
      script,
      hand: "sysctl -qw net.ipv4.conf.ens33.rp_filter=1",
      kind: "sysctl",
      says: /rp_filter/,
    },
    {
      name: "gateway wrong",
      script,
      hand: `ip route replace default via ${directorAddress}`,
      kind: "gateway",
      says: /192\.168\.80\.10/,
      // In DR a gateway is only checked; a NAT proof shows it mended.
      mend: "ip route del default",
    },
  ];
}

const ofNfsServer: readonly Breakage[] = [
  {
    name: "export gone",
    script: "nfs.sh",
    hand: "exportfs -u 192.168.80.0/24:/opt/kgc",
    kind: "export",
    says: /\/opt\/kgc/,
  },
  { name: "NFS server dead", script: "nfs.sh", hand: "systemctl stop nfs-server", kind: "unit", says: /nfs-server/ },
];

async function each(bench: Bench, cluster: Cluster, host: Host, breakages: readonly Breakage[]): Promise<void> {
  const { book } = bench;
  for (const { name, script, hand, kind, says, mend } of breakages) {
    const step = stepOf(cluster, host.name, script);
    await host.must(hand);
    const broken = await cluster.tell(step, "verify");
    const named = broken.lines.some(
      (line) => line.result === "failed" && line.kind === kind && says.test(`${line.name} ${line.detail}`),
    );
    book.check(`${host.name}, ${name}: verify names it`, broken.code === 1 && named, broken.text);
    if (mend !== undefined) await host.must(mend);
    const mended = await cluster.tell(step, "apply");
    const sound = await cluster.tell(step, "verify");
    const by = mend === undefined ? "apply mends it" : "mended by hand, verify passes";
    book.check(`${host.name}, ${name}: ${by}`, mended.code === 0 && sound.code === 0, mended.text + sound.text);
  }
}
