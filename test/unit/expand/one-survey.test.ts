/** Rules look at a pool once, however many ports of a service have it. */
import { expect, test } from "vitest";
import { distinctEntries } from "../../../src/check/entries.ts";
import { analysed } from "./site.ts";

const pool = [{ address: "192.168.80.12", weight: 2 }, { address: "192.168.80.13" }];

async function entriesOf(changes: object): Promise<number> {
  const { cluster, diagnostics } = await analysed(changes);
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return distinctEntries(cluster).length;
}

test.each([
  ["ports of a service", { services: [{ name: "a", vip: "192.168.80.188", port: "8000-8009", pool: "web" }] }, 2],
  [
    "services with ports of their own",
    { services: [80, 443].map((port) => ({ name: `s${port}`, vip: "192.168.80.188", port, pool: "web" })) },
    2,
  ],
  [
    "another mode",
    {
      services: ["dr", "tun"].map((mode) => ({
        name: mode,
        vip: "192.168.80.188",
        port: mode === "dr" ? 1 : 2,
        mode,
        pool: "web",
      })),
    },
    4,
  ],
])("%s", async (_what, changes, entries) => {
  expect(await entriesOf({ pools: { web: pool }, ...changes })).toBe(entries);
});

test("entries with a port of their own are looked at with each port of the service", async () => {
  const services = [{ name: "a", vip: "192.168.80.188", port: [80, 81], mode: "nat", pool: "web" }];
  expect(await entriesOf({ pools: { web: [...pool, { address: "192.168.80.14", port: 8080 }] }, services })).toBe(6);
});
