import { describe, expect, test } from "vitest";
import { validate } from "../../../src/validate/index.ts";

interface Edit {
  readonly at: readonly (string | number)[];
  readonly value: unknown;
}

function description(): Record<string, unknown> {
  return {
    version: 1,
    name: "kgc",
    hosts: { web1: { address: "192.168.80.12/24", files: [{ path: "/srv/a", content: "" }] } },
    directors: ["web1"],
    services: [
      {
        name: "web",
        vip: "192.168.80.188",
        port: 80,
        check: {},
        realservers: [{ address: "192.168.80.13" }],
        persistence: {},
      },
    ],
    nfs: { server: "web1", exports: [{ path: "/srv", clients: { "*": [] } }] },
    realserver: { packages: [], units: [], mounts: [{ export: "/srv", target: "/mnt" }] },
  };
}

function withEdit({ at, value }: Edit): Record<string, unknown> {
  const root = description();
  const owner = at.slice(0, -1).reduce<unknown>((found, key) => (found as Record<string | number, unknown>)[key], root);
  (owner as Record<string | number, unknown>)[at.at(-1) ?? ""] = value;
  return root;
}

const host = ["hosts", "web1"] as const;
const service = ["services", 0] as const;
const long = "a".repeat(64);

/** For each place, values that are right and values that are not. */
const table: readonly { at: readonly (string | number)[]; right: readonly unknown[]; wrong: readonly unknown[] }[] = [
  {
    at: ["name"],
    right: ["a", "0", "kgc-2", "a".repeat(32)],
    wrong: ["", "A", "-a", "a-", "a_b", "a.b", "a".repeat(33), "a\n"],
  },
  {
    at: ["directors"],
    right: [["web1"], ["lvs1.example.org"]],
    wrong: [[], ["a", "a"], ["-a"], ["a."], [`${long}`], ["a..b"], "web1"],
  },
  {
    at: [...host, "address"],
    right: ["10.0.0.1/8", "0.0.0.0/0"],
    wrong: ["10.0.0.1", "10.0.0.1/33", "10.0.0.01/8", "::1/64", "10.0.0.1/8 "],
  },
  {
    at: [...host, "address6"],
    right: ["::/0", "2001:db8::1/64", "::ffff:10.0.0.1/128"],
    wrong: ["::1", "::1/129", "10.0.0.1/8"],
  },
  {
    at: [...host, "interface"],
    right: ["e", "eth0.100", "enp0s31f6_x-1", "a".repeat(15)],
    wrong: ["lo", "all", "default", "eth0:1", "a/b", "", "a".repeat(16), "a b", "-e"],
  },
  { at: [...host, "gateway"], right: ["10.0.0.1"], wrong: ["10.0.0.1/8", "::1", "router"] },
  {
    at: [...host, "files", 0, "path"],
    right: ["/a", "/a b/'\"$(x)", "/.a/..b/...", "/漢字", "/a\\b", "/Straße 中文/ü 🦊"],
    wrong: [
      "",
      "/",
      "a",
      "/a/",
      "//a",
      "/a//b",
      "/a/../b",
      "/..",
      "/.",
      "/a/.",
      "/a\nb",
      "/a ",
      "/a\\",
      "/a/ ",
      "/a\u0000",
      "/\ud800",
      "~/a",
    ],
  },
  {
    at: [...host, "files", 0, "content"],
    right: ["", "\r\n\t\u0001\u202e😀", "EOF\n$(x)`"],
    wrong: ["\u0000", "a\udc00b", 5, null],
  },
  {
    at: [...host, "files", 0, "mode"],
    right: ["644", "0644", "1777"],
    wrong: ["0o644", "8", "64", "00644", 644, "u+x"],
  },
  {
    at: [...host, "files", 0, "owner"],
    right: ["root", "www-data", "_apt", "1000", "svc.web$"],
    wrong: ["", "-root", "a b", "a:b", "0x1", "root;id"],
  },
  { at: [...service, "name"], right: ["web", "Web_1.x-y"], wrong: ["", "-web", "a b", "a/b", "a".repeat(64), "é"] },
  { at: [...service, "port"], right: [0, 1, 65535], wrong: [-1, 65536, 1.5, "80", null, true] },
  { at: [...service, "fwmark"], right: [1, 4294967295], wrong: [0, 4294967296, "1"] },
  {
    at: [...service, "match"],
    right: [
      [{ vip: "10.0.0.1", port: 80 }],
      [{ vip: "::1", port: "1-65535" }],
      [{ vip: "10.0.0.1" }],
      [{ vip: "10.0.0.1", port: 0 }],
      [{ vip: "10.0.0.1", protocol: "tcp", source: "10.0.0.0/8", interface: "eth1" }],
      [{ vip: "::1", source: "2001:db8::/32" }],
    ],
    wrong: [
      [],
      [{ protocol: "tcp", port: 80 }],
      [{ vip: "10.0.0.1", source: "10.0.0.1" }],
      [{ vip: "10.0.0.1", source: "0.0.0.0/0" }],
      [{ vip: "10.0.0.1", source: ["10.0.0.0/8"] }],
      [{ vip: "10.0.0.1", interface: "lo" }],
      [{ vip: "10.0.0.1", interface: "eth0:1" }],
      [{ vip: "10.0.0.1", port: "80" }],
      [{ vip: "10.0.0.1", port: "a-b" }],
      [{ vip: "10.0.0.1", port: "0-5" }],
    ],
  },
  { at: [...service, "vipInterface"], right: ["lo", "tunl0", "eth1"], wrong: ["eth0:1", "", "a".repeat(16)] },
  {
    at: [...service, "schedulerFlags"],
    right: [[], ["sh-port", "sh-fallback"]],
    wrong: [["sh"], ["sh-port", "sh-port"]],
  },
  {
    at: [...service, "persistence"],
    right: [{}, { timeout: 1, prefix: 1 }, { timeout: 2678400, prefix: 128 }],
    wrong: [{ timeout: 0 }, { timeout: 2678401 }, { prefix: 0 }, { prefix: 129 }, { mask: 24 }],
  },
  { at: [...service, "realservers", 0, "weight"], right: [0, 65535], wrong: [-1, 65536, 1.5, "1"] },
  { at: [...service, "realservers", 0, "upperThreshold"], right: [0, 65535], wrong: [-1, 65536] },
  {
    at: [...service, "check"],
    right: [{}, { type: "http", path: "/~!'\"$(x)`?a=b#c", status: 599, body: "é\n" }],
    wrong: [
      { path: "x" },
      { path: "/ " },
      { path: "/é" },
      { path: "/\n" },
      { status: 99 },
      { body: "" },
      { retries: -1 },
      { interval: 0 },
      { type: "icmp" },
    ],
  },
  {
    at: ["realserver", "packages"],
    right: [["g++", "libc6:amd64", "linux-5.10~rc1"]],
    wrong: [["-y"], ["a b"], ["$(x)"], ["a;b"], [""], ["a", "a"], ["a/b"]],
  },
  {
    at: ["realserver", "units"],
    right: [["httpd", "getty@tty1.service", "dev-sda\\x2d1.device", "a:b_c.socket"]],
    wrong: [["-a"], ["@a"], ["a b"], ["a/b"], ["a;b"], [""], ["*"]],
  },
  {
    at: ["realserver", "mounts", 0, "options"],
    right: [["rw", "sec=krb5:krb5i", "x-systemd.automount", "addr=fe80::1%eth0"]],
    wrong: [["a,b"], ["a b"], ["(ro)"], ["'a'"], ["a\\b"], ["#"], [""], ["-o"], ["ro", "ro"]],
  },
  {
    at: ["realserver", "mounts", 0, "source"],
    right: ["nas:/srv", "10.0.0.1:/", "[2001:db8::1]:/a/b"],
    wrong: ["/srv", "nas:", "nas:srv", "nas:/a b", "-nas:/a", ":/a", "nas:/a\n", "nas:/a\u0085", "nas:/a\u202e"],
  },
  {
    at: ["nfs", "exports", 0, "clients"],
    right: [
      { "*": [] },
      { "*.example.org": ["ro"], "@group": [], "10.0.0.0/255.0.0.0": [], "2001:db8::/64": [], "web[1-3]": [] },
    ],
    wrong: [
      {},
      { "": [] },
      { "a b": [] },
      { "a(rw)": [] },
      { "-a": [] },
      { "a,b": [] },
      { "#a": [] },
      { "a\n": [] },
      { a: "rw" },
    ],
  },
  { at: ["timeouts"], right: [{}, { tcp: 0, tcpfin: 2678400 }], wrong: [{ tcp: 2678401 }, { udp: -1 }, { sctp: 1 }] },
  {
    at: ["sourceNat"],
    right: [["10.0.0.0/24"], ["10.0.0.0/8", "2001:db8:10::/64"], ["0.0.0.0/1"], ["::/1"]],
    wrong: [
      [],
      ["10.0.0.0"],
      ["10.0.0.0/33"],
      ["0.0.0.0/0"],
      ["::/0"],
      ["::/129"],
      ["10.0.0.0/24", "10.0.0.0/24"],
      ["lan"],
    ],
  },
  { at: ["packages"], right: [{}, { source: "installed" }], wrong: [{ source: "cd" }, ["httpd"]] },
  {
    at: ["ha"],
    right: [
      {},
      { routerId: 1, routerId6: 255 },
      { advertInterval: 0.3, version: 3 },
      { advertInterval: 255, version: 2 },
      { sync: false },
      { sync: { id: 0, interface: "ens34" } },
      { gateway: "10.0.0.1", gateway6: "fd00::1" },
    ],
    wrong: [
      true,
      [],
      { anything: 1 },
      { routerId: 0 },
      { routerId6: 256 },
      { routerId: "80" },
      { advertInterval: 0 },
      { advertInterval: "1" },
      { version: 4 },
      { sync: "ens34" },
      { sync: { id: 256 } },
      { gateway: "fd00::1" },
      { gateway: "10.0.0.1/24" },
    ],
  },
  { at: ["services", 0, "sorryServer"], right: [{ host: "web1" }, {}], wrong: ["web1", { weight: 1 }] },
  { at: ["services", 0, "check", "onFailure"], right: ["quiesce", "remove"], wrong: ["drop", true] },
];

const rows = table.flatMap(({ at, right, wrong }) => [
  ...right.map((value) => ({ at, value, ok: true })),
  ...wrong.map((value) => ({ at, value, ok: false })),
]);

test.each(rows.map((row) => [row.at.join("/"), JSON.stringify(row.value), row] as const))(
  "%s: %s",
  (_at, _value, { at, value, ok }) => {
    const { config, diagnostics } = validate(withEdit({ at, value }));
    expect(diagnostics.length === 0).toBe(ok);
    if (ok) expect(config).not.toBeNull();
  },
);

describe("what is said of a schema error", () => {
  test.each([
    [["services", 0, "port"], "80", "WRONG_TYPE", /80 without quotes/],
    [["services", 0, "onePacket"], "yes", "WRONG_TYPE", /write true, without quotes/],
    [["hosts", "web1", "files", 0, "mode"], 644, "WRONG_TYPE", /quotes/],
    [["services", 0, "check"], null, "WRONG_TYPE", /leave the key out/],
    [["services", 0, "scheduler"], "wlcc", "NOT_ONE_OF", /did you mean "wlc"/],
    [["services", 0, "scheduler"], "fastest", "NOT_ONE_OF", /rr, wrr, lc/],
    [["services", 0, "realserver"], [], "UNKNOWN_KEY", /called "realservers" here, and stands there already/],
    [["services", 0, "quorum"], 3, "UNKNOWN_KEY", /known here/],
    [["services", 0, "realservers", 0, "wieght"], 1, "UNKNOWN_KEY", /did you mean "weight"/],
    [["services", 0, "realservers", 0, "weight"], 70000, "OUT_OF_RANGE", /0 to 65535/],
    [["version"], 2, "UNSUPPORTED_VERSION", /build it with that lvsgen/],
    [["version"], "1", "WRONG_TYPE", /1 without quotes/],
    [["services"], [], "EMPTY_LIST", /at least one/],
  ] as const)("%j: %j", (at, value, code, hint) => {
    const { diagnostics } = validate(withEdit({ at, value }));
    expect(diagnostics.map((found) => found.code)).toEqual([code]);
    expect(diagnostics[0]?.hint).toMatch(hint);
  });

  test("every missing key is named", () => {
    expect(validate({}).diagnostics.map(({ message }) => message)).toHaveLength(5);
  });

  test.each([[null], [[]], ["text"], [5], [true]])("a description that is %j", (value) => {
    expect(validate(value).diagnostics.map(({ code, pointer }) => [code, pointer])).toEqual([["WRONG_TYPE", ""]]);
  });
});
