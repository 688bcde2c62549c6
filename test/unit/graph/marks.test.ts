/** What a change does, in the pictures of the bundle that it leads to. */
import DOMPurify from "dompurify";
import fc from "fast-check";
import mermaid from "mermaid";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { describePicture, draw, type Picture } from "../../../src/graph/index.ts";
import type { Marks } from "../../../src/graph/picture.ts";
import type { Cluster } from "../../../src/model.ts";
import { pair, web } from "../diff/sides.ts";
import { description, kinds } from "./clusters.ts";
import { faultsOf } from "./faults.ts";
import { readMermaid } from "./read-mermaid.ts";
import { readSvg, shownTexts } from "./read-svg.ts";

DOMPurify.addHook = () => {};
DOMPurify.sanitize = ((text: string) => text) as typeof DOMPurify.sanitize;

async function clusterOf(value: unknown): Promise<Cluster> {
  const { cluster } = await analyse(JSON.stringify(value));
  if (cluster === null) throw new Error("not accepted");
  return cluster;
}

const none: Marks = { services: {}, hosts: {}, gone: [] };

async function marked(value: unknown, marks: Partial<Marks>): Promise<Picture> {
  return describePicture(await clusterOf(value), { ...none, ...marks });
}

const three = (): ReturnType<typeof web> => {
  const one = web();
  one.services[0].realservers.push({ host: "web3" }, { address: "10.0.0.40" });
  return one;
};

describe("boxes and services", () => {
  test("a real server that is new stands alone, with the word and the frame", async () => {
    const { servers } = await marked(three(), { hosts: { web3: "new" } });
    expect(servers.map(({ title, mark }) => [title, mark])).toEqual([
      ["web[1-2]", undefined],
      ["web3 (new)", "new"],
      ["10.0.0.40", undefined],
    ]);
  });

  test("machines of others are known by their addresses, directors by their names, services by ipvsadm's", async () => {
    const picture = await marked(three(), {
      hosts: { "10.0.0.40": "changed", lvs1: "changed" },
      services: { "-t 10.0.0.100:80": "new" },
    });
    expect(picture.servers.map(({ title }) => title)).toContain("10.0.0.40 (changed)");
    expect(picture.directors.map(({ title }) => title)).toEqual(["lvs1 (changed)"]);
    expect(picture.vips[0]?.services[0]?.name).toBe("shop (new)");
    expect(picture.summary).toMatch(/; marked: what a change brings, changes or takes away$/);
  });

  test("a name that every object has is no mark", async () => {
    const value = web();
    value.hosts.constructor = { address: "10.0.0.77/24" };
    value.services[0].realservers.push({ host: "constructor" });
    const { servers } = await marked(value, {});
    expect(servers.every(({ mark }) => mark === undefined)).toBe(true);
  });

  test("without a change nothing is marked, and no box is for what is gone", async () => {
    const cluster = await clusterOf(pair());
    expect(draw(describePicture(cluster), "svg")).toBe(draw(describePicture(cluster, null), "svg"));
    expect(draw(describePicture(cluster, none), "svg")).toBe(draw(describePicture(cluster), "svg"));
    expect(draw(describePicture(cluster), "mermaid")).not.toMatch(/marked|gone/);
  });

  test("what is gone is cut where it is much", async () => {
    const gone = Array.from({ length: 40 }, (_, index) => `host old${index}`);
    const picture = await marked(web(), { gone });
    expect(picture.gone).toHaveLength(1);
    expect(picture.gone[0]?.lines.at(-1)).toBe("… 32 more");
  });
});

test("marks are drawn in every format, and Mermaid reads them", async () => {
  const picture = await marked(three(), { hosts: { web3: "new" }, gone: ["host web9 (real server)"] });
  const drawing = readSvg(draw(picture, "svg"));
  expect(shownTexts(drawing)).toEqual(
    expect.arrayContaining(["web3 (new)", "Gone with this change", "host web9 (real server)"]),
  );
  expect(drawing.root.children.filter(({ attributes }) => attributes["class"] === "host marked")).toHaveLength(1);
  expect(draw(picture, "svg")).toContain(".lvsgen .marked{stroke-width:4}");
  const text = draw(picture, "mermaid");
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: "flowchart-v2" });
  expect(readMermaid(text)).toContain("no longer there\nhost web9 (real server)");
  expect(text).toContain("  class server1 marked\n");
});

test("nothing lies over anything else with marks either", async () => {
  const marks = fc.constantFrom("new" as const, "changed" as const);
  await fc.assert(
    fc.asyncProperty(
      kinds,
      fc.array(marks, { minLength: 1, maxLength: 6 }),
      fc.array(fc.string(), { maxLength: 12 }),
      async (kind, some, gone) => {
        const cluster = await clusterOf(description(kind));
        const hosts = Object.fromEntries(
          cluster.hosts.map(({ name }, index) => [name, some[index % some.length] ?? "new"]),
        );
        const picture = describePicture(cluster, { services: {}, hosts, gone });
        expect(faultsOf(readSvg(draw(picture, "svg")))).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});
