/** Places that the kernel shares out among real servers, and what is said of them. */
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { placesOf } from "../../../src/lvs/hashing.ts";
import type { RealServer } from "../../../src/model.ts";

const servers = (...weights: readonly number[]): RealServer[] => weights.map((weight) => ({ weight }) as RealServer);

describe("places, as the lab has seen them (prove places)", () => {
  test.each([
    [
      [1, 1],
      [128, 128],
    ],
    [
      [100, 100],
      [100, 156],
    ],
    [
      [200, 200],
      [56, 200],
    ],
    [
      [300, 300],
      [0, 256],
    ],
    [
      [0, 1],
      [128, 128],
    ],
    [
      [3, 1],
      [192, 64],
    ],
    [[], []],
  ])("sh, weights %j: %j", (weights, places) => {
    expect(placesOf("sh", servers(...weights))).toEqual(places);
  });

  test("dh goes round, whatever the weights", () => {
    expect(placesOf("dh", servers(9, 0, 1))).toEqual([85, 85, 86]);
    expect(placesOf("dh", servers(...Array<number>(300).fill(1))).filter((got) => got === 0)).toHaveLength(44);
  });
});

async function said(service: object, weights: readonly number[], more: object = {}): Promise<string[]> {
  const hosts = Object.fromEntries(
    weights.map((_, index) => [
      `web${index + 1}`,
      { address: `192.168.${80 + Math.floor(index / 250)}.${(index % 250) + 1}/16` },
    ]),
  );
  const description = {
    version: 1,
    name: "kgc",
    defaults: { platform: "debian12", interface: "ens33" },
    hosts: { ...hosts, lvs1: { address: "192.168.99.10/16" } },
    directors: ["lvs1"],
    services: [
      {
        name: "web",
        vip: "192.168.99.188",
        port: 80,
        ...service,
        realservers: weights.map((weight, index) => ({ host: `web${index + 1}`, weight })),
      },
    ],
    ...more,
  };
  const { diagnostics } = await compile(JSON.stringify(description));
  return diagnostics.filter(({ code }) => code.startsWith("HASH_")).map(({ message, hint }) => `${message} = ${hint}`);
}

const sh = { scheduler: "sh", schedulerFlags: ["sh-fallback"] };
const dh = { scheduler: "dh" };

describe("weights that do not fit", () => {
  test.each([[[1, 1]], [[3, 1, 2]], [[50, 50, 28]], [[0, 1]], [[3, 0, 1]], [Array<number>(200).fill(1)]])(
    "none: %j",
    async (weights) => {
      expect(await said(sh, weights)).toEqual([]);
    },
  );

  test("those whose share is another one are named, with smaller weights", async () => {
    expect(await said(sh, [200, 200])).toEqual([
      expect.stringMatching(
        /of "web" web1 56, web2 200 = use smaller weights of the same proportion, such as web1 1, web2 1, or mh/,
      ),
    ]);
    expect(await said(sh, [300, 300, 0])).toEqual([expect.stringMatching(/of "web" web1 none, web2 25\d = /)]);
    expect(await said(sh, [300, 100])).toEqual([expect.stringMatching(/such as web1 3, web2 1, or mh/)]);
    expect(await said(sh, [1009, 2003])).toEqual([expect.stringMatching(/such as web1 21, web2 43, or mh/)]);
  });

  test("what has no smaller weights of that proportion gets none proposed", async () => {
    expect(await said(sh, [1, 1000])).toEqual([
      expect.stringMatching(/ = use smaller weights of the same proportion or mh, which scales them/),
    ]);
  });

  test.each([
    ["sh", "dh"],
    ["dh", "sh"],
  ])("services of one pool are told apart by their scheduler: %s, %s", async (first, second) => {
    const service = (name: string, port: number, scheduler: string) => ({
      ...{ name, port, scheduler, vip: "192.168.99.188", pool: "all" },
      ...(scheduler === "sh" ? { schedulerFlags: ["sh-fallback"] } : {}),
    });
    const found = await said({}, [1, 300], {
      pools: { all: [{ host: "web1" }, { host: "web2", weight: 300 }] },
      services: [service("a", 80, first), service("b", 81, second)],
    });
    expect(found).toEqual([
      expect.stringMatching(/table of sh has 256 places, and weights fill .*: of "[ab]" web1 none = /),
    ]);
  });

  test("of dh and of many real servers only some have a share", async () => {
    const many = Array<number>(300).fill(1);
    for (const service of [dh, sh])
      expect(await said(service, many)).toEqual([
        expect.stringMatching(/web1 none, web2 none, web3 none, web4 none, and 40 more = at most 256 real servers/),
      ]);
  });
});

describe("clients of a drained real server", () => {
  test.each([
    [{ scheduler: "sh" }, 'add "sh-fallback" to "schedulerFlags"'],
    [{ scheduler: "mh", schedulerFlags: ["mh-port"] }, 'add "mh-fallback" to "schedulerFlags"'],
  ])("are refused: %j", async (service, hint) => {
    expect(await said(service, [1, 1])).toEqual([
      expect.stringMatching(new RegExp(`that is drained keeps .* = ${hint}$`)),
    ]);
  });

  test("also where a check gives weight 0", async () => {
    const quiescing = { check: { type: "tcp", onFailure: "quiesce" } };
    expect(await said({ scheduler: "sh", ...quiescing }, [1, 1], { ha: {} })).toEqual([
      expect.stringMatching(/that is drained or fails its check keeps .*"onFailure" of its check be "remove"$/),
    ]);
    expect(await said({ ...dh, ...quiescing }, [1, 1], { ha: {} })).toEqual([
      expect.stringMatching(/ = let "onFailure" of its check be "remove"$/),
    ]);
    expect(await said(dh, [1, 1])).toEqual([]);
  });
});
