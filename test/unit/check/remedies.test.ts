/** What rules propose is something that the next run takes. */
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";

type Hosts = Record<string, Record<string, unknown>>;

function described(hosts: Hosts, service: Record<string, unknown>): string {
  return JSON.stringify({
    version: 1,
    name: "kgc",
    defaults: { platform: "el9", interface: "ens33" },
    hosts,
    directors: ["lvs1"],
    services: [{ name: "web", vip: "192.168.80.188", port: 80, ...service }],
  });
}

async function errors(text: string): Promise<{ code: string; hint: string; related: number }[]> {
  const { diagnostics } = await analyse(text);
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, hint, related }) => ({ code, hint, related: related.length }));
}

const director = { address: "192.168.80.10/24" };
const twoLegs = { ...director, interfaces: { ens34: { address: "10.0.0.1/24" } } };

test.each(["127.0.0.1", "::1"])(
  "a director among its own real servers is written by its name, not as %s",
  async (address) => {
    const service = { realservers: [{ address }, { host: "web1" }] };
    const found = await errors(described({ lvs1: director, web1: { address: "192.168.80.12/24" } }, service));
    expect(found).toEqual([
      {
        code: "UNUSABLE_ADDRESS",
        hint: 'a director among its own real servers is written as { "host": "lvs1" }',
        related: 0,
      },
    ]);
  },
);

test.each([
  ["a gateway that is no director", { gateway: "10.0.0.254" }],
  ["no gateway", {}],
])("NAT, %s: addresses of the director in the real server's own network", async (_name, more) => {
  const hosts = {
    lvs1: twoLegs,
    web1: { address: "10.0.0.12/24", ...more },
    web2: { address: "10.0.0.13/24", gateway: "10.0.0.1" },
  };
  const service = { mode: "nat", realservers: [{ host: "web1" }, { host: "web2" }] };
  // The director's address, and where the real server stands in the service.
  expect(await errors(described(hosts, service))).toEqual([
    { code: "GATEWAY_NOT_DIRECTOR", hint: 'let "gateway" be 10.0.0.1', related: 2 },
  ]);
  const mended = { ...hosts, web1: { ...hosts.web1, gateway: "10.0.0.1" } };
  expect(await errors(described(mended, service))).toEqual([]);
});

test("NAT, no director in the real server's network: where it needs an address first", async () => {
  const hosts = { lvs1: director, web1: { address: "10.0.0.12/24", gateway: "10.0.0.254" } };
  expect(await errors(described(hosts, { mode: "nat", realservers: [{ host: "web1" }] }))).toEqual([
    {
      code: "GATEWAY_NOT_DIRECTOR",
      hint: 'give the director an address in 10.0.0.0/24, and let "gateway" be that one',
      related: 1,
    },
  ]);
});

test("NAT, two directors with a gateway that moves elsewhere: the gateway of ha, and what it needs", async () => {
  const lvs1 = { address: "192.168.80.10/24" };
  const lvs2 = { address: "192.168.80.11/24" };
  const web1 = { address: "10.0.0.12/24", gateway: "10.0.0.254" };
  const service = { mode: "nat", realservers: [{ host: "web1" }] };
  const with2 = (hosts: Hosts, gateway: string): string =>
    JSON.stringify({
      ...(JSON.parse(described(hosts, service)) as object),
      directors: ["lvs1", "lvs2"],
      ha: { routerId: 80, gateway },
    });
  const found = await errors(with2({ lvs1, lvs2, web1 }, "192.168.80.1"));
  expect(found.map(({ code, hint }) => [code, hint])).toEqual([
    [
      "GATEWAY_NOT_DIRECTOR",
      'give the directors addresses in 10.0.0.0/24, let "gateway" of "ha" be another one there, and let "gateway" of web1 be that one',
    ],
  ]);
  const leg = (address: string): object => ({ interfaces: { ens34: { address } } });
  const mended = {
    lvs1: { ...lvs1, ...leg("10.0.0.1/24") },
    lvs2: { ...lvs2, ...leg("10.0.0.2/24") },
    web1: { ...web1, gateway: "10.0.0.3" },
  };
  expect(await errors(with2(mended, "10.0.0.3"))).toEqual([]);
});

test("NAT, two directors in the real server's network, with a gateway that moves in another one: no more addresses", async () => {
  const leg = (address: string): object => ({ interfaces: { ens34: { address } } });
  const hosts = {
    lvs1: { address: "192.168.80.10/24", ...leg("10.0.0.1/24") },
    lvs2: { address: "192.168.80.11/24", ...leg("10.0.0.2/24") },
    web1: { address: "10.0.0.12/24", gateway: "10.0.0.254" },
  };
  const with2 = (gateway: string, own: string): string => {
    const given = JSON.parse(
      described({ ...hosts, web1: { ...hosts.web1, gateway: own } }, { mode: "nat", realservers: [{ host: "web1" }] }),
    ) as object;
    return JSON.stringify({ ...given, directors: ["lvs1", "lvs2"], ha: { routerId: 80, gateway } });
  };
  expect((await errors(with2("192.168.80.1", "10.0.0.254"))).map(({ hint }) => hint)).toEqual([
    'let "gateway" of "ha" be a free address in 10.0.0.0/24, where the directors are, and let "gateway" of web1 be that one',
  ]);
  expect(await errors(with2("10.0.0.3", "10.0.0.3"))).toEqual([]);
});

test("NAT behind a prefix that holds one address: every neighbour can be the gateway", async () => {
  const hosts = { lvs1: director, web1: { address: "192.168.80.12/32", gateway: "192.168.80.1" } };
  const found = await errors(described(hosts, { mode: "nat", realservers: [{ host: "web1" }] }));
  expect(found.map(({ hint }) => hint)).toEqual(['let "gateway" be 192.168.80.10']);
});

test("DR off the segment: the network, and not the director's own address", async () => {
  const hosts = { lvs1: director, web1: { address: "172.16.20.20/24" } };
  expect((await errors(described(hosts, { realservers: [{ host: "web1" }] }))).map(({ hint }) => hint)).toEqual([
    'give it an address in 192.168.80.0/24, or use "mode": "tun" or "nat"',
  ]);
});

test("DR with a prefix that leaves the director out: the prefix length", async () => {
  const hosts = { lvs1: director, web1: { address: "192.168.80.12/32" } };
  const service = { realservers: [{ host: "web1" }] };
  expect((await errors(described(hosts, service))).map(({ hint }) => hint)).toEqual([
    'write "192.168.80.12/24", with the prefix length of lvs1, or use "mode": "tun" or "nat"',
  ]);
  expect(await errors(described({ ...hosts, web1: { address: "192.168.80.12/24" } }, service))).toEqual([]);
});

test("DR from a director whose prefix holds one address: there is no network to be in", async () => {
  const hosts = { lvs1: { address: "192.168.80.10/32" }, web1: { address: "172.16.20.20/24" } };
  const found = await errors(described(hosts, { vip: "192.168.80.188", realservers: [{ host: "web1" }] }));
  expect(found.filter(({ code }) => code === "REAL_SERVER_OFF_SEGMENT").map(({ hint }) => hint)).toEqual([
    'use "mode": "tun" or "nat"',
  ]);
});

const demanding = [
  { scheduler: "mh" },
  { scheduler: "twos" },
  { protocol: "sctp", check: { type: "none" } },
  { protocol: "udp", check: { type: "udp", port: 80 } },
  { mode: "tun", tunnel: { type: "gue", port: 6080 } },
  { check: { type: "http", body: "ok" } },
  { check: { type: "https", name: "www.example.org", verify: false } },
  { check: { type: "http", path: "/" } },
  { persistence: { prefix: 24 } },
];

test.each([
  ["missing", undefined, "HOST_WITHOUT_PLATFORM"],
  ["not known", "el77", "NOT_ONE_OF"],
] as const)("what a system lacks is not said of one that is %s", async (_name, platform, code) => {
  for (const service of demanding) {
    const text = JSON.stringify({
      version: 1,
      name: "kgc",
      defaults: { interface: "ens33", ...(platform === undefined ? {} : { platform }) },
      hosts: {
        lvs1: { address: "192.168.80.10/24" },
        lvs2: { address: "192.168.80.11/24" },
        web1: { address: "192.168.80.12/24" },
        web2: { address: "192.168.80.13/24" },
      },
      directors: ["lvs1", "lvs2"],
      ha: { routerId: 77 },
      services: [
        { name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web1" }, { host: "web2" }], ...service },
      ],
    });
    const codes = (await analyse(text)).diagnostics
      .filter((one) => one.severity === "error" || /PLATFORM|TOO_OLD|SNI/.test(one.code))
      .map((one) => one.code);
    expect([...new Set(codes)]).toEqual([code]);
  }
});

test("directors without an address of a VIP's family are both named, once", async () => {
  const text = described(
    {
      lvs1: { address: "192.168.80.10/24" },
      lvs2: { address: "192.168.80.11/24" },
      web1: { address6: "fd00:80::12/64" },
    },
    { vip: "fd00:80::88", realservers: [{ host: "web1" }] },
  );
  const value = { ...(JSON.parse(text) as object), directors: ["lvs1", "lvs2"], ha: { routerId: 77 } };
  const { diagnostics } = await analyse(JSON.stringify(value));
  const found = diagnostics.filter(({ code }) => code === "DIRECTORS_OFF_SEGMENT");
  expect(found.map(({ message, related }) => [message, related.map((one) => one.message)])).toEqual([
    ["lvs1 shares no segment with lvs2 for IPv6", ["of lvs1", "of lvs2"]],
  ]);
});

test.each([
  ["0.0.0.0", "the VIP 0.0.0.0 is an unspecified address"],
  ["127.0.0.5", "the VIP 127.0.0.5 is a loopback address"],
])("the VIP %s is called by its kind", async (vip, message) => {
  const hosts = { lvs1: { address: "192.168.80.10/24" }, web1: { address: "192.168.80.12/24" } };
  const { diagnostics } = await analyse(described(hosts, { vip, realservers: [{ host: "web1" }] }));
  expect(diagnostics.map((one) => one.message)).toContain(message);
});
