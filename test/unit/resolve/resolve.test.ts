import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expand } from "../../../src/expand/index.ts";
import type { Config } from "../../../src/generated/config.ts";
import { portOf } from "../../../src/lvs/port.ts";
import { type Cluster, realServerPointer, type Service } from "../../../src/model.ts";
import { parse } from "../../../src/parse/index.ts";
import { resolve as resolveExpanded, type Sharing } from "../../../src/resolve/index.ts";
import { validate } from "../../../src/validate/index.ts";

const resolve = (config: Config) => resolveExpanded(expand(config).config);

function config(changes: Partial<Config> = {}): Config {
  return {
    version: 1,
    name: "kgc",
    defaults: { platform: "el7", interface: "ens33" },
    hosts: { lvs1: { address: "192.168.80.10/24" }, web1: { address: "192.168.80.12/24" } },
    directors: ["lvs1"],
    services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web1" }] }],
    ...changes,
  };
}

function resolved(changes: Partial<Config> = {}): Cluster {
  const { cluster, diagnostics } = resolve(config(changes));
  expect(diagnostics).toEqual([]);
  return cluster;
}

const service = (changes: Partial<Config["services"][number]>): Config["services"] =>
  config().services.map((one) => ({ ...one, ...changes }));

test("the cluster of the procedure", async () => {
  const file = join(import.meta.dirname, "..", "..", "..", "examples", "kgc.json");
  const { document } = await parse(readFileSync(file, "utf8"), file);
  const { config: valid } = validate(document?.value);
  if (valid === null) throw new Error("not valid");
  const { cluster } = resolve(valid);
  expect(cluster.hosts.map(({ name, roles }) => [name, roles])).toEqual([
    ["lvs1", ["director"]],
    ["web1", ["realserver"]],
    ["web2", ["realserver", "nfs"]],
    ["pc", ["client"]],
  ]);
  expect(cluster.hosts[2]).toMatchObject({
    packages: ["httpd"],
    units: [{ name: "httpd", pointer: "/realserver/units/0" }],
    mounts: [{ source: "192.168.80.13:/opt/benet", target: "/var/www/html", export: "/opt/benet", own: true }],
    files: [{ path: "/var/www/html/index.html", content: "this is benet web!\n", mode: null }],
  });
  expect(cluster.services[0]).toMatchObject({
    frontend: { kind: "address", vip: { text: "192.168.80.188" }, protocol: "tcp", port: 80 },
    realServers: [
      { address: { text: "192.168.80.12" }, port: null, weight: 1, mode: "dr" },
      { host: { name: "web2" } },
    ],
    check: { type: "http", path: "/", status: 200, body: null, port: null },
  });
});

function portsOf(service: Service): number[] {
  return service.realServers.map((entry) => portOf(service, entry));
}

describe("defaults", () => {
  test("of a service", () => {
    expect(resolved().services[0]).toMatchObject({
      mode: "dr",
      scheduler: "wlc",
      schedulerFlags: [],
      persistence: null,
      onePacket: false,
      vipInterface: null,
      check: { type: "tcp", interval: 5, timeout: 3, retries: 3 },
    });
  });

  test("come from `defaults`, and what is written wins", () => {
    const cluster = resolved({
      defaults: { platform: "el7", interface: "ens33", firewall: "keep", gateway: "192.168.80.1", scheduler: "rr" },
      hosts: {
        lvs1: { address: "192.168.80.10/24", firewall: "open", interface: "eth0" },
        web1: { address: "192.168.80.12/24" },
      },
    });
    expect(cluster.hosts).toMatchObject([
      { firewall: "open", interface: "eth0", selinux: "keep", gateway: { text: "192.168.80.1" } },
      { firewall: "keep", interface: "ens33" },
    ]);
    expect(cluster.services[0]?.scheduler).toBe("rr");
  });

  test.each([
    ["udp", 53, "none"],
    ["sctp", 36412, "none"],
    ["tcp", 0, "none"],
    ["tcp", 80, "tcp"],
  ] as const)("the check of a service on %s port %d is %s", (protocol, port, type) => {
    const cluster = resolved({ services: service({ protocol, port, persistence: {} }) });
    expect(cluster.services[0]?.check.type).toBe(type);
  });

  test("persistence remembers single clients for 360 s", () => {
    expect(resolved({ services: service({ persistence: {} }) }).services[0]?.persistence).toEqual({
      timeout: 360,
      prefix: 32,
    });
  });

  test("an inherited gateway is for hosts of its family alone", () => {
    const cluster = resolved({
      defaults: { platform: "el7", interface: "ens33", gateway: "192.168.80.1", gateway6: "2001:db8::1" },
      hosts: {
        lvs1: { address: "192.168.80.10/24" },
        web1: { address: "192.168.80.12/24", address6: "2001:db8::12/64" },
      },
    });
    expect(cluster.hosts.map(({ gateway6 }) => gateway6?.text)).toEqual([undefined, "2001:db8::1"]);
  });
});

describe("what every real server gets", () => {
  const shared = {
    packages: ["httpd", "php"],
    files: [
      { path: "/a", content: "everyone" },
      { path: "/b", content: "everyone" },
    ],
    directories: [{ path: "/d", mode: "755" }],
    mounts: [{ source: "nas:/x", target: "/mnt" }],
  };

  test("is joined with a host's own, which wins for the same path", () => {
    const cluster = resolved({
      realserver: shared,
      hosts: {
        lvs1: { address: "192.168.80.10/24" },
        web1: {
          address: "192.168.80.12/24",
          packages: ["php", "vim"],
          files: [
            { path: "/b", content: "own" },
            { path: "/c", content: "own" },
          ],
          mounts: [{ source: "nas:/own", target: "/mnt", options: ["ro"] }],
        },
      },
    });
    const [director, realServer] = cluster.hosts;
    expect(director).toMatchObject({ packages: [], files: [], directories: [], mounts: [] });
    expect(realServer?.packages).toEqual(["httpd", "php", "vim"]);
    expect(realServer?.files.map(({ path, content, pointer }) => [path, content, pointer])).toEqual([
      ["/a", "everyone", "/realserver/files/0"],
      ["/b", "own", "/hosts/web1/files/0"],
      ["/c", "own", "/hosts/web1/files/1"],
    ]);
    expect(realServer?.directories).toMatchObject([{ path: "/d", mode: "0755", owner: null }]);
    expect(realServer?.mounts).toMatchObject([{ source: "nas:/own", options: ["ro"], export: null, own: false }]);
  });
});

describe("the address in the table", () => {
  const twoNetworks = {
    lvs1: { address: "192.168.80.10/24", interfaces: { ens34: { address: "10.0.0.1/24" } } },
    web1: { address: "172.16.0.12/24", interfaces: { ens34: { address: "10.0.0.12/24" } } },
  };

  test.each([
    ["dr", "10.0.0.12"],
    ["nat", "10.0.0.12"],
    ["tun", "172.16.0.12"],
  ] as const)("in %s", (mode, expected) => {
    const cluster = resolved({ hosts: twoNetworks, services: service({ mode }) });
    expect(cluster.services[0]?.realServers[0]?.address.text).toBe(expected);
  });

  test.each(["dr", "nat", "tun"] as const)("in %s, where the description says which", (mode) => {
    const web1 = { address: "10.0.0.12/24", addresses: ["10.0.0.77/24"], rip: "10.0.0.77" };
    const cluster = resolved({ hosts: { ...twoNetworks, web1 }, services: service({ mode }) });
    expect(cluster.services[0]?.realServers[0]?.address.text).toBe("10.0.0.77");
  });

  test("is of the family of the VIP, whatever the description says for the other one", () => {
    const cluster = resolved({
      hosts: {
        lvs1: { address: "192.168.80.10/24", address6: "2001:db8::10/64" },
        web1: { address: "192.168.80.12/24", address6: "2001:db8::12/64", rip: "192.168.80.12" },
      },
      services: service({ vip: "2001:db8::188" }),
    });
    expect(cluster.services[0]?.realServers[0]?.address.text).toBe("2001:db8::12");
  });

  test("is of the family of the VIP", () => {
    const cluster = resolved({
      hosts: {
        lvs1: { address: "192.168.80.10/24", address6: "2001:db8::10/64" },
        web1: { address: "192.168.80.12/24", address6: "2001:db8::12/64" },
      },
      services: service({ vip: "2001:db8::188" }),
    });
    expect(cluster.services[0]?.realServers[0]?.address.text).toBe("2001:db8::12");
  });
});

describe("real servers", () => {
  test("of services that say the same share one list", () => {
    const realservers = [{ address: "10.0.0.1" }, { host: "web1" }, { address: "10.0.0.2" }];
    const [base] = config().services;
    if (base === undefined) throw new Error("no service");
    const cluster = resolved({
      services: [
        { ...base, name: "a", realservers },
        { ...base, name: "b", vip: "192.168.80.189", realservers: structuredClone(realservers) },
        { ...base, name: "c", port: 81, realservers },
        {
          ...base,
          name: "d",
          vip: "192.168.80.190",
          realservers: [{ address: "10.0.0.1", weight: 2 }, ...realservers.slice(1)],
        },
      ],
    });
    const [a, b, c, d] = cluster.services.map(({ realServers }) => realServers);
    expect(b).toBe(a);
    expect(c).toBe(a);
    expect(cluster.services.slice(0, 3).map(portsOf)).toEqual([
      [80, 80, 80],
      [80, 80, 80],
      [81, 81, 81],
    ]);
    expect(d?.[0]).toMatchObject({ weight: 2 });
    expect(d?.[1]).toBe(a?.[1]);
  });

  /** The real servers of services that have these lists, each a list of its own. */
  function ofLists(sharing: Sharing, ...lists: NonNullable<Config["services"][number]["realservers"]>[]) {
    const [base] = config().services;
    if (base === undefined) throw new Error("no service");
    const services = lists.map((list, index) => ({
      ...base,
      name: `s${index}`,
      vip: `192.168.80.${100 + index}`,
      realservers: structuredClone(list),
    }));
    const { cluster, sharesPlaces } = resolveExpanded(expand(config({ services })).config, new Set(), sharing);
    return { lists: cluster.services.map(({ realServers }) => realServers), sharesPlaces };
  }

  test("with weights and thresholds are one object where they say the same of them", () => {
    const { lists, sharesPlaces } = ofLists(
      "all",
      [{ address: "10.0.0.1", weight: 3 }],
      [{ address: "10.0.0.1", weight: 3 }],
      [{ address: "10.0.0.1", weight: 4 }],
      [{ address: "10.0.0.1", weight: 3, upperThreshold: 9, lowerThreshold: 4 }],
      [
        { address: "10.0.0.1", weight: 3, upperThreshold: 9, lowerThreshold: 4 },
        { address: "10.0.0.2", weight: 3 },
      ],
    );
    const [a, b, c, d, e] = lists;
    expect(sharesPlaces).toBe(true);
    expect(b).toBe(a);
    expect(c?.[0]).not.toBe(a?.[0]);
    expect(d?.[0]).not.toBe(a?.[0]);
    expect(e?.[0]).toBe(d?.[0]);
    expect([a, c, d].map((list) => list?.[0])).toMatchObject([
      { weight: 3, upperThreshold: 0 },
      { weight: 4 },
      { weight: 3, upperThreshold: 9, lowerThreshold: 4 },
    ]);
  });

  test.each<[string, Sharing, NonNullable<Config["services"][number]["realservers"]>]>([
    ["beside a host", "all", [{ address: "10.0.0.1", weight: 3 }, { host: "web1" }]],
    ["of a host", "all", [{ host: "web1", weight: 3 }]],
    ["with a port", "all", [{ address: "10.0.0.1", port: 80, weight: 3 }]],
    ["with a method", "all", [{ address: "10.0.0.1", mode: "tun", weight: 3 }]],
    ["where every place is asked for", "plain", [{ address: "10.0.0.1", weight: 3 }]],
  ])("with a weight are told apart %s", (_name, sharing, list) => {
    const { lists, sharesPlaces } = ofLists(sharing, list, list);
    const [a, b] = lists;
    expect(b).toEqual(a);
    expect(b?.[0]).not.toBe(a?.[0]);
    expect(sharesPlaces).toBe(false);
  });

  test("of more weights than are compared are right all the same", () => {
    const weights = Array.from({ length: 40 }, (_, index) => index + 1);
    const realservers = [...weights, ...weights].map((weight) => ({ address: "10.0.0.1", weight }));
    const [one] = resolved({ services: service({ realservers }) }).services;
    expect(one?.realServers.map(({ weight }) => weight)).toEqual([...weights, ...weights]);
  });

  test("have the port that they say, or that of the service", () => {
    const cluster = resolved({
      services: service({
        mode: "nat",
        realservers: [
          { host: "web1", port: 8080 },
          { address: "10.0.0.1", port: 80 },
        ],
      }),
    });
    expect(cluster.services[0]?.realServers).toMatchObject([{ port: 8080 }, { port: null }]);
    expect(cluster.services.map(portsOf)).toEqual([[8080, 80]]);
  });

  test("keep their places when one of them is left out", () => {
    const { cluster } = resolve(config({ services: service({ realservers: [{ host: "nobody" }, { host: "web1" }] }) }));
    const [first] = cluster.services;
    expect(first && realServerPointer(first, 0)).toBe("/services/0/realservers/1");
  });
});

describe("what is looked up once", () => {
  test.each([
    ["el7", undefined, "ifcfg"],
    ["ubuntu24", undefined, "netplan"],
    ["ubuntu24", "networkd", "networkd"],
  ] as const)("on %s with the back end %s, the network is that of %s", (platform, network, expected) => {
    const cluster = resolved({ defaults: { platform, interface: "ens33", ...(network && { network }) } });
    expect(cluster.hosts[0]).toMatchObject({ platform: { name: platform }, network: expected });
  });

  test("what a real server serves, for every service that names it", () => {
    const [web] = service({});
    const cluster = resolved({
      services: [
        { ...web, name: "a", vip: "192.168.80.188", realservers: [{ host: "web1" }, { host: "web1", port: 8080 }] },
        { ...web, name: "b", vip: "192.168.80.189", realservers: [{ host: "web1", mode: "tun" }] },
      ],
    });
    const [host] = cluster.realServers;
    expect(host && cluster.served.get(host)).toMatchObject([
      { service: { name: "a" }, ports: [80, 8080], modes: ["dr"], addresses: [{}, { text: "192.168.80.12" }] },
      { service: { name: "b" }, ports: [80], modes: ["tun"] },
    ]);
  });

  const carried = ({ placements }: Cluster): unknown[] =>
    [...placements].flatMap(([host, all]) =>
      all.map(({ vip, device, label }) => `${host.name} ${vip.text} ${device} ${label ?? "-"}`),
    );

  test.each([
    ["DR", { mode: "dr" }, ["lvs1 192.168.80.188 ens33 ens33:kgc", "web1 192.168.80.188 lo lo:kgc"]],
    ["TUN", { mode: "tun" }, ["lvs1 192.168.80.188 ens33 ens33:kgc", "web1 192.168.80.188 tunl0 -"]],
    ["NAT", { mode: "nat" }, ["lvs1 192.168.80.188 ens33 ens33:kgc"]],
    ["a VIP that is the director's own", { mode: "nat", vip: "192.168.80.10" }, []],
    ["`vipInterface`", { vipInterface: "lo" }, ["lvs1 192.168.80.188 lo lo:kgc", "web1 192.168.80.188 lo lo:kgc"]],
    ["IPv6", { vip: "2001:db8::1" }, ["lvs1 2001:db8::1 ens33 -", "web1 2001:db8::1 lo -"]],
  ] as const)("where VIPs are carried: %s", (_name, changes, expected) => {
    const addresses = { lvs1: { address: "192.168.80.10/24", address6: "2001:db8::a/64" } };
    const hosts = { ...addresses, web1: { address: "192.168.80.12/24", address6: "2001:db8::c/64" } };
    expect(carried(resolved({ hosts, services: service(changes) }))).toEqual(expected);
  });

  test("a director that is a real server as well carries VIPs as the director", () => {
    const cluster = resolved({ services: service({ realservers: [{ host: "lvs1" }, { host: "web1" }] }) });
    expect(carried(cluster)).toEqual(["lvs1 192.168.80.188 ens33 ens33:kgc", "web1 192.168.80.188 lo lo:kgc"]);
  });

  test("a label that would be longer than the kernel takes is none", () => {
    const defaults = { platform: "el7", interface: "a-long-name-15c" } as const;
    expect(carried(resolved({ defaults }))).toEqual([
      "lvs1 192.168.80.188 a-long-name-15c -",
      "web1 192.168.80.188 lo lo:kgc",
    ]);
  });
});

test("a mark has the family and the VIPs of what it matches", () => {
  const { port: _port, vip: _vip, ...base } = config().services[0] ?? { name: "", realservers: [] };
  const match = [
    { vip: "10.0.0.1", port: 80 },
    { vip: "10.0.0.1", port: "8000-8099" },
    { vip: "10.0.0.2", port: 53, protocol: "udp" as const },
  ];
  const cluster = resolved({ services: [{ ...base, fwmark: 7, match }] });
  expect(cluster.services[0]).toMatchObject({
    frontend: {
      kind: "fwmark",
      mark: 7,
      matches: [{ protocol: "tcp", ports: [80, 80] }, { ports: [8000, 8099] }, { protocol: "udp", ports: [53, 53] }],
    },
    family: 4,
    vips: [{ text: "10.0.0.1" }, { text: "10.0.0.2" }],
    realServers: [{ port: null }],
  });
  expect(cluster.services.map(portsOf)).toEqual([[0]]);
});

test("a mount takes a family that both ends have", () => {
  const nfs = { server: "nfs1", exports: [{ path: "/srv", clients: { "*": ["rw"] } }] };
  const mounts = [{ export: "/srv", target: "/mnt" }];
  const cluster = resolved({
    nfs,
    hosts: {
      lvs1: { address: "192.168.80.10/24" },
      web1: { address: "192.168.80.12/24", mounts },
      nfs1: { address: "192.168.80.20/24", address6: "2001:db8::20/64" },
      six: { address6: "2001:db8::21/64", mounts },
    },
  });
  expect(cluster.hosts.flatMap((host) => host.mounts.map(({ source }) => [host.name, source]))).toEqual([
    ["web1", "192.168.80.20:/srv"],
    ["six", "[2001:db8::20]:/srv"],
  ]);
});
