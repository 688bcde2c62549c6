import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { least, pages, rotation, visit, web1, web2, web3 } from "./site.ts";

const good = ["ok web", "ok web", "ok web"];
const untold = ["ok web", "skipped web", "skipped web"];
const few = ["--json", "--requests", "6"];
const rr = { scheduler: "rr" };

describe.concurrent("who answered is told by", () => {
  test("the described pages", async () => {
    const run = await visit({ schedule: rotation(0, 1), service: rr, args: ["--json"] });
    expect(run).toMatchObject({ code: 0, stderr: "", results: good, got: { web1: 10, web2: 10 } });
    expect(run.requests).toHaveLength(20);
  });

  test("the described pages alone, where the real servers are out of reach", async () => {
    const servers = [
      { ...web1, hidden: true },
      { ...web2, hidden: true },
    ];
    const run = await visit({ servers, schedule: rotation(1, 0), service: rr, args: few });
    expect(run).toMatchObject({ code: 0, results: good, got: { web1: 3, web2: 3 } });
  });

  test("what they answer at their own addresses", async () => {
    const run = await visit({ schedule: rotation(0, 1), service: rr, described: {}, args: few });
    expect(run).toMatchObject({ code: 0, results: good, got: { web1: 3, web2: 3 } });
  });

  test("described pages of some and asked ones of others", async () => {
    const servers = [{ ...web1, hidden: true }, web2];
    const run = await visit({
      servers,
      schedule: rotation(0, 1),
      service: rr,
      described: { web1: pages.web1 },
      args: few,
    });
    expect(run).toMatchObject({ code: 0, results: good, got: { web1: 3, web2: 3 } });
  });

  test("a header where all pages are alike", async () => {
    const servers = [web1, web2].map((server, index) => ({
      ...server,
      page: "all alike\n",
      headers: { "X-Served-By": `] $(touch pwned) "${index}` },
    }));
    const run = await visit({ servers, schedule: rotation(0, 1), service: rr, described: {}, args: few });
    expect(run).toMatchObject({ code: 0, results: good, got: { web1: 3, web2: 3 } });
  });

  test("a header where pages vary", async () => {
    let visits = 0;
    const servers = [web1, web2].map((server, index) => ({
      ...server,
      page: (response: ServerResponse) => response.end(`visit ${visits++}\n`),
      headers: { ETag: `"${index}"` },
    }));
    const run = await visit({ servers, schedule: rotation(0, 1), service: rr, described: {}, args: few });
    expect(run).toMatchObject({ code: 0, results: good, got: { web1: 3, web2: 3 } });
  });

  test("nothing where all is alike", async () => {
    const servers = [web1, web2].map((server) => ({ ...server, page: "all alike\n" }));
    const run = await visit({ servers, schedule: rotation(0, 1), service: rr, described: {}, args: few });
    expect(run).toMatchObject({ code: 0, results: untold });
  });

  test("nothing where the real servers are out of reach", async () => {
    const servers = [web1, web2].map((server) => ({ ...server, hidden: true }));
    const run = await visit({ servers, schedule: rotation(0, 1), service: rr, described: {}, args: few });
    expect(run).toMatchObject({ code: 0, results: untold });
  });

  test("the page that is there when it is not the described one", async () => {
    const servers = [web1, { ...web2, page: "edited by hand\n" }];
    const run = await visit({ servers, schedule: rotation(0, 1), service: rr, args: few });
    expect(run).toMatchObject({ code: 0, results: good, got: { web1: 3, web2: 3 } });
    expect(run.events.some(({ event, message }) => event === "note" && String(message).startsWith("web2 "))).toBe(true);
  });

  test("nobody when it is a page of no real server", async () => {
    const stranger = { address: "127.0.1.77", page: "who am I?\n" };
    const run = await visit({ servers: [web1, web2, stranger], schedule: rotation(0, 1, 2), service: rr, args: few });
    expect(run).toMatchObject({ code: 1, got: { web1: 2, web2: 2 } });
    expect(run.results[1]).toBe("failed web");
  });

  test("nobody for certain when a real server could not be asked", async () => {
    const servers = [web1, web2, { ...web3, hidden: true }];
    const service = { ...rr, realservers: [{ host: "web1" }, { host: "web2" }, { host: "web3" }] };
    const described = { web1: pages.web1, web2: pages.web2 };
    const run = await visit({ servers, schedule: rotation(0, 1, 2), service, described, args: few });
    expect(run).toMatchObject({ code: 0, results: ["ok web", "ok web", "skipped web"] });
  });
});

describe.concurrent("pages are data", () => {
  const hostile = [
    "$(touch pwned) `touch pwned` \"'\\ $HOME !! $IFS\nEND\nEND_2\n",
    "no line end",
    "CR\r\nLF\n",
    "-n -e * ? [a]\n",
    "\u202eright to left\u2066 ünïcödé\u0000".replace("\0", "\n"),
    "a".repeat(5000),
    "\n\n",
  ];
  test.each(hostile.map((page) => [page]))("%j", async (page) => {
    const described = { web1: page, web2: `${page}2` };
    const servers = [
      { ...web1, page: described.web1, hidden: true },
      { ...web2, page: described.web2, hidden: true },
    ];
    const run = await visit({
      servers,
      schedule: rotation(0, 1),
      service: rr,
      described,
      args: ["--json", "--requests", "2"],
    });
    expect(run).toMatchObject({ code: 0, stderr: "", results: good, got: { web1: 1, web2: 1 } });
  });

  test("every visible character of a path arrives", async () => {
    const visible = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => index + 0x21));
    const path = `/$(touch pwned)\`touch pwned\`/../{a,b}[1-3]/${visible}`.replaceAll(" ", "%20");
    const check = { type: "http", path, body: "web!" };
    const run = await visit({ schedule: rotation(0), service: { scheduler: "sh", check }, args: ["--requests", "1"] });
    expect(run).toMatchObject({ code: 0, stderr: "", results: good });
    expect(run.requests).toEqual([`GET ${path.replaceAll("#", "%23")}`]);
  });

  test("the wanted text of an answer", async () => {
    const text = "*[a] $(touch pwned) \\ \"'\nEND\n?";
    const servers = [
      { ...web1, page: `before ${text} after\n` },
      { ...web2, page: `before ${text} after, too\n` },
    ];
    const check = { type: "http", body: text };
    const run = await visit({ servers, schedule: rotation(0, 1), service: { ...rr, check }, described: {}, args: few });
    expect(run).toMatchObject({ code: 0, stderr: "", results: good });
  });
});

test("schedulers that count connections are shown open ones, which are closed at the end", async () => {
  let most = 0;
  const counting = (connection: number, open: readonly number[]) => {
    most = Math.max(most, (open[0] ?? 0) + (open[1] ?? 0));
    return least(3, 1)(connection, open);
  };
  const service = { scheduler: "sed", realservers: [{ host: "web1", weight: 3 }, { host: "web2" }] };
  const run = await visit({ schedule: counting, service });
  expect(run).toMatchObject({ code: 0, stderr: "", results: good });
  expect(most).toBeGreaterThanOrEqual(19);
});
