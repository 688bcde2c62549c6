/** Inputs that would grow without an end, and long lines: an import takes time and room that go with their size. */
import { expect, test } from "vitest";
import { noFacts } from "../../../src/import/facts.ts";
import { readExports } from "../../../src/import/host/storage.ts";
import { readKeepalived } from "../../../src/import/keepalived/index.ts";
import { includePattern, withoutComment } from "../../../src/import/keepalived/lines.ts";
import { preprocess } from "../../../src/import/keepalived/preprocess.ts";
import { readLdirectord } from "../../../src/import/ldirectord/index.ts";
import { createLedger } from "../../../src/import/ledger.ts";
import { createNames } from "../../../src/import/names.ts";
import { type FileAccess, noFiles } from "../../../src/import/options.ts";
import type { Reading } from "../../../src/import/reading.ts";
import { readScript } from "../../../src/import/shell/script.ts";

function reading(files: FileAccess = noFiles): Reading {
  return {
    facts: noFacts(),
    merged: noFacts(),
    ledger: createLedger(),
    names: createNames(new Map()),
    files,
    id: null,
  };
}

const given = (text: string) => ({ file: "input", text, folder: null });

function timeOf(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

test.each([
  ["an include of blanks", () => void includePattern(`include ${" ".repeat(60_000)}"`)],
  ["blanks before the end", () => void withoutComment(`x${" ".repeat(100_000)}x`)],
  ["continued lines of a script", () => readScript(given(`#!/bin/sh\n${"ipvsadm \\\n".repeat(20_000)}`), reading())],
  ["continued lines of exports", () => readExports(given(`/srv a(ro) \\\n${"b(ro) \\\n".repeat(20_000)}`), reading())],
])("%s take no time", (_name, run) => {
  expect(timeOf(run)).toBeLessThan(1000);
});

test("sequences within sequences are counted when they are made", () => {
  const own = reading();
  const text = `${Array.from({ length: 60 }, (_, index) => `~SEQ(a${index},1,1,4096) `).join("")}x`;
  const produced = preprocess(given(text), own);
  expect(produced.length).toBeLessThan(60_000);
  expect(own.ledger.misses().map(({ reason }) => reason)).toEqual([
    "what the parameters and sequences make of this is too long",
  ]);
});

test("files that include each other many times over", () => {
  let count = 0;
  const own = reading({
    find: (pattern) => [pattern, pattern],
    read: (file) => {
      count++;
      return `include ${file}x\n`;
    },
  });
  preprocess(given("include a\n"), own);
  expect(count).toBe(4096);
  expect(own.ledger.misses().map(({ reason }) => reason)).toContain("more than 4096 files are included");
});

test("ranges have one number of addresses in all", () => {
  const range = (text: string): string =>
    `virtual_server ${text} 80 {\n  lb_kind DR\n  protocol TCP\n  real_server 192.0.2.11 80 {\n  }\n}\n`;
  const own = reading();
  readKeepalived(given(range("10.0.0.0/20") + range("10.1.0.0/31") + range("192.0.2.80")), own);
  expect(own.facts.services).toHaveLength(4097);
  readLdirectord(given("virtual=192.0.2.81:80\n  real=192.0.2.11->192.0.2.12:80 gate\n"), own);
  expect(own.ledger.misses().map(({ reason }) => reason)).toEqual([
    "a range of 2 addresses: all ranges together may have 4096",
    "a range of 2 addresses, each a service of its own: all ranges together may have 4096",
  ]);
});

test("ports of one rule count each", () => {
  const ports = Array.from({ length: 600 }, (_, index) => index + 1).join(",");
  const own = reading();
  readScript(
    given(
      `#!/bin/sh\niptables -t mangle -A PREROUTING -d 192.0.2.80 -p tcp -m multiport --dports ${ports} -j MARK --set-mark 1\n`,
    ),
    own,
  );
  expect(own.facts.marks).toHaveLength(512);
});
