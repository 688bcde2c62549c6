import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { rotation, visit, web1, web2 } from "./site.ts";

const rr = { scheduler: "rr" };
const status = (code: number) => (response: ServerResponse) => {
  response.statusCode = code;
  response.end("this is benet web!\n");
};

describe.concurrent("a fault is found", () => {
  test("a real server is dead", async () => {
    const run = await visit({ schedule: rotation(0, null), service: rr, args: ["--json"] });
    expect(run).toMatchObject({
      code: 1,
      stderr: "",
      results: ["failed web", "ok web", "failed web"],
      got: { web1: 10, web2: 0 },
    });
    expect(run.requests).toHaveLength(10);
  });

  test("a real server answers with another status", async () => {
    const servers = [web1, { ...web2, page: status(503) }];
    const run = await visit({ servers, schedule: rotation(0, 1), service: rr, args: ["--json"] });
    expect(run).toMatchObject({ code: 1, results: ["failed web", "ok web", "failed web"], got: { web1: 10, web2: 0 } });
  });

  test("a redirection is no 200", async () => {
    const check = { type: "http", status: 200 };
    const servers = [{ ...web1, page: status(302) }];
    const run = await visit({ servers, schedule: rotation(0), service: { check }, args: ["--requests", "2"] });
    expect(run).toMatchObject({ code: 1, results: ["failed web", "skipped web", "skipped web"] });
  });

  test("a text is missing", async () => {
    const check = { type: "http", body: "kgc" };
    const run = await visit({ schedule: rotation(0, 1), service: { ...rr, check } });
    expect(run).toMatchObject({ code: 1, results: ["failed web", "ok web", "failed web"] });
  });

  test("a real server is slow: each request has its time", async () => {
    const servers = [web1, { ...web2, page: () => {} }];
    const args = ["--timeout", "1", "--requests", "2"];
    const run = await visit({ servers, schedule: rotation(0, 1), service: rr, args });
    expect(run.results[0]).toBe("failed web");
    expect(run.code).toBe(1);
  });

  test("nothing answers: three requests are enough", async () => {
    const run = await visit({ schedule: rotation(null), service: rr, args: ["--quiet"] });
    expect(run).toMatchObject({ code: 1, stderr: "", results: ["failed web"] });
    // A fourth may ask why.
    expect(run.connections).toBeLessThanOrEqual(4);
    expect(run.lines.at(-1)).toBe("client-test: ok=0 failed=1 skipped=3");
  });

  test("the service is not there", async () => {
    const run = await visit({ schedule: rotation(0), service: { ...rr, vip: "127.0.1.99" } });
    expect(run).toMatchObject({ code: 1, stderr: "", results: ["failed web", "skipped web", "skipped web"] });
    // What the real servers say themselves is what tells a broken server from a broken director.
    for (const name of ["web1", "web2"]) {
      expect(run.lines.some((line) => line.startsWith("#   ") && line.includes(`${name} (`))).toBe(true);
    }
  });
});

describe.concurrent("without HTTP", () => {
  test("tcp: connections are made, and who accepted them is not asked", async () => {
    const service = { ...rr, check: { type: "tcp" } };
    const run = await visit({ schedule: rotation(0, 1), service, args: ["--requests", "4"] });
    expect(run).toMatchObject({ code: 0, stderr: "", results: ["ok web"], requests: [] });
  });

  test("tcp: a refused connection", async () => {
    const service = { ...rr, vip: "127.0.1.99", check: { type: "tcp" } };
    const run = await visit({ schedule: rotation(0), service });
    expect(run).toMatchObject({ code: 1, stderr: "", results: ["failed web"] });
  });

  test("udp: a refused datagram", async () => {
    const service = { ...rr, protocol: "udp", vip: "127.0.1.99", check: { type: "udp" } };
    const run = await visit({ schedule: rotation(0), service });
    expect(run).toMatchObject({ code: 1, stderr: "", results: ["failed web"] });
  });

  test("no check, no question", async () => {
    const run = await visit({ schedule: rotation(0), service: { ...rr, check: { type: "none" } } });
    expect(run).toMatchObject({ code: 0, stderr: "", results: ["skipped web"], requests: [] });
  });
});

test("IPv6", async () => {
  const service = { ...rr, vip: "::1" };
  const run = await visit({ vip: "::1", schedule: rotation(0, 1), service, args: ["--json", "--requests", "4"] });
  expect(run).toMatchObject({
    code: 0,
    stderr: "",
    results: ["ok web", "ok web", "ok web"],
    got: { web1: 2, web2: 2 },
  });
});
