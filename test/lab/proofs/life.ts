/**
 * A director that has a life: the VIP stands on its card by hand, with the mask of the segment and before the host's own address,
 * so that the kernel takes that one along when the VIP goes. Whoever applies has come over this very card.
 */
import { join } from "node:path";
import type { Bench, Proof } from "../bench.ts";
import { sleep } from "../command.ts";
import type { Host } from "../host.ts";
import { sources } from "../places.ts";
import { hostSpec } from "../spec.ts";
import type { Description } from "./bundle.ts";
import { Cluster, stepOf } from "./cluster.ts";
import { compare } from "./restore.ts";
import { stateOf } from "./state.ts";

const own = "192.168.80.10";
const vip = "192.168.80.188";
const port = 2222;

const description: Description = {
  version: 1,
  name: "life",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: {
    lvs1: { address: `${own}/24` },
    web1: { address: "192.168.80.12/24" },
    web2: { address: "192.168.80.13/24" },
  },
  directors: ["lvs1"],
  services: [{ name: "web", vip, port: 80, realservers: [{ host: "web1" }, { host: "web2" }] }],
} as unknown as Description;

/** As tutorials have it: `ifconfig ens33:0 VIP netmask 255.255.255.0`, and then the host's own address. */
const byHand = `for device in all ens33; do echo 0 >/proc/sys/net/ipv4/conf/$device/promote_secondaries; done
ip address flush dev ens33
ip address add ${vip}/24 brd + dev ens33 label ens33:0
ip address add ${own}/24 brd + dev ens33
ip address add 192.168.80.77/24 dev ens33 label ens33:9
ip route replace default via 192.168.80.1 dev ens33
ip route replace 10.9.0.0/16 via 192.168.80.7 dev ens33 src ${own}`;

/** The IPv4 addresses of the card in the kernel's order, which says what it sends from. */
const order = "ip -o -4 address show dev ens33 | sed -E 's/.*inet ([^ ]+) .*scope (.*)\\\\.*/\\1 \\2/'";

/** Seconds that a confirmation is waited for, and the most that the way back may take after them. */
const confirm = 5;
const wayBack = 120;

export const secondaryProof: Proof = {
  name: "secondary",
  title: "the own address behind a VIP set by hand stays, and the session that came by it",
  async run(bench) {
    const [director, client] = (await bench.boot(
      hostSpec("lvs1", `${own}/24`),
      hostSpec("pc", "192.168.80.200/24"),
    )) as [Host, Host];
    const { book } = bench;
    const cluster = await Cluster.of(bench, "life", description);
    const step = stepOf(cluster, "lvs1", "director.sh");
    await director.must(byHand);
    const before = await stateOf(director);
    const atFirst = await director.must(order);
    book.check("the own address is a secondary", /^192\.168\.80\.10\/24 .*secondary/m.test(atFirst), atFirst);

    const session = await Session.start(client, director);
    const told = await cluster.tell(step, "apply");
    book.check("apply succeeds", told.code === 0, told.text);
    const applied = await director.must(order);
    book.check(
      "the own address and another one are there, the VIP as a /32",
      ["192.168.80.10/24", "192.168.80.77/24", `${vip}/32`].every((cidr) => applied.includes(`${cidr} `)) &&
        !applied.includes(`${vip}/24`),
      applied,
    );
    const routes = await director.must("ip -4 route show");
    book.check(
      "so are its routes",
      ["default via 192.168.80.1", "10.9.0.0/16 via 192.168.80.7", "192.168.80.0/24 dev ens33"].every((route) =>
        routes.includes(route),
      ),
      routes,
    );
    await cluster.tell(step, "rollback").then(({ code, text }) => book.check("rollback succeeds", code === 0, text));
    book.equal("every address is back in its order", await director.must(order), atFirst);
    await compare(bench, director, before, "rollback");

    const pending = await cluster.tell(step, "apply", "--confirm", String(confirm));
    book.check("apply --confirm succeeds", pending.code === 0, pending.text);
    book.check("nobody confirms: the way back is gone by itself", await goneBack(director, atFirst));
    await session.stop(bench);
    await cluster.tell(step, "apply").then(({ code, text }) => book.check("apply succeeds again", code === 0, text));
    await cluster.tell(step, "uninstall").then(({ code, text }) => book.check("uninstall succeeds", code === 0, text));
    book.equal("every address is back in its order after uninstall", await director.must(order), atFirst);
    await compare(bench, director, before, "uninstall");
  },
};

/** Waits until the watchdog has undone it all: it takes its own files away last. */
async function goneBack(director: Host, atFirst: string): Promise<boolean> {
  for (let waited = 0; waited < confirm + wayBack; waited++) {
    const { code } = await director.run(
      "! ls /etc/systemd/system/lvsgen-confirm-* 2>/dev/null && ! pgrep -f 'script rollback'",
    );
    if (code === 0) return (await director.must(order)) === atFirst;
    await sleep(1000);
  }
  return false;
}

/** A connection from the client to the director's own address, held through all of it. */
class Session {
  private constructor(
    private readonly client: Host,
    private readonly held: Promise<string>,
  ) {}

  static async start(client: Host, director: Host): Promise<Session> {
    for (const host of [client, director]) await host.put(join(sources, "proofs/session.pl"), "/run/session.pl");
    await director.must(`nohup perl /run/session.pl serve ${port} >/dev/null 2>&1 </dev/null & sleep 1`);
    const held = client.must(`perl /run/session.pl hold ${own} ${port} /run/session.stop`, { timeout: 1800 });
    held.catch(() => {});
    return new Session(client, held);
  }

  async stop(bench: Bench): Promise<void> {
    await this.client.must("touch /run/session.stop");
    const said = await this.held.catch((error: Error) => error.message);
    const [, lines, longest] = /^([0-9]+) ([0-9.]+)$/.exec(said.trim()) ?? [];
    bench.book.check("a session to the own address goes on through all of it", Number(lines) > 0, said);
    bench.book.figure("its longest answer", Number(longest ?? 0), "s");
  }
}
