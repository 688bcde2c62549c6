/** What a picture says about a cluster. */
import { describe, expect, test } from "vitest";
import { draw } from "../../../src/graph/index.ts";
import { graph } from "../../../src/index.ts";
import { description, type Kind } from "./clusters.ts";
import { faultsOf } from "./faults.ts";
import { exampleText, pictureOf } from "./pictures.ts";
import { readSvg, shownTexts } from "./read-svg.ts";

const plain: Kind = {
  mode: "dr",
  servers: 40,
  weights: 1,
  directors: 1,
  services: 2,
  vips: 1,
  family: 4,
  names: "short",
  networks: 1,
  legs: 0,
  nfs: false,
  sorry: false,
  foreign: 0,
  clients: 0,
  marks: false,
  local: false,
};

const pictureOfKind = (kind: Partial<Kind>) => pictureOf(JSON.stringify(description({ ...plain, ...kind })));

describe("replies", () => {
  test.each([
    ["kgc", [["direct", "DR"]]],
    ["tun", [["direct", "TUN"]]],
    ["nat", [["director", "NAT"]]],
    ["everything", [["direct", "DR, TUN"]]],
  ])("of %s take the way %j", async (name, expected) => {
    const { replies } = await pictureOf(exampleText(`examples/${name}.json`));
    expect([...replies]).toEqual(expected);
  });

  test.each([
    ["kgc", ["client director", "director server", "server client"]],
    ["tun", ["client director", "director server", "server client"]],
    ["nat", ["client director", "director server", "server director", "director client"]],
  ])("the way of a packet of %s is %j", async (name, expected) => {
    const { ways } = await pictureOf(exampleText(`examples/${name}.json`));
    expect(ways.map(({ hops }) => hops.map(({ from, to }) => `${from} ${to}`))).toEqual([expected]);
  });

  test("of a director that serves itself come from it", async () => {
    const { replies, servers, directors, ways } = await pictureOfKind({ local: true, servers: 1 });
    expect([...replies]).toEqual([
      ["director", "local node"],
      ["direct", "DR"],
    ]);
    expect(servers.map(({ title }) => title)).toEqual(["web1"]);
    expect(directors[0]?.lines).toContain("itself service-0, service-1: DR, weight 1");
    expect(ways.map(({ title }) => title)).toEqual([
      "Direct routing (DR): the director does not see the replies",
      "Local node: the director is a real server itself",
    ]);
  });
});

describe("what the packets of NAT say", () => {
  test("is rewritten, the port too", async () => {
    const { ways } = await pictureOf(exampleText("examples/nat.json"));
    expect(ways[0]?.hops.map(({ packet }) => packet.join(" "))).toEqual([
      "from client to 192.168.80.188:80",
      "from client to 10.0.0.12:8080",
      "from 10.0.0.12:8080 to client",
      "from 192.168.80.188:80 to client",
    ]);
    expect(ways[0]?.hops[2]?.note).toBe("by its gateway 10.0.0.1, which has to be the director");
  });

  test("a gateway that moves with the VIPs is named", async () => {
    const picture = await pictureOfKind({ mode: "nat", directors: 2 });
    expect(picture.holder).toBe("All VIPs on one director at a time: lvs1, else lvs2; gateway 10.0.0.254 moves along");
    expect(picture.ways[0]?.hops[2]?.note).toContain("gateway 10.0.0.254");
    expect(picture.directors[0]?.lines).toContain("as master VIP on ens33:generated");
    expect(picture.directors[0]?.lines).toContain("as master gateway on ens33");
  });
});

test.each([
  [{}, "outside: from 10.0.0.11"],
  [{ legs: 1 }, "outside: from the director"],
  [{ directors: 2 }, "outside: from the director"],
])("the outer source of a tunnel is an address only where there is no other: %j", async (kind, expected) => {
  const { ways } = await pictureOfKind({ ...kind, mode: "tun" });
  expect(ways[0]?.hops[1]?.packet[0]).toBe(expected);
});

test("directors alone are a cluster, too", async () => {
  const hosts = { lvs1: { address: "10.0.0.1/24" }, lvs2: { address: "10.0.0.2/24" } };
  const directors = Object.keys(hosts);
  const picture = await pictureOf(
    JSON.stringify({
      version: 1,
      name: "alone",
      defaults: { platform: "debian12", interface: "eth0" },
      hosts,
      directors,
      ha: { routerId: 1 },
      services: [{ name: "web", vip: "10.0.0.9", port: 80, realservers: directors.map((host) => ({ host })) }],
    }),
  );
  expect(picture.servers).toEqual([]);
  expect(picture.summary).toBe("2 directors, 1 service, 2 real servers");
  expect([...picture.replies]).toEqual([["director", "local node"]]);
  expect(faultsOf(readSvg(draw(picture, "svg")))).toEqual([]);
});

describe("real servers", () => {
  test("that are equal are one box, with their range and number", async () => {
    const { servers, summary } = await pictureOfKind({});
    expect(servers).toMatchObject([{ title: "web[1-40]", roles: "40 hosts", kind: "host" }]);
    expect(servers[0]?.lines).toEqual([
      "10.0.1.44 - 10.0.1.83 /16",
      "debian12",
      "VIP on lo:generated, silent",
      "service-0, service-1: DR, weight 1",
    ]);
    expect(summary).toBe("1 director, 2 services, 40 real servers");
  });

  test("of other weights are others", async () => {
    const { servers } = await pictureOfKind({ servers: 4, weights: 2 });
    expect(servers.map(({ title }) => title)).toEqual(["web[1,3]", "web[2,4]"]);
  });

  test("in other networks are others as long as there is room", async () => {
    const few = await pictureOfKind({ mode: "tun", networks: 3 });
    expect(few.servers.map(({ segments }) => segments.length)).toEqual([1, 1, 1]);
    const many = await pictureOfKind({ mode: "tun", networks: 40 });
    expect(many.servers.map(({ title }) => title)).toEqual(["web[1-40]"]);
  });

  test("that have no room are counted", async () => {
    const { servers } = await pictureOfKind({ weights: 40 });
    expect(servers).toHaveLength(13);
    expect(servers.at(-1)).toMatchObject({ title: "28 more real servers", lines: ["of 28 kinds, not drawn"] });
  });

  test("of others and sorry servers are told apart", async () => {
    const { servers, vips } = await pictureOfKind({ servers: 1, foreign: 2, sorry: true });
    expect(servers.map(({ title, kind }) => [title, kind])).toEqual([
      ["web1", "host"],
      ["sorry1", "spare"],
      ["10.0.9.1 - 10.0.9.2", "foreign"],
    ]);
    expect(vips[0]?.spares).toEqual([1]);
    expect([...(vips[0]?.targets ?? [])]).toEqual([
      [0, "DR"],
      [2, "DR"],
    ]);
  });
});

test("networks on the same interfaces are one segment", async () => {
  const { segments } = await pictureOf(exampleText("examples/failover.json"));
  expect(segments).toEqual([{ networks: ["192.168.80.0/24", "fd00:80::/64"] }]);
});

test("services and addresses that have no room are counted", async () => {
  const { vips, moreVips } = await pictureOfKind({ services: 60, vips: 20 });
  expect(vips).toHaveLength(8);
  expect(moreVips).toBe("… 36 more services at 12 more VIPs");
});

test("several directors: who has the VIPs first, and to whom they move", async () => {
  const { directors, moves } = await pictureOf(exampleText("examples/failover.json"));
  expect(moves).toBe(true);
  expect(directors.map(({ lines }) => lines.slice(-2))).toEqual([
    ["as master 2 VIPs on ens33", "VRRP priority 254, first"],
    ["as master 2 VIPs on ens33", "VRRP priority 234"],
  ]);
});

describe("the library's graph", () => {
  test("draws SVG unless another format is named", async () => {
    const { picture, diagnostics } = await graph(exampleText("examples/ipv6.json"));
    expect(diagnostics).toEqual([]);
    expect(shownTexts(readSvg(picture ?? ""))).toContain("fd00:80::188");
    expect((await graph(exampleText("examples/ipv6.json"), { format: "dot" })).picture).toMatch(/^digraph "six" \{/);
  });

  test("draws nothing of a description with errors", async () => {
    const { picture, diagnostics } = await graph('{ "version": 1 }');
    expect(picture).toBeNull();
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});
