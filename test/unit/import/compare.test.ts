/** `import --check`: what the resolved cluster says otherwise than the inputs is found, in every matter, and nothing else is. */
import { expect, test } from "vitest";
import { isSame } from "../../../src/import/index.ts";
import type { Cluster, Host, Service, Vrrp } from "../../../src/model.ts";
import { parseAddress } from "../../../src/net.ts";
import { compared, differing, linesOf, site } from "./compare-files.ts";

test("a site with files of everything is compared whole, and only the numbers of priorities are others", async () => {
  const found = await compared(site);
  expect(isSame(found)).toBe(true);
  expect(found.counts.map(({ topic, same, differs, meant }) => [topic, same, differs, meant])).toEqual([
    // That of each director.
    ["thresholds", 2, 0, 0],
    ["timeouts", 3, 0, 0],
    ["VIPs", 3, 0, 0],
    ["VRRP", 22, 0, 2],
    ["sorry servers", 2, 0, 0],
    ["health checks", 20, 0, 0],
    ["addresses", 8, 0, 0],
    ["kernel settings", 1, 0, 0],
    ["mounts", 1, 0, 0],
    ["exports", 1, 0, 0],
    ["system", 4, 0, 0],
  ]);
  expect(linesOf(found)).toEqual([
    "~ priority of vrrp_instance VI_1 on lvs1 (lvs1/etc/keepalived/keepalived.conf:8): 150 -> 254",
    "~ priority of vrrp_instance VI_1 on lvs2 (lvs2/etc/keepalived/keepalived.conf:8): 100 -> 234",
  ]);
  expect(found).toMatchObject({ builds: true, same: 2, missing: [], added: [], notCompared: [] });
});

/** The compiler's cluster is changed as if it had made something else of the description. */
type Change = (cluster: Cluster) => void;

function change<T extends object>(target: T | null | undefined, value: Partial<T>): void {
  if (target == null) throw new Error("nothing to change");
  Object.assign(target, value);
}

const conf1 = "lvs1/etc/keepalived/keepalived.conf";
const conf2 = "lvs2/etc/keepalived/keepalived.conf";
const web = ({ services }: Cluster): Service => services[0] as Service;
const vrrpOf = ({ failover }: Cluster): Vrrp => failover?.vrrp as Vrrp;
const hostOf = ({ hosts }: Cluster, name: string): Host => hosts.find((host) => host.name === name) as Host;
const check =
  (value: Partial<Service["check"]>): Change =>
  (cluster) =>
    change(web(cluster).check, value);

const changes: readonly (readonly [string, Change, readonly string[]])[] = [
  [
    "a threshold",
    (cluster) => change(web(cluster).realServers[0], { upperThreshold: 0 }),
    [conf1, conf2].map(
      (file) => `192.0.2.11:80 of tcp 192.0.2.80:80 (${file}:25): upper 100, lower 10 -> upper 0, lower 10`,
    ),
  ],
  [
    "timeouts",
    (cluster) => change(cluster, { timeouts: { tcp: 900, tcpfin: 0, udp: 300 } }),
    ["timeout of tcpfin (lvs1/timeouts:1): 120 -> 0"],
  ],
  [
    "no timeouts",
    (cluster) => change(cluster, { timeouts: null }),
    [
      "timeout of tcp (lvs1/timeouts:1): 900 -> nothing",
      "timeout of tcpfin (lvs1/timeouts:1): 120 -> nothing",
      "timeout of udp (lvs1/timeouts:1): 300 -> nothing",
    ],
  ],
  [
    "the interface of a VIP",
    (cluster) => {
      for (const carried of vrrpOf(cluster).carried.values())
        for (const one of carried) change(one, { device: "eth1" });
    },
    [conf1, conf2].map(
      (file, index) => `192.0.2.80 on lvs${index + 1} (${file}:16): 192.0.2.80 on eth0 -> 192.0.2.80 on eth1`,
    ),
  ],
  [
    "a VIP that a director does not carry",
    (cluster) => void (vrrpOf(cluster).carried as Map<Host, unknown>).delete(hostOf(cluster, "lvs2")),
    [`192.0.2.80 on lvs2 (${conf2}:16): 192.0.2.80 on eth0 -> nothing`],
  ],
  [
    "a VIP that a real server does not carry",
    (cluster) => void (cluster.placements as Map<Host, unknown>).delete(hostOf(cluster, "web1")),
    ["192.0.2.80 on web1 (web1/etc/network/interfaces:7): 192.0.2.80/32 on lo -> nothing"],
  ],
  [
    "virtual_router_id",
    (cluster) => change(vrrpOf(cluster).instances[0], { routerId: 52 }),
    [conf1, conf2].map(
      (file, index) => `virtual_router_id of vrrp_instance VI_1 on lvs${index + 1} (${file}:7): 51 -> 52`,
    ),
  ],
  [
    "advert_int, nopreempt, unicast and version",
    (cluster) => change(vrrpOf(cluster), { advertInterval: 1, preempt: true, unicast: false, version: 3 }),
    [conf1, conf2].flatMap((file, index) => {
      const of = `of vrrp_instance VI_1 on lvs${index + 1} (${file}`;
      return [
        `advert_int ${of}:9): 2 -> 1`,
        `version ${of}:5): 2 -> 3`,
        `preempt ${of}:10): false -> true`,
        `unicast ${of}:12): true -> false`,
      ];
    }),
  ],
  [
    "who takes over first",
    (cluster) => {
      const { priorities } = vrrpOf(cluster);
      const [first, second] = cluster.directors as [Host, Host];
      (priorities as Map<Host, number>).set(first, 234).set(second, 254);
    },
    [
      `priority of vrrp_instance VI_1 on lvs1 (${conf1}:8): 150 -> 234`,
      `priority of vrrp_instance VI_1 on lvs2 (${conf2}:8): 100 -> 254`,
    ],
  ],
  [
    "by which interface and address a director speaks",
    (cluster) => {
      const members = vrrpOf(cluster).instances[0]?.members.get(hostOf(cluster, "lvs2"));
      change(members, { interface: "eth1", address: parseAddress("198.51.100.2") as never });
    },
    [
      `unicast_peer of vrrp_instance VI_1 on lvs1 (${conf1}:12): 192.0.2.2 -> 198.51.100.2`,
      `interface of vrrp_instance VI_1 on lvs2 (${conf2}:6): eth0 -> eth1`,
      `source address of vrrp_instance VI_1 on lvs2 (${conf2}:11): 192.0.2.2 -> 198.51.100.2`,
    ],
  ],
  [
    "sync of connections",
    (cluster) => change(vrrpOf(cluster).sync, { id: 7 }),
    [conf1, conf2].map((file, index) => `id of the sync of connections of lvs${index + 1} (${file}:3): 51 -> 7`),
  ],
  [
    "no failover",
    (cluster) => change(cluster.failover, { vrrp: null }),
    [
      ...[conf1, conf2].map(
        (file, index) => `192.0.2.80 on lvs${index + 1} (${file}:16): 192.0.2.80 on eth0 -> nothing`,
      ),
      `vrrp_instance VI_1 on lvs1 (${conf1}:5): virtual_router_id 51, priority 150 -> nothing`,
      `vrrp_instance VI_1 on lvs2 (${conf2}:5): virtual_router_id 51, priority 100 -> nothing`,
    ],
  ],
  [
    "no sorry server",
    (cluster) => change(web(cluster), { sorryServer: null }),
    [conf1, conf2].map((file) => `sorry server of tcp 192.0.2.80:80 (${file}:24): 192.0.2.99:80 by DR -> nothing`),
  ],
  [
    "the port of the sorry server",
    (cluster) => change(web(cluster).sorryServer, { port: 81 }),
    [conf1, conf2].map(
      (file) => `sorry server of tcp 192.0.2.80:80 (${file}:24): 192.0.2.99:80 by DR -> 192.0.2.99:81 by DR`,
    ),
  ],
  [
    "no checks at all",
    (cluster) => change(cluster, { failover: null }),
    [
      ...[conf1, conf2].map(
        (file, index) => `192.0.2.80 on lvs${index + 1} (${file}:16): 192.0.2.80 on eth0 -> nothing`,
      ),
      `vrrp_instance VI_1 on lvs1 (${conf1}:5): virtual_router_id 51, priority 150 -> nothing`,
      `vrrp_instance VI_1 on lvs2 (${conf2}:5): virtual_router_id 51, priority 100 -> nothing`,
      ...[conf1, conf2].map((file) => `check of tcp 192.0.2.80:80 (${file}:28): http -> nothing`),
    ],
  ],
  ...(
    [
      ["type", { type: "tcp" }, "type", "http -> tcp"],
      ["path", { path: "/" }, "path", "/ping -> /"],
      ["status", { status: null }, "status", "204 -> any 2xx or 3xx"],
      ["body", { body: null }, "body", "pong -> nothing"],
      ["port", { port: null }, "port", "8080 -> 80"],
      ["interval", { interval: 5 }, "interval", "6 -> 5"],
      ["timeout", { timeout: 3 }, "timeout", "4 -> 3"],
      ["retries", { retries: 3 }, "retries", "2 -> 3"],
      ["name", { name: "www.example.org" }, "name", "nothing -> www.example.org"],
    ] as const
  ).map(
    ([name, value, key, text]) =>
      [
        `${name} of the check`,
        check(value),
        [conf1, conf2].map((file) => `${key} of the check of 192.0.2.11:80 of tcp 192.0.2.80:80 (${file}:28): ${text}`),
      ] as const,
  ),
  [
    "what becomes of a real server that does not answer",
    check({ onFailure: "quiesce" }),
    [conf1, conf2].map(
      (file) =>
        `what becomes of a real server of tcp 192.0.2.80:80 that does not answer (${file}:28): remove -> quiesce`,
    ),
  ],
  [
    "the length of a network",
    (cluster) => change(hostOf(cluster, "nfs1").interfaces[0]?.addresses[0], { prefix: 25 }),
    ["an address of eth0 on nfs1 (nfs1/etc/network/interfaces:3): 192.0.2.13/24 -> 192.0.2.13/25"],
  ],
  [
    "an address that no file has",
    (cluster) => {
      const own = hostOf(cluster, "nfs1").interfaces[0]?.addresses as Host["interfaces"][number]["addresses"];
      (own as object[]).push({ address: parseAddress("192.0.2.77"), prefix: 24, pointer: "/hosts/nfs1/addresses/0" });
    },
    ["an address of eth0 on nfs1 (-): nothing -> 192.0.2.77/24"],
  ],
  [
    "the router",
    (cluster) => change(hostOf(cluster, "nfs1"), { gateway: null }),
    ["the router of eth0 on nfs1 (nfs1/etc/network/interfaces:4): 192.0.2.254 -> nothing"],
  ],
  [
    "a kernel setting",
    (cluster) =>
      change(hostOf(cluster, "web1"), { sysctls: [{ pointer: "/x", key: "net.core.rmem_max", value: "1" }] }),
    [
      "net.core.somaxconn on web1 (web1/etc/sysctl.d/90-site.conf:1): 1024 -> nothing",
      "net.core.rmem_max on web1 (-): nothing -> 1",
    ],
  ],
  [
    "the options of a mount",
    (cluster) => change(hostOf(cluster, "web1").mounts[0], { options: ["ro"] }),
    ["/var/www on web1 (web1/etc/fstab:1): 192.0.2.13:/srv/www with ro,hard -> 192.0.2.13:/srv/www with ro"],
  ],
  [
    "no mount",
    (cluster) => change(hostOf(cluster, "web1"), { mounts: [] }),
    ["/var/www on web1 (web1/etc/fstab:1): 192.0.2.13:/srv/www with ro,hard -> nothing"],
  ],
  [
    "the clients of an export",
    (cluster) => change(cluster.nfs?.exports[0], { clients: [{ client: "*", options: ["rw"] }] }),
    [
      "/srv/www of nfs1 for 192.0.2.0/24 (nfs1/etc/exports:1): ro,sync -> nothing",
      "/srv/www of nfs1 for * (-): nothing -> rw",
    ],
  ],
  [
    "no export",
    (cluster) => change(cluster, { nfs: null }),
    ["/srv/www of nfs1 (nfs1/etc/exports:1): /srv/www -> nothing"],
  ],
  [
    "the network back end",
    (cluster) => change(hostOf(cluster, "nfs1"), { network: "networkd" }),
    ["network back end of nfs1 (nfs1/etc/network/interfaces:4): ifupdown -> networkd"],
  ],
];

test.each(changes)("%s", async (_name, make, expected) => {
  const found = await compared(site, {}, (cluster) => {
    make(cluster);
    return cluster;
  });
  expect(differing(found)).toEqual(expected);
  expect(isSame(found)).toBe(false);
  for (const one of found.differences.filter(({ verdict }) => verdict === "differs")) {
    expect(one.at).toMatch(/^\//);
    expect(one.line).toBeGreaterThan(1);
    expect(one.remedy).not.toBe("");
  }
});
