/** Ranges where a description may have them: hosts, real servers, lists of names, ports of services. */
import { describe, expect, test } from "vitest";
import { addressesOf } from "../../../src/expand/ranges.ts";
import { createReporter } from "../../../src/expand/reporter.ts";
import { analysed, findings } from "./site.ts";

async function clusterOf(changes: object) {
  const { cluster, diagnostics } = await analysed(changes);
  if (cluster === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  return cluster;
}

const service = { name: "web", vip: "192.168.80.188", port: 80 };
const lvs1 = { address: "192.168.80.10/24" };

describe("hosts of a range", () => {
  test("are counted along with all their addresses", async () => {
    const { hosts, services, realServers } = await clusterOf({
      hosts: {
        lvs1: { address: "192.168.80.10/24" },
        "web[09-11]": {
          address: "192.168.80.19/24",
          address6: "fd00::9/64",
          rip: "10.0.0.19",
          interfaces: { ens34: { address: "10.0.0.19/24", addresses: ["10.1.0.19/24"] } },
        },
      },
      services: [{ ...service, realservers: [{ host: "web[09-11]", weight: 3 }] }],
    });
    expect(
      hosts.map(({ name, address, address6, rip }) => [name, address?.address.text, address6?.address.text, rip?.text]),
    ).toEqual([
      ["lvs1", "192.168.80.10", undefined, undefined],
      ["web09", "192.168.80.19", "fd00::9", "10.0.0.19"],
      ["web10", "192.168.80.20", "fd00::a", "10.0.0.20"],
      ["web11", "192.168.80.21", "fd00::b", "10.0.0.21"],
    ]);
    expect(hosts.at(-1)?.interfaces[1]?.addresses.map(({ address }) => address.text)).toEqual([
      "10.0.0.21",
      "10.1.0.21",
    ]);
    expect(realServers.map(({ name }) => name)).toEqual(["web09", "web10", "web11"]);
    expect(services[0]?.realServers.map(({ weight }) => weight)).toEqual([3, 3, 3]);
  });

  test("have the addresses of a range of the same length", async () => {
    const { hosts } = await clusterOf({
      hosts: { lvs1, "web[1-2]": { address: "192.168.80.20-192.168.80.21/24" } },
      services: [{ ...service, realservers: [{ host: "web1" }, { host: "web2" }] }],
    });
    expect(hosts.map(({ address }) => address?.address.text)).toEqual([
      "192.168.80.10",
      "192.168.80.20",
      "192.168.80.21",
    ]);
  });

  test("are clients and directors by range as well", async () => {
    const { directors, clients } = await clusterOf({
      hosts: { "lvs[1-2]": lvs1, "pc[1-2]": { address: "192.168.80.200/24" }, web: { address: "192.168.80.50/24" } },
      directors: ["lvs[1-2]"],
      clients: ["pc[1-2]"],
      ha: { routerId: 80 },
      services: [{ ...service, realservers: [{ host: "web" }] }],
    });
    expect(directors.map(({ name }) => name)).toEqual(["lvs1", "lvs2"]);
    expect(clients.map(({ name }) => name)).toEqual(["pc1", "pc2"]);
  });

  const realservers = [{ address: "192.168.80.50" }];
  test.each([
    [
      { hosts: { lvs1, "web[1-3]": { address: "192.168.80.11-192.168.80.12/24" } } },
      ["RANGES_UNEQUAL /hosts/web[1-3]/address: 2 addresses for 3 hosts"],
    ],
    [
      { hosts: { lvs1, web: { address: "192.168.80.11-192.168.80.12/24" } } },
      ["RANGES_UNEQUAL /hosts/web/address: 2 addresses for one host"],
    ],
    [
      { hosts: { lvs1, "web[3-1]": { address: "192.168.80.11/24" } } },
      ['RANGE_REVERSED /hosts/web[3-1]: "web[3-1]" ends before it begins'],
    ],
    [
      {
        hosts: { lvs1, web2: { address: "192.168.80.99/24" }, "web[1-3]": { address: "192.168.80.11/24" } },
        clients: ["web[1-3]"],
      },
      ["DUPLICATE_HOST /hosts/web[1-3]: web2 is a host already"],
    ],
    [
      { hosts: { lvs1, "web[1-3]": { address: "192.168.80.9/24" } }, clients: ["web[1-3]"] },
      [expect.stringMatching(/^DUPLICATE_ADDRESS \/hosts\/web\[1-3\]\/address: /)],
    ],
    [
      { hosts: { lvs1, "web[1-3]": { address: "192.168.80.11/24", gateway: "10.0.0.1" } }, clients: ["web[1-3]"] },
      [expect.stringMatching(/^GATEWAY_OUTSIDE_SUBNET \/hosts\/web\[1-3\]\/gateway: .* \(and 2 more like this\)$/)],
    ],
    [
      { hosts: { lvs1, "web[1-3]": { address: "192.168.80.11/24" } } },
      ["HOST_WITHOUT_ROLE /hosts/web[1-3]: nothing refers to web1, so it gets no script (and 2 more like this)"],
    ],
    [
      { hosts: { lvs1, "web[1-3]": { address: "192.168.80.11/24" } }, clients: ["web[1-5]"] },
      ['UNKNOWN_HOST /clients/0: no host "web4" in "hosts" (and 1 more like this)'],
    ],
  ])("%j", async (changes, expected) => {
    const said = await findings({ services: [{ ...service, realservers }], ...changes });
    expect(said).toEqual(expected);
  });
});

describe("real servers of a range", () => {
  test("are an entry each", async () => {
    const { services } = await clusterOf({
      services: [
        {
          ...service,
          realservers: [{ address: "192.168.80.50" }, { address: "192.168.80.11-192.168.80.13", weight: 2 }],
        },
      ],
    });
    expect(services[0]?.realServers.map(({ address, weight }) => `${address.text} ${weight}`)).toEqual([
      "192.168.80.50 1",
      "192.168.80.11 2",
      "192.168.80.12 2",
      "192.168.80.13 2",
    ]);
  });

  test.each([
    [[{ address: "192.168.80.13-192.168.80.11" }], "RANGE_REVERSED /services/0/realservers/0/address"],
    [[{ address: "192.168.80.13-fd00::1" }], "RANGE_MIXES_FAMILIES /services/0/realservers/0/address"],
    [[{ address: "10.0.0.0-11.0.0.0" }], "RANGE_TOO_LARGE /services/0/realservers/0/address"],
    [[{ address: "192.168.80.11-192.168.80.399" }], "BAD_ADDRESS /services/0/realservers/0/address"],
    [
      [{ address: "192.168.80.11-192.168.80.13" }, { address: "192.168.80.13-192.168.80.15" }],
      "DUPLICATE_REAL_SERVER /services/0/realservers/1/address",
    ],
    [
      [{ address: "192.168.80.20" }, { address: "192.168.80.11-192.168.80.13", port: 8080 }],
      "REAL_SERVER_PORT_DIFFERS /services/0/realservers/1/port",
    ],
  ])("%j: %s", async (realservers, expected) => {
    const said = await findings({ services: [{ ...service, realservers }] });
    expect(said.map((one) => one.split(":")[0])).toEqual([expected]);
  });

  test("a fault of very many of them is counted", async () => {
    const said = await findings({ services: [{ ...service, realservers: [{ address: "10.0.1.0-10.0.8.255" }] }] });
    expect(said).toEqual([
      expect.stringMatching(
        /^REAL_SERVER_OFF_SEGMENT \/services\/0\/realservers\/0\/address: .* \(and 2047 more like this\)$/,
      ),
    ]);
  });

  test("all ranges together have a limit", () => {
    const said: string[] = [];
    const reporter = createReporter(
      (code, { pointer, message }) => void said.push(`${code} ${pointer}: ${message}`),
      () => undefined,
    );
    const whole = addressesOf("10.0.0.0-10.0.255.255");
    const read = Array.from({ length: 17 }, (_, index) => reporter.members(whole, `/pools/a/${index}/address`)?.length);
    expect(read).toEqual([...Array(16).fill(65_536), undefined]);
    expect(said).toEqual([
      expect.stringMatching(/^RANGE_TOO_LARGE \/pools\/a\/16\/address: with this one .* more than 1048576 /),
    ]);
  });
});

describe("ports of a service", () => {
  const realservers = [{ address: "192.168.80.12" }, { address: "192.168.80.13" }];

  test("are a service each, which says its port in its name", async () => {
    const { services } = await clusterOf({
      services: [
        { ...service, port: [80, "8000-8001"], realservers },
        { ...service, name: "tls", port: 443, realservers },
      ],
    });
    expect(services.map(({ name, frontend }) => [name, frontend.kind === "address" && frontend.port])).toEqual([
      ["web-80", 80],
      ["web-8000", 8000],
      ["web-8001", 8001],
      ["tls", 443],
    ]);
  });

  test.each([[[80]], ["80-80"]])("a list or range of one names it as well: %j", async (port) => {
    const { services } = await clusterOf({ services: [{ ...service, port, realservers }] });
    expect(services.map(({ name }) => name)).toEqual(["web-80"]);
  });

  test.each([
    [[{ ...service, port: [80, "79-81"] }], "DUPLICATE_PORT /services/0/port/1"],
    [[{ ...service, port: "90-80" }], "BAD_PORT_RANGE /services/0/port"],
    [[{ ...service, port: [0, 80] }], "OUT_OF_RANGE /services/0/port/0"],
    [[{ ...service, port: [] }], "EMPTY_LIST /services/0/port"],
    [
      [
        { ...service, port: [80, 443] },
        { ...service, name: "other", port: [8080, 443] },
      ],
      "DUPLICATE_SERVICE /services/1/port/1",
    ],
    [
      [
        { ...service, port: [80, 443] },
        { ...service, name: "web-443", port: 444 },
      ],
      "DUPLICATE_SERVICE_NAME /services/1/name",
    ],
    [
      [
        { ...service, name: "w".repeat(60), port: [80] },
        { ...service, port: 81 },
      ],
      null,
    ],
    [
      [
        { ...service, name: "w".repeat(61), port: [80] },
        { ...service, port: 81 },
      ],
      "BAD_FORMAT /services/0/name",
    ],
    [
      [{ name: "m", fwmark: 1, match: [{ vip: "192.168.80.188", port: 80 }], port: [80, 443] }],
      "CONTRADICTING_KEYS /services/0/port",
    ],
    [[{ ...service, port: [80, 443], onePacket: true }], "ONE_PACKET_WITHOUT_UDP /services/0/onePacket"],
  ])("%j: %s", async (services, expected) => {
    const said = await findings({ services: services.map((one) => ({ ...one, realservers })) });
    expect(said.map((one) => one.split(":")[0])).toEqual(expected === null ? [] : [expected]);
  });
});
