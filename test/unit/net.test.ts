import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cidr } from "../../src/model.ts";
import {
  addressReader,
  contains,
  networkText,
  networkValue,
  overlaps,
  parseAddress,
  parseCidr,
  reservedIn,
  sameNetwork,
  shareSegment,
  specialRange,
} from "../../src/net.ts";

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

describe("parseAddress", () => {
  test.each([
    ["192.168.80.10", "192.168.80.10", 4],
    ["0.0.0.0", "0.0.0.0", 4],
    ["255.255.255.255", "255.255.255.255", 4],
    ["2001:DB8:0:0::1", "2001:db8::1", 6],
    ["::", "::", 6],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", 6],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1", 6],
  ] as const)("%s", (text, canonical, family) => {
    expect(parseAddress(text)).toMatchObject({ text: canonical, family });
  });

  test.each([
    "",
    "10.1",
    "10.0.0.256",
    "010.0.0.1",
    "10.0.0.1 ",
    "0x0a.0.0.1",
    "167772161",
    "10.0.0.1/24",
    "1.2.3.4.5",
    "fe80::1%eth0",
    ":::",
    "2001:db8::1::2",
    "12345::",
    "localhost",
    "١.٢.٣.٤",
  ])("refuses %j", (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

test.each([
  "10.0.0.1",
  "10.0.0.1/",
  "10.0.0.1/33",
  "10.0.0.1/-1",
  "10.0.0.1/024",
  "10.0.0.1/255.0.0.0",
  "::1/129",
  "/24",
])("parseCidr refuses %j", (text) => {
  expect(parseCidr(text)).toBeNull();
});

test("a reader gives one object for one address", () => {
  const read = addressReader();
  expect(read("2001:db8::1")).toBe(read("2001:DB8:0::1"));
  expect(read("nonsense")).toBeNull();
});

/** The same arithmetic without shortcuts: every address as 128 or 32 binary digits. */
function bitsOf({ address, prefix }: Cidr): { all: string; network: string } {
  const all = address.value.toString(2).padStart(address.family === 4 ? 32 : 128, "0");
  return { all, network: all.slice(0, prefix) };
}

const v4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([text, prefix]) => cidr(`${text}/${prefix}`));
const v6 = fc
  .tuple(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), fc.integer({ min: 0, max: 128 }))
  .map(([value, prefix]) => {
    const groups = value.toString(16).padStart(32, "0").match(/.{4}/g) ?? [];
    return cidr(`${groups.join(":")}/${prefix}`);
  });
/** Two addresses that are often near each other. */
const pair = fc.oneof(
  fc.tuple(v4, v4),
  fc.tuple(v6, v6),
  fc
    .tuple(v4, fc.integer({ min: 0, max: 255 }))
    .map(([a, last]): [Cidr, Cidr] => [a, cidr(`${a.address.text.replace(/\d+$/, String(last))}/${a.prefix}`)]),
);

test.each([
  ["10.0.0.5/24", "10.0.0.0/24"],
  ["192.168.255.255/17", "192.168.128.0/17"],
  ["255.255.255.255/0", "0.0.0.0/0"],
  ["255.255.255.255/1", "128.0.0.0/1"],
  ["10.0.0.5/32", "10.0.0.5/32"],
  ["10.0.0.5/31", "10.0.0.4/31"],
  ["fd00:80::10/64", "fd00:80::/64"],
])("the network of %s is %s", (text, network) => {
  expect(networkText(cidr(text))).toBe(network);
});

describe("CIDR arithmetic agrees with binary digits", () => {
  test("text and value", () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6), ({ address }) => {
        expect(parseAddress(address.text)).toEqual(address);
        expect(address.number).toBe(address.family === 4 ? Number(address.value) : null);
      }),
    );
  });

  test("contains, overlaps, sameNetwork and shareSegment", () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [one, other] = [bitsOf(a), bitsOf(b)];
        const aHasB = other.all.startsWith(one.network);
        const bHasA = one.all.startsWith(other.network);
        expect(contains(a, b.address)).toBe(aHasB);
        expect(shareSegment(a, b)).toBe(aHasB && bHasA);
        expect(overlaps(a, b)).toBe(one.network.startsWith(other.network) || other.network.startsWith(one.network));
        expect(sameNetwork(a, b)).toBe(one.network === other.network);
      }),
      { numRuns: 500 },
    );
  });

  test("network and broadcast address", () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6), fc.constantFrom("0", "1", "keep"), (one, fill) => {
        const { all, network } = bitsOf(one);
        const digits = fill === "keep" ? all : network.padEnd(all.length, fill);
        const value = BigInt(`0b${digits}`);
        const { family } = one.address;
        const address = { ...one.address, value, number: family === 4 ? Number(value) : null };
        const host = digits.slice(one.prefix);
        const last = family === 4 ? "broadcast" : null;
        const expected = host.length < 2 ? null : !host.includes("1") ? "network" : !host.includes("0") ? last : null;
        expect(reservedIn(one, address)).toBe(expected);
        expect(networkValue(one)).toBe(BigInt(`0b${network.padEnd(all.length, "0")}`));
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ["192.168.80.10", null],
  ["203.0.113.9", null],
  ["100.64.0.1", null],
  ["127.0.0.1", "loopback"],
  ["169.254.1.1", "link-local"],
  ["169.253.1.1", null],
  ["224.0.0.18", "multicast"],
  ["0.0.0.0", "unspecified"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "reserved"],
  ["2001:db8::1", null],
  ["fd00::1", null],
  ["::1", "loopback"],
  ["::", "unspecified"],
  ["fe80::1", "link-local"],
  ["ff02::1", "multicast"],
  ["::ffff:10.0.0.1", "IPv4-mapped"],
])("%s is special: %s", (text, kind) => {
  const address = parseAddress(text);
  expect(address && specialRange(address)).toBe(kind);
});
