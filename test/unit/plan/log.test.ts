/** What logrotate makes of the file that it gets, by a real one. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { log } from "../../../src/plan/features/log.ts";
import { site } from "./site.ts";

const [file] = log(site("lb", "director")).resources?.log ?? [];
const text = file?.kind === "file" && "text" in file.content ? file.content.text : "";
let place = "";
const logs = (): string[] => readdirSync(join(place, "lvsgen")).sort();

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "lvsgen-logrotate-"));
  mkdirSync(join(place, "lvsgen"), { mode: 0o750 });
  // As Debian and EL have it around their own.
  writeFileSync(join(place, "logrotate.conf"), `weekly\nrotate 4\ncreate\ninclude ${join(place, "lvsgen.conf")}\n`);
  writeFileSync(join(place, "lvsgen.conf"), text.replaceAll("/var/log", place));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

function rotate(...words: string[]): void {
  const state = join(place, "state");
  const { status, stderr } = spawnSync("logrotate", ["-s", state, ...words, join(place, "logrotate.conf")], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
}

function write(bytes: number, letter: string): void {
  writeFileSync(join(place, "lvsgen/kgc.log"), `${letter.repeat(bytes - 1)}\n`, { mode: 0o640 });
}

test("a log that is not there, and one that is small, are left alone", () => {
  rotate();
  expect(logs()).toEqual([]);
  write(1000, "a");
  rotate();
  expect(logs()).toEqual(["kgc.log"]);
});

test("one of more than 1 MiB is put aside with its mode, and no empty one takes its place", () => {
  write(1_100_000, "b");
  rotate();
  expect(logs()).toEqual(["kgc.log.1"]);
  expect(statSync(join(place, "lvsgen/kgc.log.1")).mode & 0o777).toBe(0o640);
  // The first one aside is not compressed: a run may have it open still.
  write(1_100_000, "c");
  rotate();
  expect(logs()).toEqual(["kgc.log.1", "kgc.log.2.gz"]);
  expect(readFileSync(join(place, "lvsgen/kgc.log.1"), "latin1").at(0)).toBe("c");
  expect(String(gunzipSync(readFileSync(join(place, "lvsgen/kgc.log.2.gz")))).at(0)).toBe("b");
});

test("twenty-four stay", () => {
  for (let month = 0; month < 26; month++) {
    write(10, "d");
    rotate("-f");
  }
  expect(logs()).toHaveLength(24);
});
