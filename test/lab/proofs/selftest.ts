/**
 * Shows that the lab is what proofs take it for, with the procedure's cluster set up by hand: kernels that balance,
 * wires that carry ARP, disks that keep, captures that see. Its controls break things and must see them broken.
 */
import type { Bench, Proof } from "../bench.ts";
import { sleep } from "../command.ts";
import type { Host } from "../host.ts";
import { hostSpec } from "../spec.ts";
import { ArpWatch } from "./arp.ts";
import { heavy, Load, type LoadResult } from "./load.ts";
import { difference, type State, stateOf } from "./state.ts";

const vip = "192.168.80.188";

const nfsServer = `
  set -e
  mkdir -p /opt/kgc /opt/benet
  echo 'this is kgc web!' >/opt/kgc/index.html
  echo 'this is benet web!' >/opt/benet/index.html
  printf '/opt/%s 192.168.80.0/24(rw,sync,no_subtree_check)\\n' kgc benet >/etc/exports
  systemctl start rpcbind nfs-server
  exportfs -ra`;

const realServer = (share: string): string => `
  set -e
  sysctl -qw net.ipv4.conf.{lo,all}.arp_ignore=1 net.ipv4.conf.{lo,all}.arp_announce=2
  ip addr replace ${vip}/32 dev lo
  mkdir -p /var/www/html
  mount -t nfs 192.168.80.13:${share} /var/www/html
  systemctl start apache2
  curl -sSf --max-time 5 http://127.0.0.1/`;

const director = `
  set -e
  ip addr replace ${vip}/32 dev ens33
  sysctl -qw net.ipv4.conf.{all,default,ens33}.send_redirects=0
  modprobe ip_vs
  ipvsadm -A -t ${vip}:80 -s rr
  ipvsadm -a -t ${vip}:80 -r 192.168.80.12:80 -g
  ipvsadm -a -t ${vip}:80 -r 192.168.80.13:80 -g`;

export const selftest: Proof = {
  name: "selftest",
  title: "the lab, with a cluster set up by hand",
  async run(bench) {
    const { book } = bench;
    const [lvs, web1, web2, client] = await bench.boot(
      hostSpec("director", "192.168.80.10/24"),
      hostSpec("web1", "192.168.80.12/24"),
      hostSpec("web2", "192.168.80.13/24"),
      hostSpec("client", "192.168.80.200/24"),
    );
    if (!lvs || !web1 || !web2 || !client) throw new Error("hosts are missing");
    await client.must("for a in 10 12 13; do ping -q -c1 -W2 192.168.80.$a; done");
    await web2.must(nfsServer);
    await web1.must(realServer("/opt/kgc"));
    await web2.must(realServer("/opt/benet"));
    await lvs.must(director);

    const wire = await bench.capture(lvs, "director", `host ${vip} and tcp port 80`);
    const pages = await client.must(`for i in {1..10}; do curl -s --max-time 5 http://${vip}/ || echo none; done`);
    await wire.stop();
    const expected = "this is kgc web!\nthis is benet web!\n".repeat(5);
    book.check("10 requests alternate between the pages", pages === expected || rotated(pages) === expected, pages);
    const requests = await wire.frames(`dst host ${vip}`);
    book.check("the director sees requests", requests.length >= 30, `${requests.length} frames`);
    book.equal("and no replies", (await wire.frames(`src host ${vip}`)).length, 0);

    await detectors(bench, lvs, web1, client);

    await web1.must("echo kept >/root/kept; sync; sysctl -qw net.ipv4.conf.all.arp_ignore=1");
    book.figure("clean reboot", await web1.reboot(), "s");
    book.equal("a reboot keeps files", await web1.must("cat /root/kept"), "kept\n");
    book.equal("and loses live settings", await web1.must("sysctl -n net.ipv4.conf.all.arp_ignore"), "0\n");
    await web1.must("echo synced >/root/synced; sync; echo fresh >/root/fresh");
    await web1.cut();
    book.equal("a host after a power cut does not answer", (await web1.run("true")).code, 125);
    await web1.boot();
    book.figure("boot after a power cut", await web1.up(), "s");
    book.equal("a power cut keeps what was synced", await web1.must("cat /root/synced"), "synced\n");
    book.equal("and loses what was not", (await web1.run("cat /root/fresh")).out, "");
    book.equal("the network is back", (await client.run("ping -q -c1 -W2 192.168.80.12")).code, 0);
  },
};

/** The same lines, beginning with the second. */
function rotated(text: string): string {
  const [first = "", ...rest] = text.split("\n").slice(0, -1);
  return `${[...rest, first].join("\n")}\n`;
}

/** What the proofs look with sees what is right and, in the controls, what is wrong. */
async function detectors(bench: Bench, director: Host, web1: Host, client: Host): Promise<void> {
  const { book } = bench;
  const claims = async (name: string): Promise<string> => {
    const watch = await ArpWatch.start(bench, name, client, vip, [web1]);
    await sleep(1000);
    return [...(await watch.stop()).claims.keys()].sort().join(" ");
  };
  book.equal("the director alone says it has the VIP", await claims("arp"), director.mac());
  await web1.must("sysctl -qw net.ipv4.conf.{lo,all}.arp_ignore=0");
  book.equal(
    "control: with arp_ignore=0 web1 says so too",
    await claims("arp-control"),
    `${director.mac()} ${web1.mac()}`,
  );
  await web1.must("sysctl -qw net.ipv4.conf.{lo,all}.arp_ignore=1");
  await client.must(`ip neigh flush all`);

  const load = async (during: () => Promise<unknown>): Promise<LoadResult> => {
    const running = await Load.start(client, vip, 80, heavy);
    await sleep(2000);
    await during();
    await sleep(1000);
    return running.stop();
  };
  const quiet = await load(async () => {});
  book.check("a load of hundreds of requests, none fails", quiet.requests > 300 && quiet.failures.length === 0);
  const disturbed = await load(() => web1.must("systemctl stop apache2; sleep 0.3; systemctl start apache2"));
  book.check("control: a web server that is gone for a moment is failed requests", disturbed.failures.length > 0);

  const before = await stateOf(web1);
  const same = await stateOf(web1);
  book.equal("a host compared with itself is the same", changes(before, same), "");
  await web1.must("sysctl -qw net.ipv4.conf.lo.arp_announce=1; touch /etc/hosts; ip addr add 192.0.2.1/32 dev lo");
  const found = changes(before, await stateOf(web1))
    .split("\n")
    .map((line) => line.split(" ")[0]);
  book.equal(
    "control: an address, a setting and a file time",
    [...new Set(found)].sort().join(" "),
    "addresses files routes sysctls",
  );
}

function changes(before: State, after: State): string {
  return [...before.keys()]
    .flatMap((section) => difference(before, after, section).map((line) => `${section} ${line}`))
    .join("\n");
}
