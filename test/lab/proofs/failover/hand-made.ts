/** From a keepalived that a hand configured to lvsgen's, one director after the other, and back by uninstall. */
import { type Cluster, stepOf } from "../cluster.ts";
import { port, realServers, vips } from "./site.ts";
import type { Moving } from "./steps.ts";

const addresses = ["192.168.80.10", "192.168.80.11"] as const;

/** The same router id and version of VRRP, by unicast, as the description has them; all else as hands write it. */
function written(index: 0 | 1): string {
  const servers = (version: 4 | 6): string =>
    realServers
      .map((_, at) => (version === 4 ? `192.168.80.${12 + at}` : `fd00:80::${12 + at}`))
      .map(
        (address) =>
          `  real_server ${address} ${port} {\n    weight 1\n    TCP_CHECK {\n      connect_timeout 2\n    }\n  }`,
      )
      .join("\n");
  const service = (vip: string): string =>
    `virtual_server ${vip} ${port} {\n  delay_loop 3\n  lb_algo rr\n  lb_kind DR\n  protocol TCP\n${servers(vip.includes(":") ? 6 : 4)}\n}`;
  const instance = (name: string, own: string, other: string, moving: readonly string[]): string =>
    `vrrp_instance ${name} {
  state BACKUP
  nopreempt
  interface ens33
  virtual_router_id 80
  version 3
  priority ${100 - index}
  advert_int 1
  unicast_src_ip ${own}
  unicast_peer {
    ${other}
  }
  virtual_ipaddress {
${moving.map((address) => `    ${address}`).join("\n")}
  }
}`;
  const six = (address: string): string => `fd00:80::${address.split(".")[3]}`;
  const [own, other] = [addresses[index], addresses[1 - index] as string];
  return [
    "vrrp_sync_group all {\n  group {\n    VI_1\n    VI_6\n  }\n}",
    instance("VI_1", own, other, [vips.web, vips.shop]),
    instance("VI_6", six(own), six(other), [vips.web6]),
    ...Object.values(vips).map(service),
    "",
  ].join("\n");
}

export async function handMade(moving: Moving, two: Cluster): Promise<void> {
  const { bench } = moving;
  const { book } = bench;
  for (const [index, name] of (["lvs1", "lvs2"] as const).entries()) {
    await two.tell(stepOf(two, name, "director.sh"), "uninstall", "--drain", "0");
    await bench.host(name).must(`cat >/etc/keepalived/keepalived.conf <<'END'
${written(index as 0 | 1)}
END
keepalived -t && systemctl enable -q --now keepalived && sleep 6`);
  }
  const count = Object.keys(vips).length;
  await moving.holders("by hand", `lvs1 ${count}`);
  const refused = await two.tell(stepOf(two, "lvs2", "director.sh"), "apply");
  book.equal("a file of a hand: apply without --adopt", refused.code, 69);
  await takenOver(moving, two, "taken over");
  // What hands wrote comes back, in the same order and for the same reason.
  await stopped(moving, "lvs2");
  await moving.paused("given back: the master", two, "lvs1", "uninstall");
  await moving.holders("the master given back", `lvs1 ${count}`);
  await moving.unnoticed("given back: the backup", two, "lvs2", "uninstall");
  await moving.holders("both given back", `lvs1 ${count}`);
  for (const [index, name] of (["lvs1", "lvs2"] as const).entries()) {
    const again = await bench.host(name).must("cat /etc/keepalived/keepalived.conf");
    book.equal(`given back: the file of before on ${name}`, again.trim(), written(index as 0 | 1).trim());
  }
  // It was stopped there when it was taken over, and so it is given back.
  await bench.host("lvs2").must("systemctl start keepalived; sleep 6");
  await moving.holders("both given back, and started", `lvs1 ${count}`);
  await stopped(moving, "lvs1");
  await moving.holders("given back: the backup stands in", `lvs2 ${count}`);
  await bench.host("lvs1").must("systemctl start keepalived; sleep 6");
  await stopped(moving, "lvs2");
  await moving.holders("given back: the master has them again", `lvs1 ${count}`);
  await takenOver(moving, two, "taken over once more");
}

/**
 * One of them names the virtual addresses in its advertisements and the other does not: up to 2.2.x neither takes the other for one of its
 * own, and would both have them. So the backup is stopped until the master speaks as it will.
 */
async function takenOver(moving: Moving, two: Cluster, what: string): Promise<void> {
  const holder = `lvs1 ${Object.keys(vips).length}`;
  await stopped(moving, "lvs2");
  await moving.paused(`${what}: the master`, two, "lvs1", "apply", "--adopt");
  await moving.holders(`${what}: the master`, holder);
  await moving.unnoticed(`${what}: the backup`, two, "lvs2", "apply", "--adopt");
  await moving.holders(`${what}: both`, holder);
}

async function stopped({ bench }: Moving, name: string): Promise<void> {
  await bench.host(name).must("systemctl stop keepalived");
}
