import DOMPurify from "dompurify";
import mermaid from "mermaid";
import { expect, test } from "vitest";
import { draw } from "../../../src/graph/index.ts";
import { description } from "./clusters.ts";
import { examples, exampleText, pictureOf } from "./pictures.ts";
import { readMermaid } from "./read-mermaid.ts";

// Mermaid's parser cleans labels as it reads them; without a browser there is nothing that could.
DOMPurify.addHook = () => {};
DOMPurify.sanitize = ((text: string) => text) as typeof DOMPurify.sanitize;

async function mermaidOf(text: string): Promise<string> {
  return draw(await pictureOf(text), "mermaid");
}

test.each(examples)("Mermaid reads the flowchart of %s", async (file) => {
  const text = await mermaidOf(exampleText(file));
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: "flowchart-v2" });
  expect(readMermaid(text).length).toBeGreaterThan(5);
});

test("Mermaid refuses one with a quote in a label, so it would be seen", async () => {
  const text = await mermaidOf(exampleText("examples/kgc.json"));
  await expect(mermaid.parse(text.replace("whoever", '"whoever'))).rejects.toThrow(/Parse error/);
});

test("the largest stays below what Mermaid draws by default: 50,000 characters and 500 links", async () => {
  const text = await mermaidOf(
    JSON.stringify(
      description({
        mode: "nat",
        servers: 180,
        weights: 180,
        directors: 9,
        services: 60,
        vips: 20,
        family: "both",
        names: "long",
        networks: 1,
        legs: 0,
        nfs: true,
        sorry: true,
        foreign: 20,
        clients: 9,
        marks: true,
        local: false,
      }),
    ),
  );
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: "flowchart-v2" });
  expect(text.length).toBeLessThan(50_000);
  // Before Mermaid 10.7 it was 280.
  expect(text.match(/ (?:---|-\.-|==>|-\.->|-->)/g)?.length).toBeLessThan(280);
});
