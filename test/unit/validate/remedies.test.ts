/** What is said of a faulty value is what to write instead, with the value at hand in it; and that is then right. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formTitles } from "../../../src/validate/forms.ts";
import { validate } from "../../../src/validate/index.ts";

type Path = readonly (string | number)[];

function description(): Record<string, unknown> {
  return {
    version: 1,
    name: "kgc",
    hosts: { lvs1: { address: "192.168.80.10/24" }, web1: { address: "192.168.80.12/24" } },
    directors: ["lvs1"],
    services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web1" }] }],
    nfs: { server: "web1", exports: [{ path: "/srv", clients: { "*": ["ro"] } }] },
    realserver: {},
  };
}

function withValue(at: Path, value: unknown): Record<string, unknown> {
  const root = description();
  let owner: unknown = root;
  for (const key of at.slice(0, -1)) {
    const object = owner as Record<string | number, unknown>;
    object[key] ??= {};
    owner = object[key];
  }
  (owner as Record<string | number, unknown>)[at.at(-1) ?? ""] = value;
  return root;
}

function found(at: Path, value: unknown): { code: string; message: string; hint: string }[] {
  return validate(withValue(at, value)).diagnostics.map(({ code, message, hint }) => ({ code, message, hint }));
}

const service: Path = ["services", 0];
const host: Path = ["hosts", "web1"];
const realserver: Path = ["realserver"];

/** A faulty value, and the value that is proposed for it. */
const proposals: readonly (readonly [Path, unknown, string, unknown])[] = [
  [[...service, "realservers"], "web1", "WRONG_TYPE", [{ host: "web1" }]],
  [[...service, "realservers"], "192.168.80.12", "WRONG_TYPE", [{ address: "192.168.80.12" }]],
  [[...service, "realservers"], { host: "web1" }, "WRONG_TYPE", [{ host: "web1" }]],
  [[...service, "realservers", 0], "web1", "WRONG_TYPE", { host: "web1" }],
  [[...service, "realservers", 0, "weight"], "3", "WRONG_TYPE", 3],
  [[...service, "sorryServer"], "web1", "WRONG_TYPE", { host: "web1" }],
  [[...service, "check"], "HTTP", "WRONG_TYPE", { type: "http" }],
  [[...service, "check"], true, "WRONG_TYPE", {}],
  [[...service, "persistence"], 600, "WRONG_TYPE", { timeout: 600 }],
  [[...service, "onePacket"], "yes", "WRONG_TYPE", true],
  [[...service, "onePacket"], "off", "WRONG_TYPE", false],
  [[...service, "check", "interval"], "5m", "WRONG_TYPE", 300],
  [["directors"], "lvs1", "WRONG_TYPE", ["lvs1"]],
  [["directors"], "lvs1, lvs2", "WRONG_TYPE", ["lvs1", "lvs2"]],
  [["services"], { name: "web", vip: "10.0.0.1" }, "WRONG_TYPE", [{ name: "web", vip: "10.0.0.1" }]],
  [host, "192.168.80.12/24", "WRONG_TYPE", { address: "192.168.80.12/24" }],
  [["sysctls"], ["net.core.somaxconn = 4096"], "WRONG_TYPE", { "net.core.somaxconn": 4096 }],
  [[...realserver, "packages"], "httpd mod_ssl", "WRONG_TYPE", ["httpd", "mod_ssl"]],
  [[...host, "files"], [{ path: "/a", content: "", mode: 644 }], "WRONG_TYPE", "644"],
  [["name"], "KGC cluster", "BAD_FORMAT", "kgc-cluster"],
  [[...service, "name"], "my web", "BAD_FORMAT", "my-web"],
  [[...service, "name"], "“web”", "BAD_FORMAT", "web"],
  [["directors", 0], "lvs_1", "BAD_FORMAT", "lvs-1"],
  [[...host, "interface"], "eth0:1", "BAD_FORMAT", "eth0"],
  [[...service, "vipInterface"], "eth0:1", "BAD_FORMAT", "eth0"],
  [[...service, "port"], "http", "BAD_FORMAT", 80],
  [[...service, "port"], "80,443", "BAD_FORMAT", [80, 443]],
  [[...service, "port"], "8000:8010", "BAD_FORMAT", "8000-8010"],
  [[...service, "check"], { path: "health" }, "BAD_FORMAT", "/health"],
  [[...service, "check"], { name: "https://www.example.org/" }, "BAD_FORMAT", "www.example.org"],
  [[...realserver, "directories"], [{ path: "srv//www/" }], "BAD_FORMAT", "/srv/www"],
  [[...realserver, "directories"], [{ path: "/srv", mode: "0o755" }], "BAD_FORMAT", "0755"],
  [[...realserver, "directories"], [{ path: "/srv", owner: "root:root" }], "BAD_FORMAT", "root"],
  [[...realserver, "mounts"], [{ source: "nas:srv", target: "/mnt" }], "BAD_FORMAT", "nas:/srv"],
  [["sysctls"], { "net/core/somaxconn = 1": 1 }, "BAD_FORMAT", "net.core.somaxconn"],
  [["sysctls"], { "net.ipv4.ip_local_port_range": "1024  65000" }, "BAD_FORMAT", "1024 65000"],
  [[...host, "address"], "192.168.80.12", "BAD_ADDRESS", "192.168.80.12/24"],
  [[...host, "address6"], "fd00::12", "BAD_ADDRESS", "fd00::12/64"],
  [[...host, "address"], "192.168.80.12/255.255.255.0", "BAD_ADDRESS", "192.168.80.12/24"],
  [[...host, "address"], "192.168.080.12/24", "BAD_ADDRESS", "192.168.80.12/24"],
  [[...host, "address"], "192．168.80.12／24", "BAD_ADDRESS", "192.168.80.12/24"],
  [[...host, "address"], " 192.168.80.12/24", "BAD_ADDRESS", "192.168.80.12/24"],
  [[...service, "vip"], "192.168.80.188/32", "BAD_ADDRESS", "192.168.80.188"],
  [[...host, "gateway"], "192.168.80.1/24", "BAD_ADDRESS", "192.168.80.1"],
  [["sourceNat"], ["10.0.0.0"], "BAD_ADDRESS", "10.0.0.0/24"],
  [["acknowledge"], "FIREWALL_OFF", "WRONG_TYPE", [{ code: "FIREWALL_OFF", reason: "…" }]],
  [["acknowledge"], ["FIREWALL_OFF"], "WRONG_TYPE", { code: "FIREWALL_OFF", reason: "…" }],
  [["acknowledge"], [{ code: "firewall-off", reason: "x" }], "BAD_FORMAT", "FIREWALL_OFF"],
  [["acknowledge"], [{ code: "A", reason: "x", pointer: "services[0].name" }], "BAD_FORMAT", "/services/0/name"],
];

test.each(
  proposals.map(([at, value, code, meant]) => [at.join("/"), JSON.stringify(value), code, meant, at, value] as const),
)("%s: %s", (_at, _value, code, meant, at, value) => {
  const [one, ...more] = found(at, value);
  expect(more).toEqual([]);
  expect(one?.code).toBe(code);
  const proposed = spaced(meant);
  expect(one?.hint).toContain(proposed);
  expect(one?.hint).toMatch(/^write /);
});

/** As a description has it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${spaced(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

test.each(
  proposals
    .filter(([, value]) => typeof value !== "object" || value === null)
    .map(([at, value, , meant]) => [at.join("/"), JSON.stringify(value), at, meant] as const),
)("what is proposed for %s: %s is right", (_at, _value, at, meant) => {
  expect(found(at, meant)).toEqual([]);
});

describe("what is wrong is said as it is", () => {
  test.each([
    [[...host, "address"], "192.168.80.12", /has no prefix length/],
    [[...host, "address"], "192.168.80.12/33", /longer than an IPv4 address/],
    [[...host, "address"], "192.168.80.312/24", /312 in it, which is more than 255/],
    [[...host, "address"], "192.168.80/24", /has 3 numbers, not four/],
    [[...host, "address"], "web1.example.org/24", /is a name/],
    [[...host, "address"], "fd00::1/64", /is an IPv6 address/],
    [[...service, "vip"], "192.168.80.188/32", /has a prefix length/],
    [["sourceNat"], ["0.0.0.0/0"], /is every address/],
  ] as const)("%j: %j", (at, value, message) => {
    expect(found(at, value)).toEqual([
      expect.objectContaining({ code: "BAD_ADDRESS", message: expect.stringMatching(message) }),
    ]);
  });

  test("the other key, for an address of the other family", () => {
    expect(found([...host, "address"], "fd00::1/64")[0]?.hint).toContain('"address6"');
    expect(found([...host, "gateway6"], "10.0.0.1")[0]?.hint).toContain('"gateway"');
  });

  test("hosts in a list, services by name", () => {
    expect(found(["hosts"], ["lvs1"])[0]?.hint).toContain('{ "lvs1": { "address": … } }');
    expect(found(["services"], { web: { vip: "10.0.0.1" } })[0]?.hint).toContain('[{ "name": "web", … }]');
  });
});

test("no remedy is the schema's description", () => {
  const descriptions =
    readFileSync("schema/cluster.schema.json", "utf8").match(/(?<="description": ")[^"\\]{20,40}/g) ?? [];
  expect(descriptions.length).toBeGreaterThan(50);
  for (const [at, value] of proposals)
    for (const { hint } of found(at, value)) for (const text of descriptions) expect(hint).not.toContain(text);
});

test("every form of the schema has a remedy", () => {
  const titles = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { pattern, format, title } = node as Record<string, unknown>;
    if (typeof pattern === "string" && format === undefined) titles.add(String(title));
    for (const value of Object.values(node)) walk(value);
  };
  walk(JSON.parse(readFileSync("schema/cluster.schema.json", "utf8")));
  expect([...titles].sort()).toEqual([...formTitles].sort());
});

describe("words of other programs", () => {
  test.each([
    [[...service, "lb_algo"], "rr", '"scheduler"'],
    [[...service, "lvs_sched"], "rr", '"scheduler"'],
    [[...service, "lb_kind"], "DR", '"mode"'],
    [[...service, "lvs_method"], "DR", '"mode"'],
    [[...service, "delay_loop"], 6, '"check": { "interval": 6 }'],
    [[...service, "persistence_timeout"], 50, '"persistence": { "timeout": 50 }'],
    [[...service, "sorry_server"], {}, '"sorryServer"'],
    [[...service, "TCP_CHECK"], {}, '"check": { "type": "tcp" }'],
    [[...service, "quiescent"], true, '"onFailure"'],
    [["virtual_ipaddress"], "10.0.0.1", '"vip"'],
    [["ha"], { virtual_router_id: 51 }, '"routerId"'],
    [["ha"], { advert_int: 1 }, '"advertInterval"'],
    [["ha"], { authentication: {} }, "take it out"],
    [[...service, "realservers", 0], { host: "web1", uthreshold: 5 }, '"upperThreshold"'],
  ] as const)("%j: %j", (at, value, hint) => {
    expect(found(at, value)).toEqual([
      expect.objectContaining({ code: "UNKNOWN_KEY", hint: expect.stringContaining(hint) }),
    ]);
  });

  test.each([
    ["scheduler", "WRR", "wrr"],
    ["scheduler", "round_robin", "rr"],
    ["mode", "DR", "dr"],
    ["mode", "gatewaying", "dr"],
    ["mode", "ipip", "tun"],
    ["mode", "MASQ", "nat"],
    ["protocol", "TCP", "tcp"],
  ])("%s %s is %s", (key, value, ours) => {
    expect(found([...service, key], value)).toEqual([
      expect.objectContaining({ code: "NOT_ONE_OF", hint: `write "${ours}", as this is called here` }),
    ]);
  });

  test("a key that is missing under another name is one finding", () => {
    const { services, ...rest } = description();
    expect(validate({ ...rest, virtual_server: services }).diagnostics.map(({ code }) => code)).toEqual([
      "UNKNOWN_KEY",
    ]);
  });
});

describe("a version", () => {
  test("that is newer is said to be that, and nothing else is", () => {
    const { diagnostics } = validate({ ...description(), version: 2, quorum: 3, name: "A B" });
    expect(diagnostics).toMatchObject(
      [{ code: "UNSUPPORTED_VERSION", message: /a newer lvsgen wrote this/ }].map((one) => ({ code: one.code })),
    );
    expect(diagnostics[0]?.message).toMatch(/a newer lvsgen wrote this: version 2 /);
  });

  test.each([
    [0, "write 1"],
    ["1", "write 1 without quotes"],
    [1.1, "write 1"],
  ])("%j", (version, hint) => {
    expect(found(["version"], version).map((one) => one.hint)).toEqual([hint]);
  });
});

test("a faulty name of a host is one finding, wherever it stands", () => {
  const hosts = { lvs1: { address: "192.168.80.10/24" }, web_1: { address: "192.168.80.12/24" } };
  const services = [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web_1" }] }];
  const { diagnostics } = validate({ ...description(), hosts, services });
  expect(diagnostics.map(({ code, pointer }) => [code, pointer])).toEqual([["BAD_FORMAT", "/hosts/web_1"]]);
});
