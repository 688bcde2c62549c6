/** Each kind of change of a description, in the words of the field, with its verdict. */

import { describe, expect, test } from "vitest";
import { readBlocks } from "../../../src/diff/read/blocks.ts";
import { vrrpChanges } from "../../../src/diff/topics/vrrp.ts";
import { compared, type Description, linesOf, pair, stepsOf, web } from "./sides.ts";

type Edit = (description: Description) => void;
type Row = readonly [name: string, from: Edit, to: Edit, expected: readonly string[]];

const asIs: Edit = () => undefined;
const service =
  (settings: object): Edit =>
  (one) =>
    Object.assign(one.services[0], settings);
const server =
  (index: number, settings: object): Edit =>
  (one) =>
    Object.assign(one.services[0].realservers[index], settings);
const ha =
  (settings: object): Edit =>
  (one) =>
    Object.assign(one.ha, settings);
const both =
  (...edits: Edit[]): Edit =>
  (one) => {
    for (const edit of edits) edit(one);
  };

const ofServices: readonly Row[] = [
  ["scheduler", asIs, service({ scheduler: "wlc" }), ["scheduler: wrr -> wlc | new-connections-elsewhere"]],
  [
    "flags",
    service({ scheduler: "sh" }),
    service({ scheduler: "sh", schedulerFlags: ["sh-port"] }),
    ["scheduler flags: none -> sh-port | new-connections-elsewhere"],
  ],
  [
    "a real server less, where clients are hashed",
    service({ scheduler: "sh" }),
    service({ scheduler: "sh", realservers: [{ host: "web1" }] }),
    ["real server web2 (10.0.0.12:80): dr, weight 1 -> none | service-interrupted"],
  ],
  [
    "… with weight 0, by which they are refused until then",
    service({ scheduler: "sh", realservers: [{ host: "web1" }, { host: "web2", weight: 0 }] }),
    service({ scheduler: "sh", realservers: [{ host: "web1" }] }),
    ["real server web2 (10.0.0.12:80): dr, weight 0 -> none | connections-end"],
  ],
  [
    "… by the same change, which sets the scheduler first",
    asIs,
    service({ scheduler: "sh", realservers: [{ host: "web1" }] }),
    [
      "scheduler: wrr -> sh | new-connections-elsewhere",
      "real server web2 (10.0.0.12:80): dr, weight 1 -> none | service-interrupted",
    ],
  ],
  [
    "… no longer",
    service({ scheduler: "sh" }),
    service({ scheduler: "rr", realservers: [{ host: "web1" }] }),
    [
      "scheduler: sh -> rr | new-connections-elsewhere",
      "real server web2 (10.0.0.12:80): dr, weight 1 -> none | connections-end",
    ],
  ],
  [
    "… and the kernel looks for another one",
    service({ scheduler: "mh", schedulerFlags: ["mh-fallback"] }),
    service({ scheduler: "mh", schedulerFlags: ["mh-fallback"], realservers: [{ host: "web1" }] }),
    ["real server web2 (10.0.0.12:80): dr, weight 1 -> none | connections-end"],
  ],
  [
    "weight 0, where clients are hashed",
    service({ scheduler: "mh" }),
    service({ scheduler: "mh", realservers: [{ host: "web1" }, { host: "web2", weight: 0 }] }),
    ["weight of web2 (10.0.0.12:80): 1 -> 0 | service-interrupted"],
  ],
  [
    "persistence on",
    asIs,
    service({ persistence: {} }),
    [
      "persistence: none -> 360 s | new-connections-elsewhere",
      "client mask of persistence: none -> one client | new-connections-elsewhere",
    ],
  ],
  [
    "persistence timeout",
    service({ persistence: { timeout: 60 } }),
    service({ persistence: { timeout: 90 } }),
    ["persistence timeout: 60 s -> 90 s | none"],
  ],
  [
    "client mask",
    service({ persistence: {} }),
    service({ persistence: { prefix: 24 } }),
    ["client mask of persistence: one client -> 255.255.255.0 | new-connections-elsewhere"],
  ],
  [
    "real server added",
    asIs,
    (one) => one.services[0].realservers.push({ address: "10.0.0.40" }),
    ["real server 10.0.0.40:80: none -> dr, weight 1 | new-connections-elsewhere"],
  ],
  [
    "real server added without weight",
    asIs,
    (one) => one.services[0].realservers.push({ address: "10.0.0.40", weight: 0 }),
    ["real server 10.0.0.40:80: none -> dr, weight 0 | none"],
  ],
  [
    "real server removed",
    (one) => one.services[0].realservers.push({ address: "10.0.0.40" }),
    asIs,
    ["real server 10.0.0.40:80: dr, weight 1 -> none | connections-end"],
  ],
  ["weight", asIs, server(0, { weight: 3 }), ["weight of web1 (10.0.0.11:80): 1 -> 3 | new-connections-elsewhere"]],
  ["weight 0", asIs, server(0, { weight: 0 }), ["weight of web1 (10.0.0.11:80): 1 -> 0 | new-connections-elsewhere"]],
  [
    "a weight that its scheduler does not look at",
    service({ scheduler: "rr" }),
    both(service({ scheduler: "rr" }), server(0, { weight: 3 })),
    ["weight of web1 (10.0.0.11:80): 1 -> 3 | none"],
  ],
  [
    "thresholds",
    server(0, { upperThreshold: 50, lowerThreshold: 20 }),
    server(0, { upperThreshold: 100, lowerThreshold: 80 }),
    ["thresholds of web1 (10.0.0.11:80): 50 and 20 -> 100 and 80 | new-connections-elsewhere"],
  ],
  [
    "forwarding method of all",
    (one) => Object.assign(one.services[0], { realservers: [{ address: "10.0.0.40" }] }),
    (one) => Object.assign(one.services[0], { mode: "tun", realservers: [{ address: "10.0.0.40" }] }),
    ["forwarding method of 10.0.0.40:80: dr -> tun | service-interrupted"],
  ],
  [
    "forwarding method of all, to dr",
    (one) => Object.assign(one.services[0], { mode: "tun", realservers: [{ address: "10.0.0.40" }] }),
    (one) => Object.assign(one.services[0], { realservers: [{ address: "10.0.0.40" }] }),
    ["forwarding method of 10.0.0.40:80: tun -> dr | service-interrupted"],
  ],
  [
    "forwarding method of one without weight, to dr",
    (one) =>
      Object.assign(one.services[0], {
        realservers: [{ host: "web1" }, { address: "10.0.0.40", mode: "tun", weight: 0 }],
      }),
    (one) => Object.assign(one.services[0], { realservers: [{ host: "web1" }, { address: "10.0.0.40", weight: 0 }] }),
    ["forwarding method of 10.0.0.40:80: tun -> dr | connections-end"],
  ],
  [
    "service added",
    asIs,
    (one) =>
      one.services.push({
        name: "dns",
        vip: "10.0.0.101",
        protocol: "udp",
        port: 53,
        realservers: [{ address: "10.0.0.40" }],
      }),
    [
      "service: none -> wlc, 1 real server | none",
      "opening for 53/udp: none -> open eth0 | none",
      "opening for untracked 10.0.0.101 53/udp: none -> open eth0 | none",
      "rule without connection tracking untracked 10.0.0.101 53/udp: none -> described | none",
      "virtual address 10.0.0.101: none -> 10.0.0.101/32 eth0 eth0:web",
    ],
  ],
  [
    "port",
    asIs,
    service({ port: 81 }),
    [
      "what clients connect to: tcp 10.0.0.100:80 -> tcp 10.0.0.100:81 | service-interrupted",
      "real server web1: 10.0.0.11:80 -> 10.0.0.11:81 | none",
      "real server web2: 10.0.0.12:80 -> 10.0.0.12:81 | none",
    ],
  ],
  [
    "several services one of which is removed",
    (one) => one.services.push({ name: "tls", vip: "10.0.0.100", port: 443, realservers: [{ address: "10.0.0.40" }] }),
    asIs,
    ["service: wlc, 1 real server -> none | service-interrupted"],
  ],
  ["a service that only gets another name", asIs, service({ name: "store" }), ["name: shop -> store | none"]],
];

const startsWith = (expected: readonly string[]) => expected.map((line) => expect.stringContaining(line));

describe("services", () => {
  test.each(ofServices)("%s", async (_name, from, to, expected) => {
    const [old, next] = [web(), web()];
    from(old);
    to(next);
    const lines = linesOf(await compared(old, next));
    expect(lines).toEqual(expect.arrayContaining(startsWith(expected)));
  });
});

test("an entry goes over to dr out of the table, and otherwise in place", async () => {
  const [direct, tunnelled] = [web(), web()];
  tunnelled.services[0].mode = "tun";
  const whys = (found: Awaited<ReturnType<typeof compared>>): string[] =>
    found.changes.filter(({ rule }) => rule === "server-method").map(({ why }) => why);
  expect(whys(await compared(tunnelled, direct)).join()).toMatch(/takes the entry out of the table.*they end at once/);
  expect(whys(await compared(direct, tunnelled)).join()).toMatch(/script is run first.*ipvsadm -e in place/);
});

describe("from dr to a tunnel", () => {
  const tunnelled = (one: Description): Description => {
    one.services[0].mode = "tun";
    return one;
  };

  test("real servers come first, for they take both from then on; back, they come last and nobody waits for them", async () => {
    const [there, back] = [await compared(web(), tunnelled(web())), await compared(tunnelled(web()), web())];
    expect(stepsOf(there)).toEqual(["apply realserver.sh web1,web2", "apply director.sh lvs1"]);
    expect(stepsOf(back)).toEqual(["apply director.sh lvs1", "apply realserver.sh web1,web2"]);
    expect([...there.notes, ...back.notes]).toEqual([]);
    expect(back.steps.flatMap(({ awaited = [] }) => awaited)).toEqual([]);
    expect(linesOf(there)).toEqual(
      expect.arrayContaining([
        "forwarding method of web1 (10.0.0.11:80): dr -> tun | connections-end",
        "virtual address 10.0.0.100: 10.0.0.100/32 lo lo:web -> 10.0.0.100/32 tunl0 | none",
      ]),
    );
    expect(linesOf(back)).toContain(
      "virtual address 10.0.0.100: 10.0.0.100/32 tunl0 -> 10.0.0.100/32 lo lo:web | none",
    );
  });

  test("the host's own value of rp_filter counts where answers may leave another way", async () => {
    const two = (one: Description): Description => {
      one.hosts.web1.interfaces = { eth1: { address: "10.1.0.11/24" } };
      return one;
    };
    const lines = linesOf(await compared(two(web()), tunnelled(two(web()))));
    const ofHost = lines.filter((line) => line.startsWith("kernel setting net.ipv4.conf.eth0.rp_filter"));
    expect(ofHost.map((line) => line.split(" | ")[1]).sort()).toEqual(["connections-end", "none"]);
  });

  test("with keepalived the entry goes out and comes in again", async () => {
    const checked = (one: Description): Description => Object.assign(one, { ha: {} });
    const found = await compared(checked(web()), tunnelled(checked(web())));
    expect(found.changes.filter(({ rule }) => rule === "server-method").map(({ verdict }) => verdict)).toEqual([
      "connections-end",
      "connections-end",
    ]);
  });

  test("a real server that loses something else by the same script is interrupted as before", async () => {
    const next = tunnelled(web());
    const old = web();
    old.hosts.web1.units = ["nginx.service"];
    const found = await compared(old, next);
    expect(stepsOf(found)).toEqual(["apply realserver.sh web2", "apply director.sh lvs1", "apply realserver.sh web1"]);
    expect(linesOf(found)).toContain("forwarding method of web1 (10.0.0.11:80): dr -> tun | service-interrupted");
    expect(linesOf(found)).toContain("forwarding method of web2 (10.0.0.12:80): dr -> tun | connections-end");
    expect(found.notes[0]).toContain("web1:");
  });

  test("an opening that gets one interface more closes nothing", async () => {
    const open = (one: Description): Description => {
      for (const name of ["web1", "web2"]) one.hosts[name].firewall = "open";
      return one;
    };
    const lines = linesOf(await compared(open(web()), tunnelled(open(web()))));
    expect(lines.filter((line) => line.startsWith("opening for 80/tcp")).join()).toMatch(/none$/);
    const back = linesOf(await compared(tunnelled(open(web())), open(web())));
    expect(back.filter((line) => line.startsWith("opening for 80/tcp")).join()).toMatch(/none$/);
  });
});

test("a pair of before advertisements named what stays the same is not changed one after the other", () => {
  const file = (named: string): string =>
    `vrrp_instance web-v4 {\n    virtual_router_id 80\n    version 3\n    virtual_ipaddress {\n        ${named}\n    }\n}\n`;
  const told = (from: string, to: string): readonly string[] =>
    vrrpChanges({ kind: "cluster" }, readBlocks(file(from)), readBlocks(file(to))).map(
      ({ rule, verdict }) => `${rule} ${verdict}`,
    );
  expect(told("192.0.2.80/32 dev eth0", "169.254.112.80/32 dev lo scope host")).toEqual([
    "vrrp-advertised service-interrupted",
  ]);
  expect(told("169.254.112.80/32 dev lo scope host", "169.254.112.80/32 dev lo scope host")).toEqual([]);
});

test("from one tunnel to another nobody is served until the real servers' script has run", async () => {
  const tunnelled = (type: string): Description => {
    const one = web();
    Object.assign(one.services[0], { mode: "tun", tunnel: { type } });
    return one;
  };
  const lines = linesOf(await compared(tunnelled("ipip"), tunnelled("gre")));
  expect(lines.filter((line) => line.startsWith("virtual address")).join()).toMatch(
    /tunl0 -> .* gre0 \| service-interrupted$/,
  );
});

test("a service that nobody is left for takes no new connections", async () => {
  const [old, next] = [web(), web()];
  for (const one of next.services[0].realservers) one.weight = 0;
  expect(linesOf(await compared(old, next))).toContain(
    "real servers that take new connections: 2 -> none | service-interrupted",
  );
  expect(linesOf(await compared(next, next))).toEqual([]);
  next.services[0].realservers[1].weight = 1;
  expect(linesOf(await compared(old, next)).join()).not.toContain("real servers that take new connections");
});

test("what only people read changes nothing on hosts", async () => {
  const pooled = (name: string): Description => {
    const one = web();
    one.pools = { [name]: one.services[0].realservers };
    delete one.services[0].realservers;
    one.services[0].pool = name;
    return one;
  };
  for (const [from, to] of [
    [pooled("front"), pooled("fore")],
    [web(), pooled("front")],
  ] as const) {
    const found = await compared(from, to);
    expect(found.changes.length).toBeGreaterThan(0);
    expect(new Set(found.changes.map(({ verdict }) => verdict))).toEqual(new Set(["none"]));
    expect(found.steps).toEqual([]);
  }
});

test("a virtual address that gets another label alone waits for nobody", async () => {
  const [old, next] = [web(), web()];
  const second = { name: "b", vip: "10.0.0.101", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] };
  old.services.push(second);
  next.services.splice(0, 1, second);
  const found = await compared(old, next);
  expect(linesOf(found).some((line) => line.includes("| none") && line.startsWith("virtual address 10.0.0.101"))).toBe(
    true,
  );
  expect(found.steps.flatMap(({ awaited = [] }) => awaited)).toEqual([]);
});

const ofFailover: readonly Row[] = [
  ["router id", asIs, ha({ routerId: 81 }), ["router id (IPv4): 80 -> 81 | service-interrupted"]],
  ["version", asIs, ha({ version: 2, advertInterval: 1 }), ["version of VRRP (IPv4): 3 -> 2 | service-interrupted"]],
  ["interval", asIs, ha({ advertInterval: 1 }), ["interval of advertisements (IPv4): 0.3 s -> 1 s | none"]],
  [
    "interval with version 2",
    ha({ version: 2, advertInterval: 1 }),
    ha({ version: 2, advertInterval: 2 }),
    ["interval of advertisements (IPv4): 1 s -> 2 s | service-interrupted"],
  ],
  ["multicast", asIs, ha({ unicast: false }), ["advertisements (IPv4): unicast -> multicast | service-interrupted"]],
  ["preemption", asIs, ha({ preempt: true }), ["preemption (IPv4): off -> on | service-interrupted"]],
  ["sync", asIs, ha({ sync: false }), ["sync of connections: eth0, id 80 -> none | none"]],
  [
    "order of directors",
    asIs,
    (one) => one.directors.reverse(),
    ["priority (IPv4): 254 -> 234 | none", "priority (IPv4): 234 -> 254 | none"],
  ],
  [
    "health check",
    service({ check: { type: "http", path: "/" } }),
    service({ check: { type: "http", path: "/up" } }),
    ["new-connections-elsewhere"],
  ],
  [
    "times of the health check",
    service({ check: { type: "tcp", interval: 5 } }),
    service({ check: { type: "tcp", interval: 2 } }),
    ["times of the health check: every 5 s"],
  ],
  [
    "what becomes of the dead",
    asIs,
    service({ check: { type: "tcp", onFailure: "remove" } }),
    ["real servers that do not answer: get weight 0 -> are removed | none"],
  ],
  [
    "sorry server",
    asIs,
    service({ sorryServer: { host: "web3" } }),
    ["sorry server web3 (10.0.0.13:80): none -> dr, weight 0 | none"],
  ],
  [
    "scheduler where keepalived makes services anew",
    (one) => Object.assign(one.defaults, { platform: "el7" }),
    both((one) => Object.assign(one.defaults, { platform: "el7" }), service({ scheduler: "wlc" })),
    ["scheduler: wrr -> wlc | connections-end"],
  ],
  ["scheduler elsewhere", asIs, service({ scheduler: "wlc" }), ["scheduler: wrr -> wlc | new-connections-elsewhere"]],
];

describe("failover and health checks", () => {
  test.each(ofFailover)("%s", async (_name, from, to, expected) => {
    const [old, next] = [pair(), pair()];
    from(old);
    to(next);
    expect(linesOf(await compared(old, next))).toEqual(expect.arrayContaining(startsWith(expected)));
  });

  test("keepalived comes", async () => {
    const next = web();
    next.ha = {};
    expect(linesOf(await compared(web(), next))).toContain("keepalived: none -> health checks | none");
    expect(linesOf(await compared(next, web()))).toContain("keepalived: health checks -> none | service-interrupted");
  });

  test("a second director comes and goes", async () => {
    const found = await compared(web(), pair());
    expect(linesOf(found)).toEqual(
      expect.arrayContaining([
        "keepalived: none -> health checks and failover | service-interrupted",
        "role director: none -> debian12 | none",
      ]),
    );
    expect(stepsOf(found)).toEqual([
      "apply realserver.sh web1,web2",
      "apply director.sh lvs1",
      "apply director.sh lvs2",
    ]);
    expect(stepsOf(await compared(pair(), web()))).toEqual([
      "apply realserver.sh web1,web2",
      "uninstall director.sh lvs2",
      "apply director.sh lvs1",
    ]);
  });
});

const ofHosts: readonly Row[] = [
  [
    "a host's own address",
    asIs,
    (one) => Object.assign(one.hosts.web1, { address: "10.0.0.21/24" }),
    ["host-reached-otherwise"],
  ],
  [
    "platform",
    asIs,
    (one) => Object.assign(one.hosts.web1, { platform: "debian13" }),
    ["platform: debian12 -> debian13 | service-interrupted"],
  ],
  [
    "kernel setting of one's own",
    asIs,
    (one) => Object.assign(one, { sysctls: { "net.core.somaxconn": 4096 } }),
    ["kernel setting net.core.somaxconn: none -> 4096 | not-classified"],
  ],
  [
    "forwarding goes",
    (one) => Object.assign(one.hosts.lvs1, { forwarding: "on" }),
    (one) => Object.assign(one.hosts.lvs1, { forwarding: "off" }),
    ["kernel setting net.ipv4.ip_forward: 1 -> 0 | service-interrupted"],
  ],
  [
    "a file",
    (one) => Object.assign(one.hosts.web1, { files: [{ path: "/srv/a", content: "a\n" }] }),
    (one) => Object.assign(one.hosts.web1, { files: [{ path: "/srv/a", content: "b\n" }] }),
    ["file /srv/a: one text -> another text | none"],
  ],
  [
    "a unit comes",
    asIs,
    (one) => Object.assign(one.hosts.web1, { units: ["nginx"] }),
    ["unit nginx.service: none -> enabled active | none"],
  ],
  [
    "a unit goes",
    (one) => Object.assign(one.hosts.web1, { units: ["nginx"] }),
    asIs,
    ["unit nginx.service: enabled active -> none | service-interrupted"],
  ],
  [
    "packages",
    asIs,
    (one) => Object.assign(one.hosts.web1, { packages: ["nginx"] }),
    ["package nginx: none -> described | none"],
  ],
  ["timeouts", asIs, (one) => Object.assign(one, { timeouts: { tcp: 60, tcpfin: 10, udp: 10 } }), ["connections-end"]],
  [
    "the interface of a virtual address",
    (one) => Object.assign(one.hosts.lvs1, { interfaces: { eth1: { address: "10.0.1.1/24" } } }),
    both(
      (one) => Object.assign(one.hosts.lvs1, { interfaces: { eth1: { address: "10.0.1.1/24" } } }),
      service({ vipInterface: "eth1" }),
    ),
    ["virtual address 10.0.0.100: 10.0.0.100/32 eth0"],
  ],
  [
    "an export and a mount",
    asIs,
    both(
      (one) =>
        Object.assign(one, {
          nfs: { server: "web3", exports: [{ path: "/srv/a", clients: { "10.0.0.0/24": ["ro"] } }] },
        }),
      (one) => Object.assign(one.hosts.web1, { mounts: [{ export: "/srv/a", target: "/var/www" }] }),
    ),
    ["role NFS server: none -> debian12 | none", "mount /var/www: none -> nfs 10.0.0.13:/srv/a"],
  ],
  [
    "the firewall",
    asIs,
    (one) => Object.assign(one.hosts.web1, { firewall: "keep" }),
    ["opening for 80/tcp: open eth0 -> none | connections-end"],
  ],
];

describe("hosts", () => {
  test.each(ofHosts)("%s", async (_name, from, to, expected) => {
    const [old, next] = [web(), web()];
    from(old);
    to(next);
    expect(linesOf(await compared(old, next))).toEqual(expect.arrayContaining(startsWith(expected)));
  });

  test("a cluster that gets another name differs in nothing else", async () => {
    const next = web();
    next.name = "other";
    const found = await compared(web(), next);
    expect(found.changes.filter(({ verdict }) => verdict !== "none")).toEqual([]);
    expect(found.changes.map(({ rule }) => rule)).toContain("cluster-name");
    expect(stepsOf(found)).toEqual([
      "apply realserver.sh web1,web2",
      "apply director.sh lvs1",
      "uninstall director.sh lvs1",
      "uninstall realserver.sh web1,web2",
    ]);
  });
});

test("files that are named after a cluster have their former name where they were", async () => {
  const next = web();
  next.name = "other";
  next.services[0].scheduler = "wlc";
  next.services[0].port = 81;
  const { changes } = await compared(web(), next);
  const own = changes.filter(({ rule }) => rule === "own-files");
  expect(own.length).toBeGreaterThan(0);
  for (const { was, becomes } of own) {
    expect(was ?? "").not.toContain("other");
    expect(becomes ?? "").not.toContain(`-${web().name}-`);
  }
});

test("where keepalived has the addresses, another name is another label for them", async () => {
  const next = pair();
  next.name = "other";
  const found = await compared(pair(), next);
  expect(found.changes.filter(({ verdict }) => verdict !== "none").map(({ rule }) => rule)).toEqual(["vrrp-labels"]);
});

describe("order", () => {
  test("who comes serves before a director sends clients there", async () => {
    const next = web();
    next.services[0].realservers.push({ host: "web3" });
    expect(stepsOf(await compared(web(), next))).toEqual(["apply realserver.sh web3", "apply director.sh lvs1"]);
    expect(stepsOf(await compared(next, web()))).toEqual(["apply director.sh lvs1", "uninstall realserver.sh web3"]);
  });

  test("a virtual address goes from the director first, and one that comes goes to the real servers first", async () => {
    const next = web();
    next.services.push({ name: "b", vip: "10.0.0.101", port: 80, realservers: [{ host: "web1" }] });
    expect(stepsOf(await compared(web(), next))).toEqual(["apply realserver.sh web1", "apply director.sh lvs1"]);
    expect(stepsOf(await compared(next, web()))).toEqual(["apply director.sh lvs1", "apply realserver.sh web1"]);
  });

  test("where something comes and something goes on one host, it says so", async () => {
    const next = web();
    next.services[0].vip = "10.0.0.101";
    const found = await compared(web(), next);
    expect(stepsOf(found)).toEqual(["apply director.sh lvs1", "apply realserver.sh web1,web2"]);
    expect(found.notes[0]).toContain("web1, web2");
  });

  const nat = (): Description => {
    const one = web();
    Object.assign(one.services[0], { mode: "nat", vip: "203.0.113.80" });
    one.hosts.lvs1.interfaces = { eth1: { address: "203.0.113.1/24" } };
    for (const name of ["web1", "web2", "web3"]) one.hosts[name].gateway = "10.0.0.1";
    return one;
  };

  test("who comes in NAT serves before a director sends clients there too", async () => {
    const next = nat();
    next.services[0].realservers.push({ host: "web3" });
    const found = await compared(nat(), next);
    expect(stepsOf(found)).toEqual(["apply realserver.sh web3", "apply director.sh lvs1"]);
    expect(found.notes).toEqual([]);
  });

  test("replies go to a gateway that the directors bring once it is there", async () => {
    const next = nat();
    next.hosts.lvs2 = { address: "10.0.0.2/24", interfaces: { eth1: { address: "203.0.113.2/24" } } };
    next.directors = ["lvs1", "lvs2"];
    next.ha = { routerId: 80, gateway: "10.0.0.254" };
    for (const name of ["web1", "web2"]) next.hosts[name].gateway = "10.0.0.254";
    const found = await compared(nat(), next);
    expect(stepsOf(found)).toEqual([
      "apply director.sh lvs1",
      "apply director.sh lvs2",
      "apply realserver.sh web1,web2",
    ]);
    expect(found.notes).toEqual([]);
    expect(linesOf(found)).toContain(
      "route default: via 10.0.0.1 dev eth0 -> via 10.0.0.254 dev eth0 | host-reached-otherwise",
    );
  });

  test("the router id is not rolling", async () => {
    const next = pair();
    next.ha.routerId = 81;
    expect(stepsOf(await compared(pair(), next))).toEqual(["by-hand - lvs1,lvs2", "apply director.sh lvs1,lvs2"]);
  });

  test("a share is exported before it is mounted, and mounts go before it", async () => {
    const next = web();
    next.nfs = { server: "web3", exports: [{ path: "/srv/a", clients: { "10.0.0.0/24": ["ro"] } }] };
    next.hosts.web1.mounts = [{ export: "/srv/a", target: "/var/www" }];
    expect(stepsOf(await compared(web(), next))).toEqual(["apply nfs.sh web3", "apply realserver.sh web1"]);
    expect(stepsOf(await compared(next, web()))).toEqual(["apply realserver.sh web1", "uninstall nfs.sh web3"]);
  });
});
