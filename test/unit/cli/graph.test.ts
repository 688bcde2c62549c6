import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { procedure, workplace } from "./command-line.ts";

const here = workplace();

test("prints SVG, or the format that is named", () => {
  const { code, out, err } = here.lvsgen("graph", procedure);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(here.lvsgen("graph", procedure, "--format", "mermaid").out).toMatch(/^flowchart TB\n/);
  expect(here.lvsgen("graph", procedure, "--format", "dot").out).toMatch(/^digraph "kgc" \{\n/);
});

test("what build puts into the bundle is the same, and is listed and summed like every file", () => {
  expect(here.lvsgen("build", procedure, "-o", "out").code).toBe(0);
  expect(here.read("out/topology.svg")).toBe(here.lvsgen("graph", procedure).out);
  const { out: diagram } = here.lvsgen("graph", procedure, "--format", "mermaid");
  expect(here.read("out/RUNBOOK.md")).toContain(`\n\`\`\`mermaid\n${diagram}\`\`\`\n`);
  const { files } = JSON.parse(here.read("out/manifest.json"));
  const listed = files.find(({ path }: { path: string }) => path === "topology.svg");
  expect(listed).toMatchObject({ mode: "0644" });
  expect(here.read("out/SHA256SUMS")).toContain(`${listed.sha256}  topology.svg\n`);
});

test("writes a file, whose end tells the format, and replaces none unasked", () => {
  expect(here.lvsgen("graph", procedure, "-o", "a.mmd")).toMatchObject({ code: 0, out: "a.mmd written.\n" });
  expect(here.read("a.mmd")).toMatch(/^flowchart TB\n/);
  expect(here.lvsgen("graph", procedure, "-o", "a.gv").code).toBe(0);
  expect(here.read("a.gv")).toMatch(/^digraph /);
  expect(here.lvsgen("graph", procedure, "-o", "a.gv", "--format", "svg")).toMatchObject({ code: 73, out: "" });
  expect(here.read("a.gv")).toMatch(/^digraph /);
  expect(here.lvsgen("graph", procedure, "-o", "a.gv", "--format", "svg", "--force").code).toBe(0);
  expect(here.read("a.gv")).toMatch(/^<svg /);
  expect(here.lvsgen("graph", procedure, "-o", "nowhere/a.svg")).toMatchObject({ code: 73, out: "" });
});

test("what has errors is not drawn, nor what is not there", () => {
  here.write("wrong.json", '{ "version": 1 }');
  const { code, out, err } = here.lvsgen("graph", "wrong.json", "-o", "wrong.svg");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain("error[");
  expect(here.lvsgen("graph", "missing.json")).toMatchObject({ code: 66, out: "" });
  expect(() => here.read("wrong.svg")).toThrow();
});

test("a picture of a kind that is not drawn is a wrong use, unless its format is named", () => {
  const { code, out, err } = here.lvsgen("graph", procedure, "-o", "t.png");
  expect({ code, out }).toEqual({ code: 64, out: "" });
  expect(err).toContain("t.png: error: lvsgen draws SVG, Mermaid and DOT, and no PNG");
  expect(() => here.read("t.png")).toThrow();
  expect(here.lvsgen("graph", procedure, "-o", "t.png", "--format", "svg").code).toBe(0);
});

test("a directory in the place of a file is said to be one: nothing could replace it", () => {
  mkdirSync(here.file("pictures"));
  for (const force of [[], ["--force"]]) {
    const { code, err } = here.lvsgen("graph", procedure, "-o", "pictures", ...force);
    expect({ code, err }).toEqual({
      code: 73,
      err: "pictures: error: is a directory\n  = help: name a file in it with -o\n",
    });
  }
});

test("a place below a file, and a name that is too long, are said to be none", () => {
  here.write("plain", "");
  for (const place of ["plain/a.svg", `${"x".repeat(300)}.svg`]) {
    const { code, err } = here.lvsgen("graph", procedure, "-o", place);
    expect({ code, err }).toEqual({ code: 73, err: expect.stringContaining("cannot be written: ") });
  }
});

test("another format is a wrong use", () => {
  expect(here.lvsgen("graph", procedure, "--format", "png")).toMatchObject({ code: 64, out: "" });
});
