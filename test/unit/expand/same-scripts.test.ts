/** What is said once gives the very bytes of what is written out. */
import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { isError } from "../../../src/diagnostics/index.ts";
import { description } from "./site.ts";

const range = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, n) => first + n);
const two = (number: number): string => String(number).padStart(2, "0");

const short = {
  hosts: {
    "lvs[1-2]": { address: "192.168.80.8/24", address6: "fd00::8/64" },
    "web[01-12]": { address: "192.168.80.11-192.168.80.22/24", address6: "fd00::f/64" },
    "pc[1-2]": { address: "192.168.80.200/24" },
  },
  directors: ["lvs[1-2]"],
  ha: { routerId: 80 },
  pools: {
    web: [
      { host: "web[01-12]", weight: 2 },
      { address: "192.168.80.101-192.168.80.105", upperThreshold: 100 },
    ],
  },
  services: [
    { name: "web", vip: "192.168.80.188", port: [80, "8000-8002"], pool: "web" },
    { name: "shop", vip: "192.168.80.189", port: 80, mode: "tun", weight: 5, pool: "web" },
    {
      name: "six",
      vip: "fd00::188",
      port: 80,
      realservers: [{ host: "web[01-12]" }, { address: "fd00::fe-fd00::101" }],
    },
  ],
  clients: ["pc[1-2]"],
};

const pool = (changes: object) => [
  ...range(1, 12).map((number) => ({ host: `web${two(number)}`, weight: 2, ...changes })),
  ...range(101, 105).map((last) => ({ address: `192.168.80.${last}`, upperThreshold: 100, ...changes })),
];

const long = {
  ...short,
  hosts: Object.fromEntries([
    ...[1, 2].map((n) => [`lvs${n}`, { address: `192.168.80.${7 + n}/24`, address6: `fd00::${7 + n}/64` }]),
    ...range(1, 12).map((n) => [
      `web${two(n)}`,
      { address: `192.168.80.${10 + n}/24`, address6: `fd00::${(14 + n).toString(16)}/64` },
    ]),
    ...[1, 2].map((n) => [`pc${n}`, { address: `192.168.80.${199 + n}/24` }]),
  ]),
  directors: ["lvs1", "lvs2"],
  pools: undefined,
  services: [
    ...[80, 8000, 8001, 8002].map((port) => ({
      name: `web-${port}`,
      vip: "192.168.80.188",
      port,
      realservers: pool({}),
    })),
    { name: "shop", vip: "192.168.80.189", port: 80, mode: "tun", realservers: pool({ weight: 5 }) },
    {
      name: "six",
      vip: "fd00::188",
      port: 80,
      realservers: [
        ...range(1, 12).map((n) => ({ host: `web${two(n)}` })),
        ...["fd00::fe", "fd00::ff", "fd00::100", "fd00::101"].map((address) => ({ address })),
      ],
    },
  ],
  clients: ["pc1", "pc2"],
};

async function filesOf(changes: object): Promise<ReadonlyMap<string, string>> {
  const { bundle, diagnostics } = await compile(JSON.stringify(description(changes)));
  expect(diagnostics.filter(isError)).toEqual([]);
  // What people look at names the pool, and the manifest has the sum of the description.
  const forPeople = /^(?:manifest\.json|SHA256SUMS|topology\.svg|RUNBOOK\.md|OPERATIONS\.md)$/;
  return new Map(
    bundle?.files.filter(({ path }) => !forPeople.test(path)).map(({ path, chunks }) => [path, chunks.join("")]),
  );
}

test("what is said once gives the scripts and files of what is written out", async () => {
  const [ofShort, ofLong] = [await filesOf(short), await filesOf(long)];
  expect([...ofShort.keys()]).toEqual([...ofLong.keys()]);
  expect(ofShort.size).toBeGreaterThan(20);
  for (const [path, text] of ofLong) expect([path, ofShort.get(path)]).toEqual([path, text]);
});
