import { describe, expect, test } from "vitest";
import { planClient, type ServiceTest } from "../../../src/plan/client/index.ts";
import { clusterOf } from "./script.ts";

function planned(...services: readonly Readonly<Record<string, unknown>>[]): readonly ServiceTest[] {
  const all = services.map((service, index) => ({
    name: `service${index}`,
    realservers: [{ host: "web1" }, { host: "web2" }],
    ...(service["fwmark"] === undefined ? { vip: "127.0.1.88", port: 80 } : {}),
    ...service,
  }));
  return planClient(clusterOf(all))?.services ?? [];
}

const http = { check: { type: "http" } };

test("a cluster without clients has no client test", () => {
  expect(
    planClient({
      ...clusterOf([{ name: "web", vip: "127.0.1.88", port: 80, realservers: [{ host: "web1" }] }]),
      clients: [],
    }),
  ).toBeNull();
});

describe("what is asked", () => {
  const table: readonly [string, Readonly<Record<string, unknown>>, readonly string[]][] = [
    ["a connection, without a check", {}, ["tcp 80"]],
    ["a page", http, ["http 80"]],
    ["a page over TLS", { check: { type: "https" }, port: 443 }, ["https 443"]],
    ["nothing", { check: { type: "none" } }, ["none 80"]],
    ["nothing, when nobody is to answer", { ...http, realservers: [{ host: "web1", weight: 0 }] }, ["none 80"]],
    ["a connection, when the check asks another port", { check: { type: "http", port: 8081 } }, ["tcp 80"]],
    [
      "a page, when the check asks the real servers' port behind NAT",
      { mode: "nat", check: { type: "http", port: 8080 }, realservers: [{ host: "web1", port: 8080 }] },
      ["http 80"],
    ],
    [
      "the check's port of a service on every port",
      { port: 0, persistence: {}, check: { type: "http", port: 8000 } },
      ["http 8000"],
    ],
    [
      "the usual port of a service on every port",
      { port: 0, persistence: {}, check: { type: "https" } },
      ["https 443"],
    ],
    [
      "nothing of a service on every port whose check names none",
      { port: 0, persistence: {}, check: { type: "tcp" } },
      ["none 0"],
    ],
    ["a datagram", { protocol: "udp", check: { type: "udp" } }, ["udp 80"]],
    ["nothing over UDP without a check", { protocol: "udp" }, ["none 80"]],
    ["nothing over SCTP", { protocol: "sctp" }, ["none 80"]],
    [
      "every match of a mark",
      {
        ...http,
        fwmark: 1,
        match: [
          { vip: "127.0.1.88", port: 80 },
          { vip: "127.0.1.89", port: "8000-8099" },
          { vip: "127.0.1.88", port: 443 },
        ],
      },
      ["http 80", "http 8000", "tcp 443"],
    ],
    [
      "the check's port of a match",
      {
        check: { type: "http", port: 8005 },
        fwmark: 1,
        match: [
          { vip: "127.0.1.88", port: 80 },
          { vip: "127.0.1.88", port: "8000-8099" },
        ],
      },
      ["tcp 80", "http 8005"],
    ],
    [
      "the check's port of a match of every port, in the protocol of the check",
      {
        check: { type: "udp", port: 53 },
        fwmark: 1,
        match: [{ vip: "127.0.1.88" }, { vip: "127.0.1.89", protocol: "tcp" }],
      },
      ["udp 53", "none 53"],
    ],
    [
      "nothing of matches of every port without a check that names one",
      { fwmark: 1, match: [{ vip: "127.0.1.88" }, { vip: "127.0.1.89", protocol: "udp" }] },
      ["none 0", "none 0"],
    ],
    [
      "what comes from the network of the client",
      {
        ...http,
        fwmark: 1,
        match: [
          { vip: "127.0.1.88", port: 80, source: "127.0.1.0/24" },
          { vip: "127.0.1.89", port: 80, source: "127.0.2.0/24" },
          { vip: "127.0.1.90", port: 80, interface: "ens33" },
          { vip: "127.0.1.91", port: 80, interface: "ens34" },
        ],
      },
      ["http 80", "none 80", "http 80", "none 80"],
    ],
    [
      "UDP and SCTP matches of a mark",
      {
        ...http,
        fwmark: 1,
        match: [
          { vip: "127.0.1.88", port: 80, protocol: "udp" },
          { vip: "127.0.1.88", port: 80, protocol: "sctp" },
        ],
      },
      ["none 80", "none 80"],
    ],
  ];
  test.each(table)("%s", (_, service, asked) => {
    const [{ targets } = { targets: [] }] = planned(service);
    expect(targets.map(({ probe, port }) => `${probe} ${port}`)).toEqual(asked);
    for (const { probe, reason } of targets) expect(probe !== "none" || reason !== "").toBe(true);
  });
});

describe("who gets the request where several services have the port", () => {
  const vip = "127.0.1.88";
  const mark = (number: number, match: object) => ({ ...http, name: `mark${number}`, fwmark: number, match: [match] });
  const address = { ...http, name: "address" };
  const takes = (name: string): string => `none: the service ${name} takes it from pc`;
  const limited = (text: string): string => `none: only what comes ${text} gets its mark, not all that comes from pc`;
  const near = { vip, port: 80, source: "127.0.1.0/24" };
  const far = { vip, port: 80, source: "10.0.0.0/8" };
  test.each<[string, readonly object[], readonly string[]]>([
    ["the narrower match", [mark(1, { vip, port: 80 }), mark(2, near)], [takes("mark2"), "http"]],
    [
      "the wider one, where the client is outside",
      [mark(1, { vip, port: 80 }), mark(2, far)],
      ["http", limited("from 10.0.0.0/8")],
    ],
    ["a mark before an address", [address, mark(1, near)], [takes("mark1"), "http"]],
    ["the address, where the client is outside", [address, mark(1, far)], ["http", limited("from 10.0.0.0/8")]],
    ["the address, of another port", [address, mark(1, { ...near, port: 81 })], ["http", "http"]],
    [
      "the address, where the client comes in by another interface",
      [address, mark(1, { vip, port: 80, source: "127.0.1.0/24", interface: "ens34" })],
      ["http", limited("from 127.0.1.0/24 and in by ens34")],
    ],
  ])("%s", (_, services, asked) => {
    const targets = planned(...(services as Record<string, unknown>[])).map((one) => one.targets[0]);
    expect(targets.map((one) => (one?.probe === "none" ? `none: ${one.reason}` : one?.probe))).toEqual(asked);
  });
});

describe("what is expected, in how many requests", () => {
  const weights = (...numbers: readonly number[]) => ({
    realservers: numbers.map((weight, index) => ({ address: `127.0.2.${index + 1}`, weight })),
  });
  const table: readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, number][] = [
    ["rr", { scheduler: "rr" }, { kind: "rounds", even: true, round: 2 }, 20],
    ["rr over three", { scheduler: "rr", ...weights(1, 9, 1) }, { kind: "rounds", even: true, round: 3 }, 21],
    [
      "rr over many",
      { scheduler: "rr", ...weights(...Array<number>(100).fill(1)) },
      { kind: "rounds", even: true, round: 100 },
      400,
    ],
    ["rr beside a drained one", { scheduler: "rr", ...weights(1, 0, 1) }, { kind: "rounds", even: true, round: 2 }, 20],
    ["wrr", { scheduler: "wrr", ...weights(30, 10) }, { kind: "rounds", even: false, round: 4 }, 20],
    [
      "wrr of long rounds",
      { scheduler: "wrr", ...weights(500, 499) },
      { kind: "rounds", even: false, round: 999 },
      999,
    ],
    [
      "wrr of too long rounds",
      { scheduler: "wrr", ...weights(65535, 65534) },
      { kind: "rounds", even: false, round: 131069 },
      20,
    ],
    ["lc", { scheduler: "lc" }, { kind: "shares", even: true, hold: true }, 20],
    ["wlc, by default", {}, { kind: "shares", even: false, hold: true }, 20],
    ["sed", { scheduler: "sed" }, { kind: "shares", even: false, hold: true }, 20],
    ["nq", { scheduler: "nq" }, { kind: "shares", even: false, hold: true }, 20],
    ["sh", { scheduler: "sh", schedulerFlags: ["sh-fallback"] }, { kind: "one", persistent: false }, 20],
    ["sh by port", { scheduler: "sh", schedulerFlags: ["sh-port"] }, { kind: "shares", even: false, hold: false }, 20],
    ["mh by port", { scheduler: "mh", schedulerFlags: ["mh-port"] }, { kind: "shares", even: false, hold: false }, 20],
    ["dh", { scheduler: "dh" }, { kind: "one", persistent: false }, 20],
    ["lblc", { scheduler: "lblc" }, { kind: "few" }, 20],
    ["lblcr", { scheduler: "lblcr" }, { kind: "few" }, 20],
    ["fo", { scheduler: "fo" }, { kind: "highest" }, 20],
    ["ovf", { scheduler: "ovf" }, { kind: "overflow" }, 20],
    ["persistence before the scheduler", { scheduler: "rr", persistence: {} }, { kind: "one", persistent: true }, 20],
    ["a threshold in reach", { realservers: [{ host: "web1", upperThreshold: 10 }] }, { kind: "any" }, 20],
    [
      "a threshold out of reach",
      { scheduler: "dh", realservers: [{ host: "web1", upperThreshold: 5000 }] },
      { kind: "one" },
      20,
    ],
  ];
  test.each(table)("%s", (_, service, expectation, requests) => {
    expect(planned(service)[0]).toMatchObject({ expectation, requests });
  });
});

describe("real servers", () => {
  test("are a list of their own once, for services that share them", () => {
    const shared = [
      { host: "web1" },
      { host: "web2", weight: 3 },
      ...Array.from({ length: 20 }, (_, index) => ({ address: `127.0.2.${index + 1}` })),
    ];
    const [first, second, third, fourth] = planned(
      { realservers: shared },
      { realservers: shared, port: 443 },
      { realservers: [...shared].reverse(), port: 8080 },
      { realservers: [...shared].reverse(), vip: "127.0.1.89" },
    );
    expect(first?.realServers.slice(0, 2)).toEqual([
      { label: "web1", address: "127.0.1.12", port: null, weight: 1 },
      { label: "web2", address: "127.0.1.13", port: null, weight: 3 },
    ]);
    expect(second?.realServers).toBe("service0");
    expect(third?.realServers).toHaveLength(22);
    expect(fourth?.realServers).toBe("service2");
  });

  test("have their port where it is not the service's, and in the name where one host serves twice", () => {
    const realservers = [{ host: "web1", port: 81 }, { host: "web1" }, { address: "127.0.1.77", port: 82 }];
    expect(planned({ mode: "nat", realservers })[0]?.realServers).toMatchObject([
      { label: "web1:81", port: 81 },
      { label: "web1:80", port: null },
      { label: "127.0.1.77", port: 82 },
    ]);
  });
});

describe("described answers", () => {
  const files = (host: object, path: string) => {
    const cluster = clusterOf([
      {
        name: "web",
        vip: "127.0.1.88",
        port: 80,
        realservers: [{ host: "web1" }, { host: "web2" }],
        check: { type: "http", path },
      },
    ]);
    const services = cluster.services.map((service) => ({
      ...service,
      realServers: service.realServers.map((server) =>
        server.host?.name === "web1" ? { ...server, host: { ...server.host, ...host } } : server,
      ),
    }));
    return planClient({ ...cluster, services })?.services[0]?.answers.get("web1");
  };
  const file = (path: string, content = "page\n") => ({
    pointer: "",
    path,
    content,
    mode: null,
    owner: null,
    group: null,
  });
  const mount = { pointer: "", source: "nfs:/a", target: "/data/site", options: [], export: null, own: false };

  const table: readonly [string, object, string, unknown][] = [
    ["the index of a usual root", { files: [file("/var/www/html/index.html")] }, "/", { text: "page\n" }],
    ["the index of a directory", { files: [file("/srv/www/a/index.html")] }, "/a/", { text: "page\n" }],
    ["a page with a query", { files: [file("/usr/share/nginx/html/health")] }, "/health?full=1", { text: "page\n" }],
    ["an escaped path", { files: [file("/var/www/html/a b")] }, "/a%20b", { text: "page\n" }],
    ["the root of a mount", { files: [file("/data/site/index.html")], mounts: [mount] }, "/", { text: "page\n" }],
    ["a root by its name", { files: [file("/home/site/public_html/index.html")] }, "/", { text: "page\n" }],
    [
      "the usual root before others",
      { files: [file("/home/site/public_html/index.html", "other\n"), file("/var/www/html/index.html")] },
      "/",
      { text: "page\n" },
    ],
    ["none of two alike", { files: [file("/a/html/index.html"), file("/b/html/index.html")] }, "/", undefined],
    ["no file that is no page", { files: [file("/etc/app/index.html")] }, "/", undefined],
    ["no file of another path", { files: [file("/var/www/html/index.html")] }, "/other", undefined],
    ["no empty page", { files: [file("/var/www/html/index.html", "")] }, "/", undefined],
    ["no path that climbs", { files: [file("/var/www/html/index.html")] }, "/../html/", undefined],
    ["no broken escape", { files: [file("/var/www/html/%zz")] }, "/%zz", undefined],
    [
      "a long page by its sum",
      { files: [file("/var/www/html/index.html", "a".repeat(3000))] },
      "/",
      { sha256: "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3" },
    ],
  ];
  test.each(table)("%s", (_, host, path, answer) => {
    if (answer !== null && typeof answer === "object" && "sha256" in answer)
      expect(files(host, path)).toHaveProperty("sha256");
    else expect(files(host, path)).toEqual(answer);
  });

  test("alike ones tell nothing", () => {
    const same = clusterOf(
      [{ name: "web", vip: "127.0.1.88", port: 80, realservers: [{ host: "web1" }, { host: "web2" }], ...http }],
      { web1: "same\n", web2: "same\n" },
    );
    expect(planClient(same)?.services[0]?.answers.size).toBe(0);
  });
});
