/** What a firewall is to let through, put together of what each feature asks for. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { mergedOpenings } from "../../../src/plan/opening.ts";

const merged = (all: readonly string[], devices = ["ens33"]) =>
  mergedOpenings(all.map((what) => ({ what, devices }))).map(({ what }) => what);
const tcp = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/tcp`);

test("each thing once, with the interfaces of all who need it", () => {
  expect(
    mergedOpenings([
      { what: "80/tcp", devices: ["ens33"] },
      { what: "22/tcp", devices: ["ens34"] },
      { what: "80/tcp", devices: ["ens34", "ens33"] },
    ]),
  ).toEqual([
    { what: "80/tcp", devices: ["ens33", "ens34"] },
    { what: "22/tcp", devices: ["ens34"] },
  ]);
});

test("eight neighbouring ports are a range, in the place of the first; seven are ports", () => {
  expect(merged(["22/tcp", ...tcp(8000, 8007), "443/tcp"])).toEqual(["22/tcp", "8000-8007/tcp", "443/tcp"]);
  expect(merged(tcp(8000, 8006))).toEqual(tcp(8000, 8006));
  expect(merged([...tcp(8000, 8007), ...tcp(8009, 8012), ...tcp(9000, 9009)])).toEqual([
    "8000-8007/tcp",
    ...tcp(8009, 8012),
    "9000-9009/tcp",
  ]);
});

test("a range is of one protocol, one address and the same interfaces", () => {
  const udp = tcp(8004, 8007).map((what) => what.replace("tcp", "udp"));
  expect(merged([...tcp(8000, 8003), ...udp])).toHaveLength(8);
  const of = (vip: string) => tcp(8000, 8007).map((what) => `untracked ${vip} ${what}`);
  expect(merged([...of("192.0.2.1"), ...of("2001:db8::1"), ...tcp(8000, 8007)])).toEqual([
    "untracked 192.0.2.1 8000-8007/tcp",
    "untracked 2001:db8::1 8000-8007/tcp",
    "8000-8007/tcp",
  ]);
  const split = tcp(8000, 8007).map((what, index) => ({ what, devices: [index < 4 ? "ens33" : "ens34"] }));
  expect(mergedOpenings(split)).toHaveLength(8);
});

test("what is no single port stays as it is", () => {
  const others = tcp(8000, 8009).flatMap((what) => [`port ${what} from 192.0.2.1`, what.replace("/", "-9000/")]);
  expect(merged(others)).toEqual(others);
  expect(merged(["protocol 4 from 192.0.2.1", "answers from 10.0.0.0/24"])).toHaveLength(2);
});

test("the same ports are open, whatever they are, and once more changes nothing", () => {
  const numbers = (what: string) => {
    const [first = 0, last = first] = what.replace("/tcp", "").split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 }), (ports) => {
      const given = ports.map((port) => `${port}/tcp`);
      const result = merged(given);
      expect(result.flatMap(numbers).toSorted((one, other) => one - other)).toEqual(
        [...new Set(ports)].toSorted((one, other) => one - other),
      );
      expect(merged(result)).toEqual(result);
    }),
  );
});
