/** Nothing of a picture lies over anything else, whatever the cluster: measured in the SVG itself. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { draw } from "../../../src/graph/index.ts";
import { description, kinds } from "./clusters.ts";
import { faultsOf } from "./faults.ts";
import { examples, exampleText, pictureOf } from "./pictures.ts";
import { readSvg, shownTexts } from "./read-svg.ts";

async function svgOf(text: string): Promise<string> {
  return draw(await pictureOf(text), "svg");
}

test.each(examples)("%s has nothing over anything else, and nothing is cut", async (file) => {
  const drawing = readSvg(await svgOf(exampleText(file)));
  expect(drawing.texts.length).toBeGreaterThan(20);
  expect(faultsOf(drawing)).toEqual([]);
  expect(shownTexts(drawing).filter((text) => text.endsWith("…"))).toEqual([]);
});

test("nor has any other cluster of 2 to 200 hosts", async () => {
  await fc.assert(
    fc.asyncProperty(kinds, async (kind) => {
      const drawing = readSvg(await svgOf(JSON.stringify(description(kind))));
      expect(faultsOf(drawing)).toEqual([]);
      // It does not grow with the number of hosts, only with that of the boxes, of which a tier has thirteen at most.
      expect(drawing.height).toBeLessThan(10_000);
    }),
    { numRuns: 40 },
  );
});

test("a fault would be found", async () => {
  const svg = await svgOf(exampleText("examples/kgc.json"));
  const faults = (from: RegExp, to: string): string[] => faultsOf(readSvg(svg.replace(from, to)));
  expect(faults(/(<text x="\d+" y="\d+" font-size="20")/, '<text x="850" y="34" font-size="20"')).toEqual([]);
  expect(faults(/<text x="\d+" y="\d+" font-size="20"/, '<text x="910" y="34" font-size="20"')).toEqual(["kgc is cut"]);
  expect(faults(/<text x="\d+" y="\d+" font-size="20"/, '<text x="16" y="56" font-size="20"')).toContain(
    '"kgc" lies over "1 director, 1 service, 2 real servers"',
  );
  expect(faults(/>web1</, `>${"web1".repeat(20)}<`).join()).toMatch(/goes over the border of a host/);
});
