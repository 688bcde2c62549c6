/** What `ha` becomes: who hears whom by what, which addresses move and where to. */
import { expect, test } from "vitest";
import { expand } from "../../../src/expand/index.ts";
import type { Config } from "../../../src/generated/config.ts";
import { resolve as resolveExpanded } from "../../../src/resolve/index.ts";

const resolve = (config: Config) => resolveExpanded(expand(config).config);

const base: Config = {
  version: 1,
  name: "pair",
  defaults: { platform: "debian12", interface: "ens33" },
  hosts: {
    lvs1: { address: "10.0.0.1/24", interfaces: { ens34: { address: "192.168.80.10/24", address6: "fd00::10/64" } } },
    lvs2: {
      interface: "eth0",
      address: "192.168.80.11/24",
      address6: "fd00::11/64",
      interfaces: { eth1: { address: "10.0.0.2/24" } },
    },
    web: { address: "192.168.80.12/24" },
  },
  directors: ["lvs1", "lvs2"],
  services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web" }] }],
  ha: { routerId: 80 },
};

function failoverOf(changes: Partial<Config> = {}) {
  const { cluster, diagnostics } = resolve({ ...base, ...changes });
  expect(diagnostics).toEqual([]);
  return cluster.failover;
}

function vrrpOf(changes: Partial<Config> = {}) {
  const vrrp = failoverOf(changes)?.vrrp;
  if (!vrrp) throw new Error("no VRRP");
  const texts = <V>(map: ReadonlyMap<{ readonly name: string }, V>, of: (value: V) => unknown) =>
    Object.fromEntries(Array.from(map, ([{ name }, value]) => [name, of(value)]));
  return {
    ...vrrp,
    instances: vrrp.instances.map(({ family, routerId, members }) => ({
      family,
      routerId,
      members: texts(members, (one) => `${one.interface} ${one.address.text}`),
    })),
    sync: vrrp.sync && { id: vrrp.sync.id, family: vrrp.sync.family, ...texts(vrrp.sync.interfaces, (name) => name) },
    priorities: texts(vrrp.priorities, (value) => value),
    carried: texts(vrrp.carried, (all) =>
      all.map(({ address, device, label }) => `${address.text} ${device} ${label}`),
    ),
    gateways: vrrp.gateways.map(({ address }) => address.text),
  };
}

const two = [...base.services, { name: "web6", vip: "fd00::188", port: 80, realservers: [{ address: "fd00::12" }] }];

test("nothing without the key, and health checks alone with one director", () => {
  const { ha: _ha, ...without } = base;
  expect(resolve({ ...without, directors: ["lvs1"] }).cluster.failover).toBeNull();
  expect(failoverOf({ directors: ["lvs1"], ha: {} })).toEqual({ pointer: "/ha", vrrp: null });
});

test("by default directors hear each other on the segment of the VIPs, whatever its interface is called", () => {
  expect(vrrpOf()).toMatchObject({
    version: 3,
    advertInterval: 0.3,
    preempt: false,
    unicast: true,
    instances: [{ family: 4, routerId: 80, members: { lvs1: "ens34 192.168.80.10", lvs2: "eth0 192.168.80.11" } }],
    sync: { id: 80, family: 4, lvs1: "ens34", lvs2: "eth0" },
    priorities: { lvs1: 254, lvs2: 234 },
    carried: { lvs1: ["192.168.80.188 ens34 ens34:pair"], lvs2: ["192.168.80.188 eth0 eth0:pair"] },
  });
});

test("each family has an instance of its own, and may have its own id", () => {
  expect(vrrpOf({ services: two, ha: { routerId: 80, routerId6: 81 } }).instances).toEqual([
    { family: 4, routerId: 80, members: { lvs1: "ens34 192.168.80.10", lvs2: "eth0 192.168.80.11" } },
    { family: 6, routerId: 81, members: { lvs1: "ens34 fd00::10", lvs2: "eth0 fd00::11" } },
  ]);
});

test("a gateway moves with the VIPs, on the interface of its own network", () => {
  const vrrp = vrrpOf({ ha: { routerId: 80, gateway: "10.0.0.254" } });
  expect(vrrp.gateways).toEqual(["10.0.0.254"]);
  expect(vrrp.carried).toMatchObject({
    lvs1: ["192.168.80.188 ens34 ens34:pair", "10.0.0.254 ens33 null"],
    lvs2: ["192.168.80.188 eth0 eth0:pair", "10.0.0.254 eth1 null"],
  });
});

test("sync is off where it is said so, told by IPv6 where directors have no IPv4 in one network, and by default off where one of them cannot", () => {
  expect(vrrpOf({ ha: { routerId: 80, sync: false } }).sync).toBeNull();
  expect(vrrpOf({ ha: { routerId: 80, sync: { id: 0 } } }).sync).toEqual({
    id: 0,
    family: 4,
    lvs1: "ens34",
    lvs2: "eth0",
  });
  const hosts = { lvs1: { address6: "fd00::10/64" }, lvs2: { address6: "fd00::11/64" } };
  expect(vrrpOf({ hosts, services: two.slice(1) }).sync).toEqual({ id: 80, family: 6, lvs1: "ens33", lvs2: "ens33" });
  const old = { ...hosts, lvs2: { ...hosts.lvs2, platform: "el7" as const } };
  expect(vrrpOf({ hosts: old, services: two.slice(1) }).sync).toBeNull();
});

test("priorities follow the order, and differ however many directors there are", () => {
  const names = Array.from({ length: 100 }, (_, n) => `lvs${n}`);
  const hosts = Object.fromEntries(names.map((name, n) => [name, { address: `192.168.80.${n + 1}/24` }]));
  const priorities = Object.values(
    vrrpOf({
      hosts,
      directors: names,
      services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ address: "192.168.80.200" }] }],
    }).priorities,
  ) as number[];
  expect(priorities).toEqual([...priorities].sort((a, b) => b - a));
  expect(new Set(priorities).size).toBe(100);
  expect(Math.min(...priorities)).toBeGreaterThan(0);
});

test("a sorry server serves like a real server, and gets a script", () => {
  const { cluster } = resolve({
    ...base,
    hosts: { ...base.hosts, sorry: { address: "192.168.80.60/24" } },
    services: base.services.map((one) => ({ ...one, sorryServer: { host: "sorry" } })),
  });
  expect(cluster.services[0]?.sorryServer).toMatchObject({
    port: null,
    mode: "dr",
    weight: 1,
    address: { text: "192.168.80.60" },
  });
  expect(cluster.realServers.map(({ name }) => name)).toEqual(["web", "sorry"]);
  const sorry = cluster.hosts.find(({ name }) => name === "sorry");
  expect(sorry && cluster.placements.get(sorry)?.map(({ device }) => device)).toEqual(["lo"]);
});
