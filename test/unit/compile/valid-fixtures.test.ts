import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { isError } from "../../../src/diagnostics/index.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

const valid = [
  ...readdirSync(join(root, "test/fixtures/valid")).map((file) => `test/fixtures/valid/${file}`),
  ...readdirSync(join(root, "examples")).map((file) => `examples/${file}`),
].filter((file) => /\.(?:json|ya?ml)$/.test(file));

test.each(valid)("%s has no errors", async (file) => {
  const { cluster, diagnostics } = await analyse(read(file), { file });
  expect(diagnostics.filter(isError)).toEqual([]);
  expect(cluster).not.toBeNull();
});

test.each([
  ["test/fixtures/valid/minimal.json", []],
  ["test/fixtures/valid/everything.json", ["PORT_ZERO_OPENS_NOTHING", "TRACKED_WITHOUT_REPLIES"]],
  [
    "examples/kgc.json",
    ["FIREWALL_OFF", "SELINUX_OFF", "EXPORT_TO_EVERYONE", "WORLD_WRITABLE_EXPORT", "WORLD_WRITABLE_EXPORT"],
  ],
])("%s has these warnings: %j", async (file, codes) => {
  const { diagnostics } = await analyse(read(file), { file });
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
});

test("YAML and JSON describe the same cluster", async () => {
  const [json, yaml] = await Promise.all(
    ["examples/kgc.json", "test/fixtures/valid/kgc.yaml"].map((file) => analyse(read(file), { file })),
  );
  expect(yaml?.cluster).toEqual(json?.cluster);
  expect(yaml?.diagnostics.map(({ code, pointer }) => [code, pointer])).toEqual(
    json?.diagnostics.map(({ code, pointer }) => [code, pointer]),
  );
});
