/** A picture names the pool that services have their real servers from. */
import { expect, test } from "vitest";
import { analyse, graph } from "../../../src/compile.ts";
import { describePicture } from "../../../src/graph/index.ts";

const description = (changes: object = {}): string =>
  JSON.stringify({
    version: 1,
    name: "shop",
    defaults: { platform: "debian12", interface: "ens33" },
    hosts: { lvs1: { address: "192.168.80.10/24" }, "web[01-40]": { address: "192.168.80.11/24" } },
    directors: ["lvs1"],
    pools: { web: [{ host: "web[01-40]", weight: 2 }] },
    services: [
      { name: "web", vip: "192.168.80.188", port: [80, 443], pool: "web" },
      { name: "shop", vip: "192.168.80.189", port: 80, pool: "web", ...changes },
    ],
  });

async function pictureOf(text: string) {
  const { cluster } = await analyse(text);
  if (cluster === null) throw new Error("faulty");
  return describePicture(cluster);
}

test("the box of its real servers is for the pool, not for each service", async () => {
  const { servers } = await pictureOf(description());
  expect(servers.map(({ title, lines }) => [title, lines.filter((line) => line.includes("weight"))])).toEqual([
    ["web[01-40]", ["pool web: DR, weight 2"]],
  ]);
});

test("where a service overrides the pool, the services are named", async () => {
  const { servers } = await pictureOf(description({ weight: 5 }));
  expect(servers.flatMap(({ lines }) => lines.filter((line) => line.includes("weight")))).toEqual([
    "web-80, web-443: DR, weight 2",
    "shop: DR, weight 5",
  ]);
});

test("a service says its pool, in every format", async () => {
  const { vips } = await pictureOf(description());
  expect(vips.flatMap(({ services }) => services.map(({ notes }) => notes[0]))).toEqual([
    "pool web",
    "pool web",
    "pool web",
  ]);
  for (const format of ["svg", "mermaid", "dot"] as const) {
    const { picture } = await graph(description(), { format });
    expect(picture).toContain("pool web");
  }
});
