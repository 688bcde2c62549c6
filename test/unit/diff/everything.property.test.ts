/** Whatever differs in what is built is told, and nothing else. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse as parseJsonc } from "jsonc-parser";
import { expect, test } from "vitest";
import { difference, markdownOf, textOfBundle } from "../../../src/diff/index.ts";
import { type Bundle, compile } from "../../../src/index.ts";
import { english } from "../../../src/language/index.ts";

type Path = readonly (string | number)[];

const root = join(import.meta.dirname, "..", "..", "..");
const read = (file: string): unknown =>
  parseJsonc(readFileSync(join(root, file), "utf8"), [], { allowTrailingComma: true });
const bases = [
  "test/fixtures/valid/everything.json",
  ...readdirSync(join(root, "examples")).map((name) => `examples/${name}`),
].map(read);

function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const members = Object.entries(value).flatMap(([key, one]) =>
    paths(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? members : [path, ...members];
}

/** Values that stand somewhere in a description, so that many places take them. */
const values: unknown[] = [
  ...new Set(
    bases.flatMap((base) => paths(base).map((path) => at(base, path))).filter((value) => typeof value !== "object"),
  ),
  0,
  1,
  2,
  7,
  300,
  8080,
  true,
  false,
  "dr",
  "tun",
  "nat",
  "rr",
  "wlc",
  "sh",
  "tcp",
  "udp",
  "el7",
  "el9",
  "debian12",
  "ubuntu24",
  "keep",
  "open",
  "disable",
  "permissive",
  "on",
  "off",
  [],
  {},
];

function at(base: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], base);
}

type Edit = { readonly place: number; readonly value: unknown; readonly kind: "replace" | "remove" | "reverse" };

function edited(base: unknown, edits: readonly Edit[]): unknown {
  const copy = structuredClone(base);
  for (const { place, value, kind } of edits) {
    const all = paths(copy);
    const path = all[place % all.length] ?? [];
    const owner = at(copy, path.slice(0, -1)) as Record<string, unknown> | unknown[];
    const key = path.at(-1) ?? "";
    if (kind === "remove") {
      if (Array.isArray(owner)) owner.splice(Number(key), 1);
      else delete owner[String(key)];
    } else if (kind === "reverse") {
      if (Array.isArray(owner)) owner.reverse();
    } else (owner as Record<string | number, unknown>)[key] = structuredClone(value);
  }
  return copy;
}

/** What both bundles have of each file, but for the two that have the sum of the description. */
function sums({ files }: Bundle): string {
  return files
    .filter(({ path }) => path !== "manifest.json" && path !== "SHA256SUMS")
    .map(({ path, sha256 }) => `${path} ${sha256}`)
    .join("\n");
}

const edit: fc.Arbitrary<Edit> = fc.record({
  place: fc.nat(10000),
  value: fc.constantFrom(...values),
  kind: fc.constantFrom("replace" as const, "replace" as const, "remove" as const, "reverse" as const),
});

test("two bundles that differ in a file have a difference, two that do not have none", async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(bases.length - 1), fc.array(edit, { minLength: 1, maxLength: 2 }), async (index, edits) => {
      const base = bases[index];
      const [old, next] = await Promise.all([base, edited(base, edits)].map((one) => compile(JSON.stringify(one))));
      if (old?.bundle == null || next?.bundle == null) return;
      accepted++;
      for (const [a, b] of [
        [old.bundle, next.bundle],
        [next.bundle, old.bundle],
      ] as const) {
        const found = difference(textOfBundle(a), textOfBundle(b));
        if (found.kind === "unreadable") throw new Error(found.message);
        const same = sums(a) === sums(b) && JSON.stringify(a.services) === JSON.stringify(b.services);
        expect(found.changes.length === 0).toBe(same);
        expect(found.changes.every(({ why }) => why !== "")).toBe(true);
        expect(markdownOf(found, ["a", "b"], english)).not.toMatch(/[^\P{C}\n]/u);
      }
    }),
    { numRuns: 200 },
  );
  expect(accepted).toBeGreaterThan(20);
});
