// Whatever lies in a file that calls itself a report: it is read, or named, and nothing ends the program.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readReport } from "../../../src/status/index.ts";
import { secondsOf } from "../../../src/status/time.ts";
import { failing, pending, report, standing } from "./reports.ts";

const whole = report({
  code: 2,
  events: [pending("/srv/b"), failing("/srv/c"), standing("closed"), { event: "drained", servers: "web1 web2" }],
});

describe("a report", () => {
  test("gives what status asks for", () => {
    const { runs, flaw } = readReport("p", whole);
    expect(flaw).toBeNull();
    expect(runs).toMatchObject([
      {
        path: "p",
        host: "web1",
        role: "realserver",
        command: "check",
        code: 2,
        differences: [
          { result: "pending", kind: "file", name: "/srv/b", detail: "absent" },
          { result: "failed", kind: "file", name: "/srv/c", detail: "it is gone" },
        ],
        standing: { generation: 3, isInterrupted: false, isUnconfirmed: false },
        drained: ["web1", "web2"],
      },
    ]);
  });

  test("several in one file, with line ends of DOS, and events and keys of later versions", () => {
    const later = report({ head: { more: "x" }, events: [{ event: "unheard-of", host: "x" }] });
    const { runs, flaw } = readReport("p", (whole + later).replaceAll("\n", "\r\n"));
    expect(flaw).toBeNull();
    expect(runs.map(({ code }) => code)).toEqual([2, 0]);
  });

  test("cut at any byte it is one that breaks off, or that breaks off in its first line", () => {
    const first = whole.indexOf("\n") + 1;
    for (let length = 1; length < whole.length; length += 1) {
      const { runs, flaw } = readReport("p", whole.slice(0, length));
      if (length < first)
        expect({ length, runs, kind: flaw?.kind }).toEqual({
          length,
          runs: [],
          kind: length < 14 ? "foreign" : "broken",
        });
      else expect({ length, code: runs[0]?.code, flaw }).toEqual({ length, code: null, flaw: null });
    }
  });

  test.each([
    ["", "broken", "is empty"],
    ["hello\n", "foreign", "is no report of lvsgen's"],
    ['{"some":"json"}\n', "foreign", "is no report of lvsgen's"],
    ["[1]\n", "foreign", "is no report of lvsgen's"],
    ['{"event":"end","code":0}\n', "foreign", "is no report of lvsgen's"],
    ['{"event":"run"}\n', "broken", "does not say who tells, or when"],
    [report({ head: { format: 2 } }), "broken", "is of format 2, and this lvsgen knows none above 1"],
    [report({ head: { format: "x" } }), "broken", "does not say in which format it is"],
    [report({ time: "yesterday" }), "broken", "does not say who tells, or when"],
    [report({ time: "2026-02-30T00:00:00+00:00" }), "broken", "does not say who tells, or when"],
  ])("%j is %s", (text, kind, why) => {
    expect(readReport("p", text)).toEqual({ runs: [], flaw: { path: "p", kind, why } });
  });

  test("a line that is none in the middle: what came before is a run that breaks off", () => {
    const [first = "", ...rest] = whole.split("\n");
    const { runs, flaw } = readReport("p", [first, "\0\0\0", ...rest].join("\n"));
    expect(runs).toMatchObject([{ code: null, differences: [] }]);
    expect(flaw).toMatchObject({ kind: "broken", why: "line 2 is not one that a script writes" });
  });

  test("many differences are counted, and few are kept; a long text is cut", () => {
    const events = Array.from({ length: 700 }, (_, index) => pending(`/f${index}`, "x".repeat(5000)));
    const [run] = readReport("p", report({ code: 2, events })).runs;
    expect(run).toMatchObject({ more: 200 });
    expect(run?.differences).toHaveLength(500);
    expect(run?.differences[0]?.detail).toHaveLength(2001);
  });

  test("bytes that changed on the way end nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [place, value] of changes) bytes[place] = value;
        const { runs, flaw } = readReport("p", bytes.toString("utf8"));
        expect(runs.length + (flaw === null ? 0 : 1)).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  test("values of any type end nothing", () => {
    const event = fc.record({
      event: fc.constantFrom("run", "resource", "standing", "drained", "end", "error", "test", "finding"),
      result: fc.oneof(fc.constant("failed"), fc.jsonValue()),
      level: fc.constant("stop"),
      ...Object.fromEntries(
        [
          "run",
          "role",
          "cluster",
          "command",
          "host",
          "format",
          "kind",
          "name",
          "detail",
          "servers",
          "code",
          "message",
          "check",
          "what",
          "only",
        ].map((key) => [key, fc.jsonValue()]),
      ),
      time: fc.constant("2026-11-20T10:00:00+00:00"),
    });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 5 }), (events) => {
        readReport("p", report() + events.map((one) => `${JSON.stringify(one)}\n`).join(""));
      }),
      { numRuns: 500 },
    );
  });
});

describe("time", () => {
  test("is what Date makes of it, on every day", () => {
    for (let seconds = -86_400 * 366; seconds < 86_400 * 366 * 140; seconds += 86_399) {
      const text = new Date(seconds * 1000).toISOString().replace(/\.000Z$/, "");
      expect(secondsOf(`${text}+00:00`)).toBe(seconds);
    }
  });

  test("with an offset", () => {
    expect(secondsOf("2026-11-20T18:00:00+08:00")).toBe(Date.parse("2026-11-20T10:00:00Z") / 1000);
    expect(secondsOf("2026-11-20T06:30:00-03:30")).toBe(Date.parse("2026-11-20T10:00:00Z") / 1000);
    expect(secondsOf("2026-11-20T10:00:00Z")).toBe(Date.parse("2026-11-20T10:00:00Z") / 1000);
  });

  test.each([
    "",
    "2026-11-20",
    "2026-13-01T00:00:00+00:00",
    "2025-02-29T00:00:00Z",
    "2026-11-20T24:00:00Z",
    "x2026-11-20T10:00:00Z",
  ])("%j is none", (text) => {
    expect(secondsOf(text)).toBeNull();
  });
});
