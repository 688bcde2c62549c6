/** What several runs of `npm test` share out between them is all that there is, and nothing twice. */
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { isEvery, seedsOfTurn, turnOfCommit, wayInTurn } from "../../run/turn.mjs";

afterEach(() => vi.unstubAllEnvs());

test("a commit has one turn", () => {
  const turn = turnOfCommit(6);
  expect(Number.isInteger(turn) && turn >= 0 && turn < 6).toBe(true);
  expect(turnOfCommit(6)).toBe(turn);
});

test("two turns run each file on each of its platforms once", () => {
  const ways = ["el7", "debian12"];
  for (const index of [0, 1, 2, 5])
    expect([0, 1].map((turn) => wayInTurn(ways, index, turn)).sort()).toEqual(["debian12", "el7"]);
  expect([0, 1].map((index) => wayInTurn(ways, index, 0))).toEqual(ways);
});

test("no file of bats has more platforms than there are turns", () => {
  for (const folder of ["test/bats", "test/attacks"])
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".bats"))) {
      const [, platforms = ""] = /^# platforms: (.+)$/m.exec(readFileSync(`${folder}/${file}`, "utf8")) ?? [];
      expect(platforms.split(" ").length, file).toBeLessThanOrEqual(2);
    }
});

test("seeds of the turns follow each other; before a release one run has them all", () => {
  const { first, count } = seedsOfTurn(12, 4, 2);
  expect([12, 16]).toContain(first);
  expect(count).toBe(4);
  expect(seedsOfTurn(1000, Number.POSITIVE_INFINITY, 1)).toEqual({ first: 1000, count: Number.POSITIVE_INFINITY });
  vi.stubEnv("LVSGEN_TEST_EVERY", "1");
  expect(isEvery()).toBe(true);
  expect(seedsOfTurn(12, 4, 2)).toEqual({ first: 12, count: 8 });
});
