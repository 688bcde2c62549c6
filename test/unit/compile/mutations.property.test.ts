import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse as parseJsonc } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { isError, printDiagnostics } from "../../../src/diagnostics/index.ts";

const file = join(import.meta.dirname, "..", "..", "fixtures", "valid", "everything.json");
const everything: unknown = parseJsonc(readFileSync(file, "utf8"), [], { allowTrailingComma: true });

type Path = readonly (string | number)[];

/** Every place of a value, containers included. */
function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, member]) =>
      paths(member, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

const places = paths(everything).filter((path) => path.length > 0);

/** What people write by mistake, and what nobody writes. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    65536,
    4294967296,
    "",
    "0",
    "80",
    "::",
    "::1/64",
    "10.0.0.1",
    "10.0.0.1/24",
    "192.168.80.188/32",
    "198.51.100.10",
    "198.51.100.255",
    "2001:db8:1::80",
    "lvs1.example.org",
    "web1",
    "tun",
    "nat",
    "dr",
    "sh",
    "sctp",
    "el8",
    "/srv",
    "/etc/fstab",
    "*",
    "a:b",
    "\u0000",
    "\ud800",
    "$(x)",
    [],
    {},
    [[]],
    { "": 0 },
    { host: "web1" },
    ["ro", "rw"],
  ),
  fc.string({ unit: "binary" }),
  fc.integer(),
  fc.jsonValue(),
);

type Edit =
  | { readonly kind: "replace"; readonly path: Path; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: Path }
  | { readonly kind: "rename"; readonly path: Path; readonly key: string }
  | { readonly kind: "copy"; readonly path: Path; readonly from: Path };

const place = fc.constantFrom(...places);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("replace" as const), path: place, value: strange }),
  fc.record({ kind: fc.constant("remove" as const), path: place }),
  fc.record({
    kind: fc.constant("rename" as const),
    path: place,
    key: fc.constantFrom("prot", "adress", "__proto__", "constructor", "mode", ""),
  }),
  fc.record({ kind: fc.constant("copy" as const), path: place, from: place }),
);

function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}

function apply(root: unknown, one: Edit): void {
  const owner = at(root, one.path.slice(0, -1));
  const key = one.path.at(-1);
  if (!isObject(owner) || key === undefined) return;
  switch (one.kind) {
    case "replace":
      owner[key] = one.value;
      return;
    case "remove":
      if (Array.isArray(owner)) owner.splice(Number(key), 1);
      else delete owner[key];
      return;
    case "rename": {
      const value = owner[key];
      delete owner[key];
      if (!Array.isArray(owner))
        Object.defineProperty(owner, one.key, { value, enumerable: true, configurable: true, writable: true });
      return;
    }
    case "copy":
      owner[key] = structuredClone(at(root, one.from));
      return;
  }
}

describe("whatever becomes of a description", () => {
  test("it is either built or refused, with findings that lie in the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.constantFrom(0, 2), async (edits, indent) => {
        const root = structuredClone(everything);
        for (const one of edits) apply(root, one);
        const text = JSON.stringify(root, null, indent);
        const { cluster, diagnostics } = await analyse(text);
        expect(cluster === null).toBe(diagnostics.some(isError));
        const lines = text.split("\n");
        for (const { line, column, length } of diagnostics.flatMap((found) => [found, ...found.related])) {
          expect(column + length - 1).toBeLessThanOrEqual([...(lines[line - 1] ?? "")].length);
        }
        expect(printDiagnostics(diagnostics, { text, color: false })).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      { numRuns: 300 },
    );
  });
});
