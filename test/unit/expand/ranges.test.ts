/** What a range stands for, and what is said of one that stands for nothing. */
import { describe, expect, test } from "vitest";
import { addressesOf, namesOf, portsOf } from "../../../src/expand/ranges.ts";

describe("names", () => {
  test.each([
    ["web1", ["web1"]],
    ["web[1-3]", ["web1", "web2", "web3"]],
    ["web[08-11]", ["web08", "web09", "web10", "web11"]],
    ["web[9-11]", ["web9", "web10", "web11"]],
    ["web[001-002].example.org", ["web001.example.org", "web002.example.org"]],
    ["web[5-5]", ["web5"]],
    ["[0-1]", ["0", "1"]],
    ["rack[00-01]-web", ["rack00-web", "rack01-web"]],
  ])("%s", (text, items) => {
    expect(namesOf(text)).toEqual({ items });
  });

  test.each([
    ["web[40-01]", "RANGE_REVERSED", 'write the lower end first: "web[01-40]"'],
    ["web[01-100]", "RANGE_PADDING", "write [001-100] for names of one length, or [1-100] for names without zeros"],
    ["web[1-040]", "RANGE_PADDING", "write [001-040] for names of one length, or [1-40] for names without zeros"],
    ["web[0-99999999999999999999]", "RANGE_TOO_LARGE", "a range goes up to 65536: look at its ends, or write several"],
    ["web[9007199254740993-9007199254740995]", "RANGE_TOO_LARGE", "number the hosts of a range from 0 or 1"],
    [`${"w".repeat(62)}[9-10]`, "BAD_FORMAT", "a part between dots has up to 63 characters, a name up to 253"],
  ])("%s: %s", (text, code, hint) => {
    expect(namesOf(text)).toMatchObject({ problem: { code, hint } });
  });
});

describe("addresses", () => {
  test.each([
    ["192.168.80.11", ["192.168.80.11"]],
    ["192.168.80.254-192.168.81.1", ["192.168.80.254", "192.168.80.255", "192.168.81.0", "192.168.81.1"]],
    ["255.255.255.254-255.255.255.255", ["255.255.255.254", "255.255.255.255"]],
    ["fd00::fe-fd00::101", ["fd00::fe", "fd00::ff", "fd00::100", "fd00::101"]],
    ["FD00:0::A-fd00::b", ["fd00::a", "fd00::b"]],
    // What is no range is left to who reads addresses.
    ["nonsense", ["nonsense"]],
  ])("%s", (text, items) => {
    expect(addressesOf(text)).toEqual({ items });
  });

  test.each([
    ["192.168.80.90-192.168.80.11", "RANGE_REVERSED", "ends before it begins"],
    ["192.168.80.1-fd00::1", "RANGE_MIXES_FAMILIES", "goes from IPv4 to IPv6"],
    ["10.0.0.0-10.1.0.0", "RANGE_TOO_LARGE", "stands for 65537 of them"],
    ["fd00::-fd00:1::", "RANGE_TOO_LARGE", "stands for more than 2^53 of them"],
    ["192.168.80.1-192.168.80.300", "BAD_ADDRESS", '"192.168.80.300" is no IP address'],
    ["192.168.80.1-90", "BAD_ADDRESS", '"90" is no IP address'],
  ])("%s: %s", (text, code, said) => {
    expect(addressesOf(text)).toMatchObject({ problem: { code, message: expect.stringContaining(said) } });
  });

  test("a /16 is the largest", () => {
    const whole = addressesOf("10.0.0.0-10.0.255.255");
    expect("items" in whole && [whole.items.length, whole.items.at(-1)]).toEqual([65_536, "10.0.255.255"]);
  });
});

describe("ports", () => {
  const numbers = (written: Parameters<typeof portsOf>[0]): number[] => portsOf(written).ports.map(({ port }) => port);

  test.each([
    [80, [80]],
    [0, [0]],
    ["8000-8002", [8000, 8001, 8002]],
    [
      [443, 80],
      [443, 80],
    ],
    [
      [80, "8000-8001", 443],
      [80, 8000, 8001, 443],
    ],
  ])("%j", (written, ports) => {
    expect(numbers(written)).toEqual(ports);
    expect(portsOf(written).problems).toEqual([]);
  });

  test("each knows where it is written", () => {
    expect(portsOf([80, "90-91"]).ports.map(({ below }) => below)).toEqual(["/0", "/1", "/1"]);
    expect(portsOf("90-91").ports.map(({ below }) => below)).toEqual(["", ""]);
  });

  test("a port is there once, and the second place is told", () => {
    expect(numbers([80, "79-81"])).toEqual([80, 79, 81]);
    expect(portsOf([80, "79-81"]).problems).toMatchObject([{ code: "DUPLICATE_PORT", below: "/1", first: "/0" }]);
  });

  test.each([["8010-8000"], ["65000-65536"], [["1-2", "9-8"]]])("%j is refused", (written) => {
    expect(portsOf(written).problems).toMatchObject([{ code: "BAD_PORT_RANGE" }]);
  });
});
