import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { clusterOf, type Run, runScript, scriptText } from "./script.ts";

/** The script, asking a server that is away from `from` to `to`, in milliseconds since it was asked first. */
async function during(
  args: readonly string[],
  { away = [], type = "http" }: { away?: readonly [number, number] | readonly []; type?: string } = {},
): Promise<Run> {
  const [from = Number.POSITIVE_INFINITY, to = Number.POSITIVE_INFINITY] = away;
  let begun = 0;
  const server: Server = createServer((_request, response) => response.end("here\n"));
  server.on("connection", (socket: Socket) => {
    begun ||= Date.now();
    const since = Date.now() - begun;
    if (since >= from && since < to) socket.resetAndDestroy();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.1.88", done));
  const { port } = server.address() as AddressInfo;
  const web = { name: "web", vip: "127.0.1.88", port, realservers: [{ host: "web1" }], check: { type, timeout: 1 } };
  try {
    return await runScript(scriptText(clusterOf([web])), args);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const told = ({ events }: Run) => events.find(({ event }) => event === "during");

describe.concurrent("--during", { timeout: 30_000 }, () => {
  test("nothing happens: no request fails, and the gap is the pace", async () => {
    const run = await during(["--json", "--during", "3"]);
    expect(run).toMatchObject({ code: 0, stderr: "", results: ["ok web"] });
    expect(told(run)).toMatchObject({ failed: 0 });
    expect(Number(told(run)?.["requests"])).toBeGreaterThan(4);
    expect(Number(told(run)?.["longest_gap_ms"])).toBeLessThan(2000);
  });

  test("a failover: how long nobody answered, and from when on", async () => {
    const run = await during(["--json", "--during", "6"], { away: [1500, 3500] });
    expect(run).toMatchObject({ code: 0, results: ["ok web"] });
    const { longest_gap_ms: gap, begins_ms: begins, failed } = told(run) ?? {};
    // Two seconds, as far as a busy machine keeps time.
    expect(Number(gap)).toBeGreaterThan(1400);
    expect(Number(gap)).toBeLessThan(5000);
    expect(Number(begins)).toBeGreaterThan(500);
    // How many were asked in these two seconds is the machine's matter.
    expect(Number(failed)).toBeGreaterThan(0);
  });

  test("longer than is allowed", async () => {
    const run = await during(["--during", "5", "--gap", "1"], { away: [1000, 3500] });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^not ok 1 - web: .*: longest gap [1-5]\.\d\d s, \d+ requests, \d+ failed$/m);
    expect(run.stdout).toContain("No answer for longer than 1 s (--gap).");
  });

  test("nobody comes back", async () => {
    const run = await during(["--during", "4", "--gap", "1"], { away: [500, 60_000] });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("Nobody has answered since. On each director: bash director.sh verify");
  });

  test("nobody was there", async () => {
    const run = await during(["--during", "2"], { away: [0, 60_000] });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("There was no answer at all");
  });

  test("connections", async () => {
    const run = await during(["--json", "--during", "2"], { type: "tcp" });
    expect(run).toMatchObject({ code: 0, results: ["ok web"] });
  });

  test("what cannot be asked so", async () => {
    const service = {
      name: "web",
      vip: "127.0.1.88",
      port: 9,
      realservers: [{ host: "web1" }],
      check: { type: "none" },
    };
    const run = await runScript(scriptText(clusterOf([service])), ["--during", "2"]);
    expect(run.code).toBe(64);
    expect(run.stderr).toContain("asks by http, https and tcp");
  });

  test.each([["0"], ["3601"], ["x"], [""]])("bounds: %s", async (value) => {
    expect((await during(["--during", value])).code).toBe(64);
  });
});
