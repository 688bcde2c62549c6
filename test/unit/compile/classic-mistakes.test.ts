import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { isError } from "../../../src/diagnostics/index.ts";

const example = readFileSync(join(import.meta.dirname, "..", "..", "..", "examples", "kgc.json"), "utf8");

interface Mistake {
  readonly name: string;
  /** What stands in the example, what someone writes instead, and the part of that which is wrong. */
  readonly edit: readonly [right: string, wrong: string, marked: string];
  readonly code: string;
  readonly hint: RegExp;
}

/** The mistakes that everyone makes with LVS-DR, in the cluster of the procedure. */
const mistakes: readonly Mistake[] = [
  {
    name: "a misspelt key",
    edit: ['"scheduler": "rr"', '"schedular": "rr"', '"schedular"'],
    code: "UNKNOWN_KEY",
    hint: /did you mean "scheduler"/,
  },
  {
    name: "an unknown host",
    edit: ['[{ "host": "web1" }', '[{ "host": "web3" }', '"web3"'],
    code: "UNKNOWN_HOST",
    hint: /did you mean "web[12]"/,
  },
  {
    name: "a real-server port unlike the service's",
    edit: ['{ "host": "web2" }', '{ "host": "web2", "port": 8080 }', "8080"],
    code: "REAL_SERVER_PORT_DIFFERS",
    hint: /listen on 80|"nat"/,
  },
  {
    name: "a VIP that is a host's address",
    edit: ['"192.168.80.188"', '"192.168.80.13"', '"192.168.80.13"'],
    code: "VIP_IS_HOST_ADDRESS",
    hint: /free address/,
  },
  {
    name: "a real server on another segment",
    edit: ['"address": "192.168.80.12/24"', '"address": "192.168.81.12/24"', '"192.168.81.12/24"'],
    code: "REAL_SERVER_OFF_SEGMENT",
    hint: /in 192\.168\.80\.0\/24,/,
  },
];

function edited(text: string, [right, wrong]: Mistake["edit"]): string {
  expect(text.split(right)).toHaveLength(2);
  return text.replace(right, wrong);
}

function placeOf(text: string, [, wrong, marked]: Mistake["edit"]): { line: number; column: number; length: number } {
  const offset = text.indexOf(wrong) + wrong.indexOf(marked);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1, length: marked.length };
}

describe.each(mistakes)("$name", ({ edit, code, hint }) => {
  test("is one error, at its place, with its remedy", async () => {
    const text = edited(example, edit);
    const { cluster, diagnostics } = await analyse(text);
    expect(cluster).toBeNull();
    const errors = diagnostics.filter(isError);
    // The share of web1 is not exported to another segment: a consequence that is an error of its own.
    const found = errors.filter((error) => error.code !== "MOUNT_NOT_ALLOWED");
    expect(found.map((error) => error.code)).toEqual([code]);
    expect(found[0]).toMatchObject(placeOf(text, edit));
    expect(found[0]?.hint).toMatch(hint);
  });
});

test("all of them at once are all reported", async () => {
  const text = mistakes.reduce((current, { edit }) => edited(current, edit), example);
  const { diagnostics } = await analyse(text);
  const found = diagnostics.filter(isError).map(({ code, line }) => `${code} ${line}`);
  const expected = mistakes.map(({ code, edit }) => `${code} ${placeOf(text, edit).line}`);
  // web1 is no real server any more when its reference is wrong, so that its segment is nobody's concern.
  expect(found).toEqual(expect.arrayContaining(expected.filter((one) => !one.startsWith("REAL_SERVER_OFF_SEGMENT"))));
});
