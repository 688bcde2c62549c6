import { describe, expect, test } from "vitest";
import type { CatalogueEntry } from "../../../src/diagnostics/entry.ts";
import { catalogue } from "../../../src/diagnostics/index.ts";
import { remedy, suggest } from "../../../src/diagnostics/suggest.ts";

test.each(Object.entries<CatalogueEntry>(catalogue))("%s is explained", (code, entry) => {
  const { severity, title, hidden = false, ...texts } = entry;
  expect(code).toMatch(/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/);
  expect(["error", "warning"]).toContain(severity);
  expect(title).toMatch(/^[A-Z][^\n]*[^.\n]$/);
  expect(hidden).toBeTypeOf("boolean");
  for (const text of Object.values(texts)) expect(text).toMatch(/^\S[^\n]*[.?]$/);
});

describe("did you mean", () => {
  test.each([
    ["schedular", ["scheduler", "schedulerFlags"], "scheduler"],
    ["prot", ["port", "protocol"], "port"],
    ["wbe1", ["lvs1", "web1", "web2"], "web1"],
    ["WEB1", ["web1", "web2"], "web1"],
    ["debain12", ["debian12", "ubuntu22"], "debian12"],
    ["rrr", ["rr", "wrr"], "rr"],
    ["gateway", ["gateway6", "interface"], "gateway6"],
    ["x", ["rr", "wrr"], null],
    ["nfs-server", ["lvs1", "web1"], null],
    ["anything", [], null],
  ] as const)("%s of %j: %s", (text, candidates, expected) => {
    expect(suggest(text, candidates)).toBe(expected);
  });

  test("lists what there is where nothing is near", () => {
    expect(remedy("x", ["rr", "wrr"])).toBe("one of: rr, wrr");
    expect(remedy("wr", ["rr", "wrr"])).toBe('did you mean "rr"?');
    expect(remedy("x", [])).toContain("none");
    expect(
      remedy(
        "nothing",
        Array.from({ length: 50 }, (_, n) => `web${n}`),
      ),
    ).toContain("and 30 more");
  });
});
