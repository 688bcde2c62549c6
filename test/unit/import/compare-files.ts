/** A site with files of two directors, a real server and an NFS server, and what an import of it is compared with. */
import { analyse } from "../../../src/compile.ts";
import { type Comparison, compareImported, type Imported } from "../../../src/import/index.ts";
import type { Cluster } from "../../../src/model.ts";
import { type Given, importTexts } from "./inputs.ts";

const interfaces = (address: string, more = ""): string =>
  `auto eth0\niface eth0 inet static\n    address ${address}/24\n    gateway 192.0.2.254\n${more}`;

const vrrp = (name: string, priority: number, source: string, peer: string): string => `global_defs {
  router_id ${name}
  lvs_sync_daemon eth0 VI_1 id 51
}
vrrp_instance VI_1 {
  interface eth0
  virtual_router_id 51
  priority ${priority}
  advert_int 2
  nopreempt
  unicast_src_ip ${source}
  unicast_peer {
    ${peer}
  }
  virtual_ipaddress {
    192.0.2.80
  }
}
`;

const services = `virtual_server 192.0.2.80 80 {
  delay_loop 6
  lb_algo rr
  lb_kind DR
  protocol TCP
  sorry_server 192.0.2.99 80
  real_server 192.0.2.11 80 {
    uthreshold 100
    lthreshold 10
    HTTP_GET {
      url {
        path /ping
        status_code 204
        regex "pong"
      }
      connect_port 8080
      connect_timeout 4
      retry 2
    }
  }
}
`;

/** The names of the files are those of the hosts' folders. */
export const site: Readonly<Record<string, string>> = {
  "lvs1/etc/network/interfaces": interfaces("192.0.2.1"),
  "lvs1/etc/keepalived/keepalived.conf": vrrp("lvs1", 150, "192.0.2.1", "192.0.2.2") + services,
  "lvs1/timeouts": "Timeout (tcp tcpfin udp): 900 120 300\n",
  "lvs2/etc/network/interfaces": interfaces("192.0.2.2"),
  "lvs2/etc/keepalived/keepalived.conf": vrrp("lvs2", 100, "192.0.2.2", "192.0.2.1") + services,
  "web1/etc/network/interfaces": interfaces(
    "192.0.2.11",
    "auto lo:0\niface lo:0 inet static\n    address 192.0.2.80\n    netmask 255.255.255.255\n",
  ),
  "web1/etc/sysctl.d/90-site.conf": "net.core.somaxconn = 1024\n",
  "web1/etc/fstab": "192.0.2.13:/srv/www /var/www nfs ro,hard 0 0\n",
  "nfs1/etc/network/interfaces": interfaces("192.0.2.13"),
  "nfs1/etc/exports": "/srv/www 192.0.2.0/24(ro,sync)\n",
};

/** @param change what becomes of the cluster before it is compared, as if the compiler had made that of the description */
export async function compared(
  texts: Readonly<Record<string, string>>,
  options: Given = {},
  change: (cluster: Cluster) => Cluster = (cluster) => cluster,
): Promise<Comparison> {
  const imported = await importTexts(texts, options);
  return comparisonOf(imported, change);
}

export function comparisonOf(
  imported: Imported,
  change: (cluster: Cluster) => Cluster = (cluster) => cluster,
): Promise<Comparison> {
  const cluster = imported.cluster === null ? null : change(imported.cluster);
  return compareImported({ ...imported, cluster }, (text, file) => analyse(text, { file }));
}

/** `priority of vrrp_instance VI_1 on lvs1 (lvs1/k.conf:4): 150 -> 254` of each that differs, those on purpose behind a `~`. */
export function linesOf({ differences }: Comparison): string[] {
  return differences.map(
    ({ verdict, what, place, was, becomes }) =>
      `${verdict === "meant" ? "~ " : ""}${what} (${place === null ? "-" : `${place.file}:${place.line}`}): ${was ?? "nothing"} -> ${becomes ?? "nothing"}`,
  );
}

export function differing(comparison: Comparison): string[] {
  return linesOf(comparison).filter((line) => !line.startsWith("~ "));
}
