import { describe, expect, test } from "vitest";
import { collisions } from "../../../src/plan/collisions.ts";
import { wantOf } from "../../../src/plan/kinds/index.ts";
import { rootOwned } from "../../../src/plan/managed.ts";
import type { Resource } from "../../../src/plan/resource.ts";
import type { Script } from "../../../src/plan/script.ts";
import type { ScriptRole } from "../../../src/plan/site.ts";
import { hosts, site } from "./site.ts";

const { host, cluster } = site("lb", "director", hosts("lb", { platform: "el7" }));
const [vip] = cluster.services[0]?.vips ?? [];
if (vip === undefined) throw new Error("the cluster has no VIP");

function script(role: ScriptRole, resources: readonly Resource[]): Script {
  return {
    role,
    hosts: [{ host, sections: [{ title: "", wants: resources.map((one) => wantOf(one, one.pointer ?? "")) }] }],
    realServers: [],
  };
}

/** What is found of one resource in the director's script and another in the real server's, on the same host. */
function found(a: Resource, b: Resource): unknown[] {
  const first = { ...a, pointer: a.pointer ?? "/a" };
  const second = { ...b, pointer: b.pointer ?? "/b" };
  return collisions([script("director", [first]), script("realserver", [second])]).map(
    ({ code, pointer, message, related }) => [code, pointer, message, related.map((one) => one.pointer)],
  );
}

const file = (path: string, more: Partial<Resource> = {}): Resource =>
  ({ kind: "file", path, content: { text: "" }, ...rootOwned, ...more }) as Resource;
const described = { described: true } as const;
const block = (path: string): Resource => ({ kind: "block", path, place: "end", content: { text: "" } });
const setting = (key: string, value: string): Resource => ({ kind: "setting", path: "/etc/default/x", key, value });
const sysctl = (value: string): Resource => ({ kind: "sysctl", key: "net.ipv4.ip_forward", value });
const unit = (enabled: boolean | null, active: boolean | null): Resource => ({
  kind: "unit",
  name: "a.service",
  enabled,
  active,
});
const address = (device: string, label: string | null): Resource => ({ kind: "address", vip, device, label });
const route = (via: string): Resource => ({ kind: "route", destination: "default", words: ["via", via] });
const directory = (path: string): Resource => ({ kind: "directory", path, mode: null, owner: null, group: null });

describe("two owners", () => {
  test.each<[string, Resource, Resource, string, string]>([
    ["of a file", file("/etc/a"), file("/etc/a"), "PATH_CONFLICT", "/etc/a has two owners"],
    [
      "of a file and a line of it",
      file("/etc/default/x", described),
      setting("A", "1"),
      "PATH_OWNED_BY_LVSGEN",
      "/etc/default/x is a file that lvsgen writes itself",
    ],
    [
      "of a line",
      setting("A", "1"),
      setting("A", "2"),
      "RESOURCE_CONFLICT",
      "the file /etc/default/x would be 2 here and 1 for another entry",
    ],
    ["of a file and a directory", file("/a"), directory("/a"), "PATH_CONFLICT", "/a has two owners"],
    ["below a file", file("/a"), file("/a/b/c"), "PATH_CONFLICT", "/a/b/c has two owners"],
    [
      "of a kernel setting",
      sysctl("0"),
      sysctl("1"),
      "RESOURCE_CONFLICT",
      "the sysctl net.ipv4.ip_forward would be 1 here and 0 for another entry",
    ],
    [
      "of a kernel setting that lvsgen makes itself, the same or not",
      { ...sysctl("1"), ...described },
      sysctl("1"),
      "SYSCTL_OWNED_BY_LVSGEN",
      "net.ipv4.ip_forward is a kernel setting that lvsgen makes itself",
    ],
    [
      "of a unit",
      unit(false, false),
      unit(true, null),
      "RESOURCE_CONFLICT",
      "the unit a.service would be enabled here and disabled for another entry",
    ],
    [
      "of an address",
      address("ens33", "ens33:kgc"),
      address("ens33", "ens33:kgcV2"),
      "RESOURCE_CONFLICT",
      "the address 192.168.80.188/32 would be ens33:kgcV2 here and ens33:kgc for another entry",
    ],
    [
      "of a route",
      route("10.0.0.1"),
      route("10.0.0.2"),
      "RESOURCE_CONFLICT",
      "the route default would be via 10.0.0.2 here and via 10.0.0.1 for another entry",
    ],
  ])("%s", (_name, a, b, code, message) => {
    const pointer = a.described ? "/a" : "/b";
    expect(found(a, b)).toEqual([[code, pointer, message, [pointer === "/a" ? "/b" : "/a"]]]);
  });

  test("a name that the system ships as a link is the name that it leads to", () => {
    expect(found(file("/etc/rc.local", described), block("/etc/rc.d/rc.local"))).toMatchObject([
      [
        "PATH_OWNED_BY_LVSGEN",
        "/a",
        "/etc/rc.local, a symbolic link to /etc/rc.d/rc.local, is a file that lvsgen writes itself",
        ["/b"],
      ],
    ]);
    expect(found(file("/var/run/x", described), file("/run/x"))).toHaveLength(1);
    expect(found(file("/var/running", described), file("/runing"))).toEqual([]);
  });

  test("are of one host: others may differ", () => {
    const other = { ...host, name: "web" };
    const [first] = script("director", [file("/a")]).hosts;
    if (first === undefined) throw new Error("no host");
    expect(collisions([{ role: "director", hosts: [first, { ...first, host: other }], realServers: [] }])).toEqual([]);
  });
});

describe("none", () => {
  test.each<[string, Resource, Resource]>([
    ["blocks of two roles in one file", block("/etc/fstab"), block("/etc/fstab")],
    ["the same line twice", setting("A", "1"), setting("A", "1")],
    ["two lines of a file", setting("A", "1"), setting("B", "1")],
    ["the same kernel setting", sysctl("1"), sysctl("1")],
    ["the same kernel setting, described twice", { ...sysctl("1"), ...described }, { ...sysctl("1"), ...described }],
    ["a unit of which one leaves alone what the other wants", unit(true, null), unit(null, true)],
    ["one VIP on lo and on a tunnel device", address("lo", "lo:kgc"), address("tunl0", null)],
    ["a directory twice", directory("/srv"), directory("/srv")],
    ["a file in a directory", directory("/srv"), file("/srv/a")],
  ])("%s", (_name, a, b) => {
    expect(found(a, b)).toEqual([]);
  });
});

// Each compared with each would be 80 thousand million comparisons, which no test lives to see the end of.
test("of many owners that want the same, not each is compared with each", () => {
  const many = Array.from({ length: 400_000 }, (_, index) => ({ ...directory("/srv/x"), pointer: `/${index}` }));
  expect(collisions([script("director", many)])).toEqual([]);
});
