/** What is said of a faulty value is what to write instead, with the value at hand in it; and that is then right. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formTitles } from "../../../src/validate/forms.ts";
import { validate } from "../../../src/validate/index.ts";
import { objectTitles } from "../../../src/validate/objects.ts";
import { valueTitles } from "../../../src/validate/value-words.ts";
import { keyTitles } from "../../../src/validate/words.ts";

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
  [["acknowledge"], [{ code: "A", reason: "x", pointer: "#/services/0" }], "BAD_FORMAT", "/services/0"],
  [["acknowledge"], [{ code: "A", reason: "x", pointer: "$.services[0]" }], "BAD_FORMAT", "/services/0"],
  [["acknowledge"], [{ code: "A", reason: "x", pointer: "hosts/a.example" }], "BAD_FORMAT", "/hosts/a.example"],
  [["acknowledge"], "firewall-off", "WRONG_TYPE", [{ code: "FIREWALL_OFF", reason: "…" }]],
  [[...service, "realservers"], ["web1:8080"], "WRONG_TYPE", { host: "web1", port: 8080 }],
  [
    [...service, "realservers"],
    "web1:8080, 10.0.0.2:81",
    "WRONG_TYPE",
    [
      { host: "web1", port: 8080 },
      { address: "10.0.0.2", port: 81 },
    ],
  ],
  [[...service, "realservers", 0], "192.168.80.12:80", "WRONG_TYPE", { address: "192.168.80.12", port: 80 }],
  [[...service, "realservers", 0], "[fd00::12]:80", "WRONG_TYPE", { address: "fd00::12", port: 80 }],
  [[...service, "realservers", 0], "fd00::12", "WRONG_TYPE", { address: "fd00::12" }],
  [
    [...service, "realservers", 0],
    "192.168.80.12-192.168.80.14",
    "WRONG_TYPE",
    {
      address: "192.168.80.12-192.168.80.14",
    },
  ],
  [[...service, "sorryServer"], "web1:81", "WRONG_TYPE", { host: "web1", port: 81 }],
  [[...service, "check"], "/health", "WRONG_TYPE", { type: "http", path: "/health" }],
  [[...service, "check"], "negotiate", "WRONG_TYPE", { type: "http" }],
  [[...service, "check"], "TCP_CHECK", "WRONG_TYPE", { type: "tcp" }],
  [[...service, "check", "timeout"], "500ms", "WRONG_TYPE", 1],
  [[...service, "check", "timeout"], "1500 ms", "WRONG_TYPE", 2],
  [[...service, "check", "interval"], 0.5, "WRONG_TYPE", 1],
  [["ha", "advertInterval"], "300ms", "WRONG_TYPE", 0.3],
  [[...service, "persistence"], "10m", "WRONG_TYPE", { timeout: 600 }],
  [[...service, "check"], { path: "/a b%20c" }, "BAD_FORMAT", "/a%20b%20c"],
  [[...realserver, "directories"], [{ path: "/srv", mode: "100644" }], "BAD_FORMAT", "0644"],
  [
    ["sysctls"],
    { "/proc/sys/net/ipv4/conf/ens33.100/rp_filter": 1 },
    "BAD_FORMAT",
    "net/ipv4/conf/ens33.100/rp_filter",
  ],
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

/** The description with `meant` in place of what its only finding is about: a value, or the key itself. */
function mended(faulty: Record<string, unknown>, meant: unknown): Record<string, unknown> {
  const [found] = validate(faulty).diagnostics;
  const way = (found?.pointer ?? "").split("/").slice(1);
  const last = (way.pop() ?? "").replaceAll("~1", "/");
  let owner: unknown = faulty;
  for (const token of way) owner = (owner as Record<string, unknown>)[token];
  const object = owner as Record<string, unknown>;
  if (found?.part === "key") {
    object[String(meant)] = object[last];
    delete object[last];
  } else object[last] = meant;
  return faulty;
}

test.each(proposals.map(([at, value, , meant]) => [at.join("/"), JSON.stringify(value), at, value, meant] as const))(
  "what is proposed for %s: %s is right",
  (_at, _value, at, value, meant) => {
    const faulty = structuredClone(withValue(at, value));
    expect(validate(mended(faulty, meant)).diagnostics).toEqual([]);
  },
);

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

describe("nothing is proposed that would be refused again", () => {
  test.each([
    [[...service, "realservers", 0, "upperThreshold"], "1M", "write a number from 0 to 65535"],
    [[...service, "realservers", 0, "weight"], "100m", "write a number from 0 to 65535"],
    [[...service, "realservers", 0, "weight"], "99999999", "write a number from 0 to 65535"],
    [[...service, "check", "status"], "2xx", "write a number from 100 to 599"],
    [[...service, "check", "interval"], "5 fortnights", "write a number from 1 to 86400"],
    [[...service, "port"], "99999", "write a number from 0 to 65535"],
    [[...service, "port"], "80,443,99999", "write a number, or a range"],
    [["sysctls"], "vm.swappiness", "write an object, as in "],
    [["sysctls"], ["vm.swappiness"], 'write it as in "sysctls": '],
    [[...service, "check"], "ping-of-death", "write an object, as in "],
    [[...service, "realservers", 0], "web_1", "write an object, as in "],
    [[...service, "realservers"], "web1 weight=2", 'write it as in "realservers": '],
    [[...realserver, "packages"], "httpd, (mod_ssl", 'write it as in "packages": '],
    [["acknowledge"], ["firewall!"], "write an object { … }"],
    [["nfs", "exports", 0, "clients"], { "web1(a b)": [] }, "write an address, a network"],
    [host, "web1.example.org", "write an object, as in "],
  ] as const)("%j: %j", (at, value, hint) => {
    expect(found(at, value)).toEqual([expect.objectContaining({ hint: expect.stringContaining(hint) })]);
  });

  test.each(["rwxr-xr-x", "u=rw,go=r", "98644"])("the mode %s", (mode) => {
    expect(found([...realserver, "directories"], [{ path: "/srv", mode }]).map(({ hint }) => hint)).toEqual([
      'write three or four octal digits in quotes, such as "0644"',
    ]);
  });

  test("an entry without its list that has a fault itself", () => {
    expect(found(["services"], { name: "web", vip: "10.0.0.1", prot: 80 }).map(({ hint }) => hint)).toEqual([
      "write [ ] around it: it is one entry of a list",
    ]);
  });
});

/** Patterns go through a text again from each of its characters: of one that nobody has typed no remedy is made. */
test.each([
  [["name"], `kgc${".".repeat(1000)}`, /^write lower-case letters/],
  [[...service, "name"], `${" ".repeat(1000)}web`, /^write letters/],
  [[...service, "port"], `${" ".repeat(1000)}80:90`, /^write a number, or a range/],
  [[...host, "interface"], `eth0:${"1".repeat(1000)}`, /^write the name of an interface/],
  [[...realserver, "directories"], [{ path: `/a${" ".repeat(1000)}b/..` }], /^write an absolute path/],
  [[...service, "check"], { name: `a${".".repeat(1000)}` }, /^write at most 253 characters/],
  [["sysctls"], { [`a.b${" ".repeat(1000)}= 1`]: 1 }, /^write at most 200 characters/],
  [["sysctls"], `a.b${" ".repeat(1000)}= 1`, /^write an object, as in/],
  [["sysctls"], [`a.b${" ".repeat(1000)}= 1`], /^write it as in/],
  [[...service, "check", "interval"], `${" ".repeat(1000)}5`, /^write it as in "interval": 5$/],
  [["directors"], `lvs1${" ".repeat(1000)}`, /^write it as in/],
] as const)("a text of more than 1,000 characters is no proposal: %j", (at, value, hint) => {
  expect(found(at, value)).toEqual([expect.objectContaining({ hint: expect.stringMatching(hint) })]);
});

test("the port behind an address is written where a port can stand", () => {
  const hint = (at: Path, value: unknown): string[] => found(at, value).map((one) => one.hint);
  expect(hint([...host, "address"], "192.168.80.12:80")).toEqual([
    'write "192.168.80.12/24": without the port, and with the prefix length of its network',
  ]);
  expect(hint([...host, "gateway"], "192.168.80.1:80")).toEqual(['write "192.168.80.1": without the port']);
  expect(hint([...service, "vip"], "[fd00::1]:80")).toEqual(['write "fd00::1", and the port as "port": 80']);
  expect(hint([...service, "vip"], "[fd00::1]:99999")).toEqual(['write "fd00::1": without the port']);
});

test("a name of a host in place of an address is written as one", () => {
  expect(found([...service, "realservers", 0], { address: "web1" }).map(({ hint }) => hint)).toEqual([
    'write "host": "web1" in place of "address"',
  ]);
  expect(found([...service, "sorryServer"], { address: "web1", port: 81 }).map(({ hint }) => hint)).toEqual([
    'write "host": "web1" in place of "address"',
  ]);
  expect(found([...service, "vip"], "web1").map(({ hint }) => hint)).toEqual([
    "write the address: names are not looked up",
  ]);
});

test("no remedy is the schema's description", () => {
  const descriptions =
    readFileSync("schema/cluster.schema.json", "utf8").match(/(?<="description": ")[^"\\]{20,40}/g) ?? [];
  expect(descriptions.length).toBeGreaterThan(50);
  for (const [at, value] of proposals)
    for (const { hint } of found(at, value)) for (const text of descriptions) expect(hint).not.toContain(text);
});

/** Titles of the parts of the schema for which this holds. */
function titlesOf(isMeant: (node: Record<string, unknown>) => boolean): string[] {
  const titles = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const part = node as Record<string, unknown>;
    if (typeof part["title"] === "string" && isMeant(part)) titles.add(part["title"]);
    for (const value of Object.values(node)) walk(value);
  };
  walk(JSON.parse(readFileSync("schema/cluster.schema.json", "utf8")));
  return [...titles].sort();
}

describe("a colon that YAML took for a part of a word is said to be none", () => {
  test.each([
    [["hosts", "nfs1： { address"], "192.168.80.14/24 }", "BAD_FORMAT", 'write "nfs1: "'],
    [["hosts", "lvs2:{ address"], "192.168.80.14/24 }", "BAD_FORMAT", 'as in "lvs2: {"'],
    [["ha"], "routerId： 80", "WRONG_TYPE", "U+FF1A"],
    [["ha"], "routerId：80", "WRONG_TYPE", 'write "routerId: "'],
    [[...service, "port：80"], null, "UNKNOWN_KEY", 'write "port: "'],
    [[...service, "check"], 'type:"http"', "WRONG_TYPE", 'as in "type: \\""'],
  ] as const)("%j: %j", (at, value, code, hint) => {
    expect(found(at, value)[0]).toMatchObject({ code, hint: expect.stringContaining(hint) });
  });

  test.each([
    [[...service, "realservers", 0], "web1：8080"],
    [[...service, "realservers", 0], "web1:8080"],
    [["hosts", "web：2"], {}],
    [["hosts", "web:2"], {}],
  ] as const)("and not where it is none of a key: %j: %j", (at, value) => {
    const hints = found(at, value).map(({ hint }) => hint);
    expect(hints.length).toBeGreaterThan(0);
    for (const hint of hints) expect(hint).not.toMatch(/U\+FF1A|blank behind/);
  });
});

test.each([
  [["directors", 0], "lvs1，lvs2", '"lvs1", "lvs2"'],
  [["clients"], ["pc1、pc2"], '"pc1", "pc2"'],
  [[...realserver, "units"], ["httpd、sshd"], '"httpd", "sshd"'],
  [[...realserver, "packages"], ["httpd，curl"], '"httpd", "curl"'],
] as const)("a comma that YAML took for a part of a word parts two texts: %j: %j", (at, value, meant) => {
  expect(found(at, value)).toEqual([
    expect.objectContaining({ code: "BAD_FORMAT", hint: `write ${meant}: each is a text of its own` }),
  ]);
});

test.each(["1e400", "9".repeat(401)])("%s is said to be too large", (number) => {
  expect(found([...service, "port"], JSON.parse(number))).toEqual([
    expect.objectContaining({ code: "WRONG_TYPE", message: expect.stringMatching(/not a number that is too large$/) }),
  ]);
});

test("every form of the schema has a remedy", () => {
  const forms = titlesOf(({ pattern, format }) => typeof pattern === "string" && format === undefined);
  expect(forms).toEqual([...formTitles].sort());
});

test.each([
  ["an object or a list", objectTitles, ({ type }: Record<string, unknown>) => type === "object" || type === "array"],
  ["an object with keys", keyTitles, ({ properties }: Record<string, unknown>) => properties !== undefined],
  ["one of several values", valueTitles, ({ enum: choices }: Record<string, unknown>) => choices !== undefined],
] as const)("each title that is known is that of %s in the schema", (_name, known, isMeant) => {
  expect(known.length).toBeGreaterThan(2);
  const titles = titlesOf(isMeant);
  expect(known.filter((title) => !titles.includes(title))).toEqual([]);
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
    [["ha"], { auth_pass: "x" }, "VRRP has none any more"],
    [["ha"], { auth_type: "PASS" }, "VRRP has none any more"],
    [[...host, "ip"], "192.168.80.12/24", 'this is called "address" here, and stands there already'],
    [[...host, "addres"], "192.168.80.12/24", '"address" stands there already: take this one out'],
    [["hosts", "web2"], { ip: "192.168.80.13/24" }, 'this is called "address" here'],
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

  test("FULLNAT, which has no word here", () => {
    expect(found([...service, "mode"], "FULL_NAT")).toEqual([
      expect.objectContaining({ code: "NOT_ONE_OF", hint: "IPVS of the kernel has no FULLNAT; one of: dr, tun, nat" }),
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
