/** What people get wrong with pools, ranges and ports, and what is said of it. */
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { createReporter } from "../../../src/expand/reporter.ts";
import { findings } from "./site.ts";

const service = { name: "web", vip: "192.168.80.188", port: 80 };
const two = [{ address: "192.168.80.12" }, { address: "192.168.80.13" }];
const pool = (...entries: object[]) => ({ pools: { web: entries }, services: [{ ...service, pool: "web" }] });

/** Code and pointer of each. */
async function places(changes: object): Promise<string[]> {
  return (await findings(changes)).map((one) => one.slice(0, one.indexOf(": ")));
}

describe("a range", () => {
  test.each([
    ["backwards", "192.168.80.90-192.168.80.11", "RANGE_REVERSED"],
    ["across families", "192.168.80.1-fd00::1", "RANGE_MIXES_FAMILIES"],
    ["larger than a cluster", "10.0.0.0-10.255.255.255", "RANGE_TOO_LARGE"],
    ["with leading zeros", "192.168.80.011-192.168.80.020", "BAD_ADDRESS"],
    ["with half an address", "192.168.80.11-90", "BAD_ADDRESS"],
    ["with three ends", "192.168.80.11-192.168.80.12-192.168.80.13", "BAD_ADDRESS"],
    ["as a network", "192.168.80.0/28", "BAD_ADDRESS"],
    ["over a VIP", "192.168.80.185-192.168.80.190", "REAL_SERVER_IS_VIP"],
    ["over a director", "192.168.80.9-192.168.80.12", "HOST_BY_ADDRESS"],
    ["over the broadcast address", "192.168.80.250-192.168.80.255", "NETWORK_OR_BROADCAST_ADDRESS"],
  ])("%s: %s", async (_what, address, code) => {
    expect(await places(pool({ address }))).toEqual([`${code} /pools/web/0/address`]);
  });

  test("that overlaps another is told once, with how many", async () => {
    const said = await findings(
      pool({ address: "192.168.80.11-192.168.80.20" }, { address: "192.168.80.15-192.168.80.30" }),
    );
    expect(said).toEqual([
      "DUPLICATE_REAL_SERVER /pools/web/1/address: 192.168.80.15 port 80 stands in this service already (and 5 more like this)",
    ]);
  });

  test.each(["r[1-2]w[1-3]", "web[1,3]", "web{1..3}", "web[1-", "web[1-3]]", "web[a-c]", "web[]", "web[3]"])(
    "of names is one, of numbers: %s",
    async (host) => {
      const said = await findings({ services: [{ ...service, realservers: [{ host }, ...two] }] });
      expect(said).toEqual([
        `BAD_FORMAT /services/0/realservers/0/host: ${JSON.stringify(host)} is no valid host name`,
      ]);
    },
  );

  test("that stands beside an address is one too many", async () => {
    const hosts = { lvs1: { address: "192.168.80.10/24" }, "web[1-2]": { address: "192.168.80.20/24" } };
    const realservers = [
      { host: "web[1-2]" },
      { host: "web[1-2]", address: "192.168.80.30-192.168.80.31" },
      { host: "web1", address: "192.168.80.30-192.168.80.31" },
    ];
    expect(await places({ hosts, services: [{ ...service, realservers }] })).toEqual([
      "EITHER_OR /services/0/realservers/1/address",
      "EITHER_OR /services/0/realservers/2/address",
    ]);
  });
});

describe("a pool", () => {
  test("that only a faulty service could mean is not said to be unused", async () => {
    expect(await places({ pools: { web: two }, services: [{ ...service, pool: ["web"] }] })).toEqual([
      "WRONG_TYPE /services/0/pool",
    ]);
  });

  test("may be named as objects have members", async () => {
    const services = [
      { ...service, pool: "constructor" },
      { ...service, name: "b", vip: "192.168.80.189", pool: "toString" },
    ];
    expect(await places({ pools: { constructor: two }, services })).toEqual(["UNKNOWN_POOL /services/1/pool"]);
  });

  test("whose services have each a port where it has one twice", async () => {
    expect(await places(pool({ address: "192.168.80.12", port: 80 }, ...two))).toEqual([
      "DUPLICATE_REAL_SERVER /pools/web/1/address",
    ]);
  });
});

describe("a port of its own", () => {
  const defaults = { platform: "debian12", interface: "ens33", mode: "nat" };
  const entries = [
    { address: "192.168.80.12", port: 8080 },
    { address: "192.168.80.13-192.168.80.15", port: 8080 },
    { address: "192.168.80.16" },
  ];

  test("is where a single port of NAT goes", async () => {
    expect(await findings({ defaults, ...pool(...entries) })).toEqual([]);
  });

  test("has no effect where the service has every port", async () => {
    const services = [{ ...service, port: 0, persistence: {}, pool: "web" }];
    const said = await findings({ defaults: { ...defaults, firewall: "keep" }, pools: { web: entries }, services });
    expect(said).toEqual(
      [0, 1].map(
        (index) =>
          `PORT_WITHOUT_EFFECT /pools/web/${index}/port: in a service of every port a packet keeps its port, so that port 8080 has no effect`,
      ),
    );
  });

  test.each([
    [{}, ["PORT_WITHOUT_EFFECT /pools/web/0/port", "PORT_WITHOUT_EFFECT /pools/web/1/port"]],
    [undefined, []],
  ])("behind a mark with the persistence %j: %j", async (persistence, expected) => {
    const services = [{ name: "m", fwmark: 1, match: [{ vip: "192.168.80.188", port: 80 }], persistence, pool: "web" }];
    expect(await places({ defaults, pools: { web: entries }, services })).toEqual(expected);
  });

  test.each([
    [{ pool: "web" }, { web: entries }, "/pools/web/0/port"],
    [{ realservers: entries }, undefined, "/services/0/realservers/0/port"],
  ])("makes one of several ports of NAT: %j", async (servers, pools, pointer) => {
    const said = await findings({ defaults, pools, services: [{ ...service, port: [80, 443], ...servers }] });
    expect(said).toEqual([
      `PORTS_BECOME_ONE ${pointer}: 2 ports of "web" all become port 8080 of 192.168.80.12 (and 3 more like this)`,
    ]);
  });

  test("keeps its silence in DR, where it is the service's, and behind a list of one", async () => {
    const services = [
      { ...service, port: [80, 443], mode: "dr", pool: "web" },
      { ...service, name: "b", vip: "192.168.80.189", port: [80], pool: "web" },
    ];
    expect(await findings({ defaults, pools: { web: entries }, services })).toEqual([]);
  });
});

describe("ports", () => {
  test.each([
    ["65530-65535", null],
    ["65530-65536", "BAD_PORT_RANGE /services/0/port"],
    ["0-10", "BAD_FORMAT /services/0/port"],
    ["0080-0090", "BAD_FORMAT /services/0/port"],
    ["80", "WRONG_TYPE /services/0/port"],
    [[80, 80], "DUPLICATE_PORT /services/0/port/1"],
    [["80-90", "85-95"], "DUPLICATE_PORT /services/0/port/1"],
    [["80-90", 70000], "OUT_OF_RANGE /services/0/port/1"],
  ])("%j: %s", async (port, expected) => {
    const said = await places({ services: [{ ...service, port, realservers: two }] });
    expect(said).toEqual(expected === null ? [] : [expected]);
  });

  test.each([
    [[80, 443], { type: "http" }, "asks port 443 too, where https is usual"],
    [[80, 443], { type: "https", verify: true }, "asks port 80 too, where http is usual"],
    [[80, 443], { type: "http", port: 80 }, null],
    [[80, 443], { type: "tcp" }, null],
    [[80, 8080], { type: "http" }, null],
    [[443], { type: "http" }, null],
  ])("%j with the check %j: %s", async (port, check, expected) => {
    const said = await findings({ services: [{ ...service, port, check, realservers: two }] });
    expect(said).toEqual(
      expected === null ? [] : [expect.stringMatching(`^CHECK_OTHER_SCHEME /services/0/check/type: .*${expected}$`)],
    );
  });

  test("of two services that make one name", async () => {
    const services = [
      { ...service, port: [80, 443], realservers: two },
      { ...service, vip: "192.168.80.189", port: [80, 8080], realservers: two },
    ];
    expect(await places({ services })).toEqual(["DUPLICATE_SERVICE_NAME /services/1/name"]);
  });

  test("with a pool, in a table that no machine would load, are told instead of tried", async () => {
    const services = [
      { ...service, port: "1-99", pool: "web" },
      { ...service, name: "b", vip: "192.168.80.189", port: "1-65535", pool: "web" },
    ];
    const said = await findings({
      defaults: { platform: "debian12", interface: "ens33", mode: "tun" },
      pools: { web: [{ address: "10.0.1.0-10.0.255.255" }] },
      services,
    });
    expect(said).toEqual([
      expect.stringMatching(/^RANGE_TOO_LARGE \/services\/1\/port: with "b" the table would have more than 10000000 /),
    ]);
  });

  test("of more services than any memory holds are told as well", () => {
    const said: string[] = [];
    const reporter = createReporter(
      (code, { pointer, message }) => void said.push(`${code} ${pointer}: ${message}`),
      () => {},
    );
    const taken = ["a", "b", "c", "d", "e"].map((name) => reporter.table(65_535, 1, name, "/services/0/port"));
    expect(taken).toEqual([true, true, true, true, false]);
    expect(said).toEqual(['RANGE_TOO_LARGE /services/0/port: with "e" the table would have more than 262144 services']);
  });
});

describe("YAML", () => {
  const text = `version: 1
name: kgc
defaults: { platform: debian12, interface: ens33 }
hosts:
  lvs1: { address: 192.168.80.10/24 }
  web[01-03]: &web { address: 192.168.80.11/24 }
directors: [lvs1]
pools:
  web: &servers
    - { host: "web[01-03]", weight: 2 }
    - &others { address: 192.168.80.101-192.168.80.102 }
services:
  - &first { name: web, vip: 192.168.80.188, port: [80, 8000-8001], pool: web }
  - { name: own, vip: 192.168.80.189, port: 80, realservers: *servers }
  - { name: more, vip: 192.168.80.190, port: &port 443, realservers: [*others, { host: web01 }] }
`;

  test("has pools and ranges, with anchors in and around them", async () => {
    const { cluster, diagnostics } = await analyse(text, { file: "cluster.yaml" });
    expect(diagnostics).toEqual([]);
    expect(cluster?.services.map(({ name, realServers }) => [name, realServers.length])).toEqual([
      ["web-80", 5],
      ["web-8000", 5],
      ["web-8001", 5],
      ["own", 5],
      ["more", 3],
    ]);
  });

  test("has findings where the text stands", async () => {
    const { diagnostics } = await analyse(text.replace("101-192.168.80.102", "102-192.168.80.101"), {
      file: "cluster.yaml",
    });
    expect(diagnostics.map(({ code, line }) => `${code} ${line}`)).toContain("RANGE_REVERSED 11");
  });
});
