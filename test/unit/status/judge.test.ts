// What the reports of a role come to, one after another.
import { describe, expect, test } from "vitest";
import { overview, readExpected, readReport, resultOf } from "../../../src/status/index.ts";
import { failing, manifest, pending, report, standing, sums, type Told } from "./reports.ts";

const expected = readExpected(manifest(), () => null);
const now = Date.parse("2026-11-21T10:00:00Z") / 1000;
const at = (hour: number): string => `2026-11-20T${String(hour).padStart(2, "0")}:00:00+00:00`;

/** The row of web1 after these runs, an hour apart, with what it says in its reasons. */
function rowAfter(runs: readonly Told[], question: { olderThan?: number; expected?: typeof expected } = {}) {
  const texts = runs.map((told, hour) => readReport(`r${hour}`, report({ time: at(hour), ...told })));
  const seen = overview(
    texts.flatMap(({ runs }) => runs),
    { expected, now, olderThan: null, ...question },
  );
  const [row] = seen.rows;
  return { state: row?.state, bundle: row?.bundle, said: row?.reasons.join("; "), row, code: resultOf(seen, true) };
}

const check: Told = { command: "check" };
const apply: Told = { command: "apply" };
const verify: Told = { command: "verify" };
const differs: Told = { command: "check", code: 2, events: [pending("/srv/b"), pending("/srv/c")] };

describe("states", () => {
  test.each<[string, readonly Told[], string, string]>([
    ["nothing", [], "never-seen", ""],
    ["a check that finds nothing", [check], "as-described", ""],
    ["an apply", [apply], "as-described", ""],
    ["a check that finds something", [differs], "pending", "check found 2 to change"],
    ["an apply since", [differs, apply], "as-described", ""],
    ["a check that finds something after an apply", [apply, differs], "pending", "check found 2 to change"],
    ["an apply that failed", [{ ...apply, code: 1, events: [failing("/srv/b")] }], "failed", "apply: 1 failed"],
    [
      "a verify that found a fault",
      [apply, { ...verify, code: 1, events: [failing("x")] }],
      "failed",
      "verify: 1 failed",
    ],
    [
      "a check does not take back what verify found",
      [{ ...verify, code: 1, events: [failing("x")] }, check],
      "failed",
      "verify: 1 failed",
    ],
    ["another verify does", [apply, { ...verify, code: 1, events: [failing("x")] }, verify], "as-described", ""],
    ["an apply does", [{ ...verify, code: 1, events: [failing("x")] }, apply], "as-described", ""],
    ["a verify does not take back what check found", [differs, verify], "pending", "check found 2 to change"],
    ["verify alone", [verify], "as-described", "verify alone: its files were not compared"],
    [
      "why a run ended",
      [{ ...apply, code: 69, events: [{ event: "error", code: 69, message: "no ipvsadm here" }] }],
      "failed",
      "apply: no ipvsadm here",
    ],
    [
      "a run without an end",
      [apply, { ...check, code: null }],
      "failed",
      "the report of check breaks off: it was killed, or its disk was full",
    ],
    [
      "an apply that stands half way",
      [{ ...differs, events: [pending("x"), standing("interrupted")] }],
      "failed",
      "an apply was interrupted: apply again, or rollback; check found 1 to change",
    ],
    ["an apply that is at work", [apply, { command: "status", events: [standing("running")] }], "as-described", ""],
    [
      "one that waits",
      [{ ...apply, events: [standing("closed", "pending")] }],
      "confirm-pending",
      "an apply with --confirm waits to be confirmed",
    ],
    [
      "one that was confirmed",
      [
        { ...apply, events: [standing("closed", "pending")] },
        { command: "confirm", events: [standing("closed")] },
      ],
      "as-described",
      "",
    ],
    [
      "one whose time was over: the watchdog writes no report",
      [
        { ...apply, events: [standing("closed", "pending", 2)] },
        { ...verify, events: [standing("closed", "pending", 2)] },
        { command: "confirm", code: 1, events: [standing("closed", "no", 1)] },
      ],
      "pending",
      "what was applied went back",
    ],
    [
      "an apply after it went back",
      [
        { ...apply, events: [standing("closed", "pending", 2)] },
        { command: "status", events: [standing("closed", "no", 1)] },
        { ...apply, events: [standing("closed", "no", 2)] },
        { command: "status", events: [standing("closed", "no", 2)] },
      ],
      "as-described",
      "",
    ],
    [
      "who is drained",
      [apply, { command: "drain", events: [{ event: "drained", servers: "web1 web2" }] }],
      "drained",
      "out of rotation: web1, web2",
    ],
    [
      "who is back",
      [
        { command: "drain", events: [{ event: "drained", servers: "web1" }] },
        { ...check, events: [{ event: "drained", servers: "" }] },
      ],
      "as-described",
      "",
    ],
    ["a rollback", [apply, { command: "rollback" }], "pending", "was rolled back"],
    ["an uninstall", [apply, { command: "uninstall" }], "pending", "was uninstalled"],
    ["an apply after that", [{ command: "uninstall" }, apply], "as-described", ""],
    [
      "what only shows",
      [{ command: "status" }, { command: "history" }],
      "never-seen",
      "no apply, check or verify among its reports",
    ],
    [
      "what says nothing of the host",
      [apply, { ...check, code: 75 }, { ...check, code: 77 }, { ...check, code: 64 }],
      "as-described",
      "",
    ],
    [
      "nothing else than that",
      [{ ...check, code: 75, events: [{ event: "error", code: 75, message: "another run" }] }],
      "failed",
      "could not be asked: another run",
    ],
    ["an image", [{ ...check, head: { root: "/mnt" } }], "never-seen", ""],
    ["what a rollback would do", [apply, { command: "rollback", code: 2, head: { dry_run: 1 } }], "as-described", ""],
    [
      "some kinds alone prove nothing",
      [differs, { ...check, head: { only: "file" } }],
      "pending",
      "check found 2 to change",
    ],
    [
      "and are a fault all the same",
      [apply, { ...differs, head: { only: "file" } }],
      "pending",
      "check found 2 to change",
    ],
  ])("%s", (_, runs, state, said) => {
    expect(rowAfter(runs)).toMatchObject({ state, said });
  });

  test("by time, whatever the order of files, and each run once, in its whole copy", () => {
    const old = report({ ...differs, time: at(1) });
    const new_ = report({ ...apply, time: at(2) });
    const cut = new_.slice(0, new_.indexOf("\n") + 1);
    for (const texts of [
      [old, new_],
      [new_, old],
      [cut, new_, old],
      [new_, cut, old, old],
    ]) {
      const runs = texts.flatMap((text, index) => readReport(`${index}`, text).runs);
      const { rows } = overview(runs, { expected, now, olderThan: null });
      expect(rows).toMatchObject([{ state: "as-described", seen: at(2) }]);
    }
  });

  test("of one second, by how long the machine was up", () => {
    const up = (uptime: string): Told => ({ time: at(1), head: { uptime } });
    expect(
      rowAfter([
        { ...differs, ...up("100.50") },
        { ...apply, ...up("99.75") },
      ]).state,
    ).toBe("pending");
    expect(
      rowAfter([
        { ...apply, ...up("100.50") },
        { ...differs, ...up("99.75") },
      ]).state,
    ).toBe("as-described");
  });

  test("older than some days, which does not hide what is worse", () => {
    const old = { time: "2026-11-10T10:00:00+00:00" };
    expect(rowAfter([{ ...check, ...old }]).state).toBe("as-described");
    expect(rowAfter([{ ...check, ...old }], { olderThan: 11 }).state).toBe("as-described");
    expect(rowAfter([{ ...check, ...old }], { olderThan: 10 })).toMatchObject({
      state: "old",
      said: "last reported 11 days ago",
      code: 1,
    });
    expect(rowAfter([{ ...differs, ...old }], { olderThan: 3 })).toMatchObject({ state: "pending", code: 1 });
    // What only shows does not make it younger.
    expect(rowAfter([{ ...check, ...old }, { command: "status" }], { olderThan: 3 }).state).toBe("old");
  });

  test("a clock that is ahead is told", () => {
    expect(rowAfter([{ ...check, time: "2027-01-01T00:00:00+00:00" }]).said).toBe("its clock is ahead");
  });
});

describe("the bundle", () => {
  test("this one, or another, by the newest report", () => {
    expect(rowAfter([check])).toMatchObject({ bundle: "this", code: 0 });
    const other = { bundle: sums.another };
    expect(rowAfter([{ ...apply, ...other }])).toMatchObject({
      bundle: "another",
      state: "pending",
      said: "reports of another bundle than this one",
    });
    expect(rowAfter([{ ...apply, ...other }, check])).toMatchObject({ bundle: "this", state: "as-described" });
    expect(rowAfter([{ ...apply, ...other }], { expected: null })).toMatchObject({
      bundle: "unknown",
      state: "as-described",
    });
  });

  test("another where the report that decides is, whatever this one's script showed since", () => {
    const other = { bundle: sums.another };
    for (const command of ["status", "verify", "confirm"])
      expect(rowAfter([{ ...apply, ...other }, { command }])).toMatchObject({
        bundle: "another",
        state: "pending",
        row: { sum: sums.another },
        said: "apply was by a script of another bundle: run the check of this one's",
      });
    expect(rowAfter([{ ...apply, ...other }, check, { command: "status" }])).toMatchObject({
      bundle: "this",
      state: "as-described",
    });
    expect(rowAfter([apply, { command: "status", bundle: "" }]).bundle).toBe("unknown");
    expect(rowAfter([{ ...apply, bundle: "" }, { command: "status" }]).bundle).toBe("unknown");
  });

  test("this one too by the script of a host's own folder", () => {
    const { files, ...rest } = JSON.parse(manifest());
    const own = { path: "hosts/web1/realserver.sh", sha256: "d", sum: sums.another };
    const text = JSON.stringify({ ...rest, files: [...files, own] });
    const expected = readExpected(text, () => null);
    expect(rowAfter([{ ...check, bundle: sums.another }], { expected }).bundle).toBe("this");
    expect(rowAfter([check], { expected }).bundle).toBe("this");
    expect(rowAfter([{ ...check, bundle: "e".repeat(64) }], { expected }).bundle).toBe("another");
  });

  test("a manifest without sums: the scripts beside it have them", () => {
    const { files: _, ...rest } = JSON.parse(manifest());
    const text = JSON.stringify({ ...rest, files: [{ path: "realserver.sh", sha256: "d" }] });
    const heads = (script: string) =>
      `#!/bin/bash\n{ #\nlvsgen_sum=${script === "realserver.sh" ? sums.another : ""} # of\n`;
    expect(rowAfter([check], { expected: readExpected(text, heads) }).bundle).toBe("another");
    expect(rowAfter([check], { expected: readExpected(text, () => null) }).bundle).toBe("unknown");
  });

  test.each([
    "",
    "{",
    "[]",
    "null",
    '{"generator":"lvsgen"}',
    '{"generator":"x","cluster":"kgc","hosts":[],"files":[]}',
  ])("no manifest: %s", (text) => {
    expect(readExpected(text, () => null)).toBeNull();
  });

  test("each role of each host is asked for, but clients; what is described no longer is to go", () => {
    const wanted = readExpected(
      manifest({ web10: ["realserver", "nfs"], web2: ["realserver"], pc: ["client"] }),
      () => null,
    );
    const gone = [
      report({ host: "web9", command: "apply" }),
      report({ host: "web8", command: "apply", time: at(1) }) +
        report({ host: "web8", command: "uninstall", time: at(2) }),
      report({ host: "", role: "client", command: "test" }),
    ];
    const runs = gone.flatMap((text, index) => readReport(`${index}`, text).runs);
    const { rows, counts } = overview(runs, { expected: wanted, now, olderThan: null });
    expect(rows.map(({ host, role, state }) => [host, role, state])).toEqual([
      ["m-", "client", "as-described"],
      ["web2", "realserver", "never-seen"],
      ["web9", "realserver", "pending"],
      ["web10", "nfs", "never-seen"],
      ["web10", "realserver", "never-seen"],
    ]);
    expect(rows[2]?.reasons).toEqual(["this bundle does not describe it"]);
    expect(counts).toMatchObject({ "never-seen": 3, pending: 1, "as-described": 1, failed: 0 });
  });

  test("other clusters are counted, and shown where no bundle is asked about", () => {
    const { runs } = readReport("x", report({ cluster: "other" }) + report({}));
    const asked = overview(runs, { expected, now, olderThan: null });
    expect(asked.rows.map(({ cluster }) => cluster)).toEqual(["kgc"]);
    expect(asked.others).toEqual([{ cluster: "other", runs: 1 }]);
    expect(overview(runs, { expected: null, now, olderThan: null }).rows.map(({ cluster }) => cluster)).toEqual([
      "kgc",
      "other",
    ]);
  });

  test("what doctor said before an apply that came through is past", () => {
    const doctor = (hour: number) =>
      report({
        role: "doctor",
        command: "doctor",
        code: 1,
        time: at(hour),
        events: [{ event: "finding", level: "stop", check: "kernel", what: "too old" }],
      });
    const states = (...texts: string[]) =>
      overview(
        texts.flatMap((text) => readReport("x", text).runs),
        { expected, now, olderThan: null },
      ).rows.map(({ role, state }) => `${role} ${state}`);
    expect(states(doctor(1))).toEqual(["doctor failed", "realserver never-seen"]);
    expect(states(doctor(1), report({ command: "apply", time: at(2) }))).toEqual(["realserver as-described"]);
    for (const head of [{ root: "/mnt" }, { only: "file" }, { dry_run: 1 }])
      expect(states(doctor(1), report({ command: "apply", time: at(2), head }))).toContain("doctor failed");
    expect(states(doctor(3), report({ command: "apply", time: at(2) }))).toEqual([
      "doctor failed",
      "realserver as-described",
    ]);
  });
});

test("exit codes are those of monitoring: the worst of all rows, and 1 where a report is broken", () => {
  const codeOf = (texts: readonly string[], isWhole = true) =>
    resultOf(
      overview(
        texts.flatMap((text) => readReport("x", text).runs),
        { expected: null, now, olderThan: null },
      ),
      isWhole,
    );
  expect(codeOf([])).toBe(3);
  expect(codeOf([report()])).toBe(0);
  expect(codeOf([report()], false)).toBe(1);
  expect(codeOf([report(), report({ host: "web2", ...differs })])).toBe(1);
  expect(
    codeOf([report({ host: "web2", ...differs }), report({ host: "web3", command: "apply", code: 1 })], false),
  ).toBe(2);
});
