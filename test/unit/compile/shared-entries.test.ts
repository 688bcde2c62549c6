/** That equal entries are one object saves time, and changes nothing of what is found. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { examine, examineApart } from "../../../src/examine.ts";
import { parse } from "../../../src/parse/index.ts";

const hosts = {
  lvs1: { address: "10.0.0.1/24" },
  web1: { address: "10.0.0.2/24", gateway: "10.0.0.1", interfaces: { eth1: { address: "192.0.2.9/24" } } },
  web2: { address: "10.0.0.3/24", gateway: "10.0.0.1", interfaces: { eth1: { address: "198.51.100.9/24" } } },
};

type Entry = Readonly<Record<string, unknown>>;

function description(services: readonly Entry[], mode: string): Entry {
  const defaults = { platform: "debian12", interface: "eth0", mode };
  return { version: 1, name: "c", defaults, hosts, directors: ["lvs1"], services };
}

function service(number: number, realservers: readonly Entry[], vip = `10.0.0.${100 + number}`): Entry {
  return { name: `s${number}`, vip, port: 80, realservers };
}

async function found(text: string): Promise<readonly string[]> {
  const { diagnostics } = await analyse(text);
  return diagnostics.map(({ code, pointer, message }) => `${code} ${pointer} ${message}`);
}

/** So many entries without a fault that a list of them is long enough to be read once. */
const many = Array.from({ length: 60 }, (_, index) => ({ address: `10.0.0.${120 + index}`, weight: 2 }));

describe("what is wrong in several services is found in each", () => {
  test.each<[string, readonly Entry[]]>([
    ["an address off the segment", [{ address: "10.9.0.1", weight: 3 }]],
    ["in a long list", [...many, { address: "10.9.0.1", weight: 3 }]],
    ["twice in one list", [...many, { address: "10.9.0.1", weight: 3 }, { address: "10.9.0.1", weight: 3 }]],
    ["a VIP", [{ address: "10.0.0.100", weight: 3 }]],
    ["an address of no machine", [{ address: "127.0.0.1", weight: 3 }]],
    ["crossed thresholds", [{ address: "10.0.0.50", lowerThreshold: 3 }]],
    ["no address", [...many, { address: "10.0.0.300", weight: 3 }]],
    ["neither a host nor an address", [...many, { weight: 3 }]],
    [
      "beside a host",
      [
        { host: "web2", weight: 4 },
        { address: "10.9.0.1", weight: 3 },
      ],
    ],
  ])("%s", async (_name, realservers) => {
    const text = JSON.stringify(description([service(0, realservers), service(1, realservers)], "dr"));
    const [first, second] = [0, 1].map(async (number) =>
      (await found(text))
        .filter((line) => line.includes(`/services/${number}/realservers/`))
        .map((line) => line.replace(`/services/${number}/`, "/services/N/")),
    );
    expect(await first).not.toEqual([]);
    // A machine that stands there twice is said of the second.
    expect(await second).toEqual(await first);
  });
});

test("what depends on the VIP of the second service is found", async () => {
  const realservers = [...many, { host: "web1", weight: 3 }];
  const services = [service(0, realservers), service(1, realservers, "192.0.2.80")];
  const lines = await found(JSON.stringify(description(services, "nat")));
  expect(lines.filter((line) => line.startsWith("NAT_REPLIES_BYPASS_DIRECTOR"))).toHaveLength(1);
});

test("what depends on the other entries of the second list is found", async () => {
  const own = { address: "192.0.2.9", weight: 2 };
  const services = [service(0, [{ host: "web1", weight: 3 }, own]), service(1, [own, ...many])];
  const lines = await found(JSON.stringify(description(services, "nat")));
  expect(lines.filter((line) => line.startsWith("HOST_BY_ADDRESS"))).toMatchObject([
    expect.stringContaining("/services/1/realservers/0"),
  ]);
});

const entry = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Entry>(...many.slice(0, 4)) },
  fc.record({
    address: fc.constantFrom("10.9.0.1", "10.0.0.100", "127.0.0.1", "192.0.2.9", "10.0.0.3", "10.0.0.255", "fd00::1"),
    weight: fc.constantFrom(1, 3),
  }),
  fc.record({ host: fc.constantFrom("web1", "web2"), weight: fc.constantFrom(1, 3) }),
  fc.constantFrom<Entry>({ host: "web1" }, { address: "10.0.0.130" }, { host: "nobody", weight: 2 }),
  fc.record({ address: fc.constant("10.0.0.60"), weight: fc.constant(2), lowerThreshold: fc.constantFrom(0, 5) }),
  fc.constantFrom<Entry>({ weight: 3 }, { address: "10.0.0.300", weight: 3 }, { address: "web1", weight: 3 }),
  fc.constantFrom<Entry>({ address: "10.0.0.60", port: 81 }, { address: "10.0.0.61", mode: "nat", weight: 2 }),
  fc.constantFrom<Entry>({ address: "10.9.0.3-10.9.0.4", weight: 3 }, { address: "10.0.0.9-10.0.0.8", weight: 3 }),
);

test("in any description: lists that repeat give the findings of lists that do not", async () => {
  const list = fc.array(entry, { minLength: 1, maxLength: 4 });
  const vips = fc.constantFrom("10.0.0.101", "192.0.2.80", "198.51.100.80", "fd00::80");
  await fc.assert(
    fc.asyncProperty(
      fc.array(list, { minLength: 1, maxLength: 2 }),
      fc.array(fc.tuple(fc.nat(1), vips), { minLength: 1, maxLength: 4 }),
      fc.constantFrom("dr", "nat", "tun"),
      fc.boolean(),
      async (lists, uses, mode, isLong) => {
        const services = uses.map(([number, vip], index) => ({
          ...service(index, [...(lists[number % lists.length] ?? []), ...(isLong ? many : [])], vip),
          port: 80 + index,
        }));
        const { document } = await parse(JSON.stringify(description(services, mode)), "cluster.json");
        const shared = examine(document?.value);
        const apart = examineApart(document?.value);
        expect(shared.found).toEqual(apart.found);
        expect(shared.unresolved).toEqual(apart.unresolved);
        expect(shared.cluster).toEqual(apart.cluster);
      },
    ),
    { numRuns: 400 },
  );
});
