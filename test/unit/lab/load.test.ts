/** The words of a load come whole, or it is seen that they do not. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isWhole, read } from "../../lab/proofs/load.ts";

const program = join(import.meta.dirname, "../../lab/proofs/load.pl");
const directory = mkdtempSync(join(tmpdir(), "load-"));
let server: Server;

beforeAll(async () => {
  server = createServer((_, response) => response.end("a page of three words\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

function load(
  text: string,
  words: readonly (string | number)[],
): Promise<{ code: number | null; out: string; err: string }> {
  const file = join(directory, "load.pl");
  writeFileSync(file, text);
  const child = spawn("perl", [
    file,
    "127.0.0.1",
    String((server.address() as AddressInfo).port),
    ...words.map(String),
  ]);
  const told = { out: "", err: "" };
  child.stdout.on("data", (data) => (told.out += data));
  child.stderr.on("data", (data) => (told.err += data));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...told })));
}

const source = readFileSync(program, "utf8");
const stop = join(directory, "stop");
writeFileSync(stop, "");

test("four workers that end together have all told what they have seen", async () => {
  for (let round = 0; round < 10; round++) {
    const { code, out, err } = await load(source, [2, 2, 0, 10, stop, 40]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(isWhole(out)).toBe(true);
    const { requests, failures, pages } = read(out);
    expect({ requests, failures }).toEqual({ requests: 40, failures: [] });
    expect(pages).toEqual(new Map([["a page of three words", 40]]));
  }
});

test("failed requests are told, in a line each", async () => {
  server.once("connection", (socket) => socket.destroy());
  const { out } = await load(source, [1, 0, 0, 10, stop, 3]);
  expect(isWhole(out)).toBe(true);
  expect(read(out).failures).toHaveLength(1);
});

test("a worker that ends untold is an error", async () => {
  const silent = source.replace("  my $told = sprintf", "  exit 0 if $requests == 10;\n  my $told = sprintf");
  expect(silent).not.toBe(source);
  const { code, out, err } = await load(silent, [4, 0, 0, 10, stop, 40]);
  expect(code).not.toBe(0);
  expect(err).toBe("4 workers ended before they told what they have seen\n");
  expect(isWhole(out)).toBe(false);
});

test("words that are short by a line are seen to be so", async () => {
  const { out } = await load(source, [4, 0, 0, 10, stop, 40]);
  const lines = out.trimEnd().split("\n");
  for (const index of lines.keys())
    expect(isWhole(`${lines.filter((_, other) => other !== index).join("\n")}\n`), lines[index]).toBe(false);
  expect(isWhole(out.slice(0, -1))).toBe(false);
  expect(isWhole("")).toBe(false);
});
