import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, copy, linesOf, type Operation, operate, parseOperation, type Table } from "./ipvs/table-model.ts";
import { largeCases, largeServer, largeService, largeTable, mixed, pairs } from "./ipvs/tables.ts";

/**
 * Reads cases (seconds to drain, number of services, then name, live state and described state of each) and answers with the lines of
 * each `ipvsadm -R` that the runtime would start, in their order; all NUL-terminated, an empty string ends a case.
 */
const driver = `
set -euo pipefail
source "$1/engine/words.sh"
source "$1/facts/table-lines.sh"
source "$1/facts/table-texts.sh"
small_table=\${2:-$small_table} # 0: everything by awk
source "$1/kinds/service-edits.sh"
source "$1/kinds/service-exchanges.sh"
finally() { :; }
restore_rules() { printf '%s\\0' "$1"; }
await_drained() { :; }
sleep() { :; }
count_active() { active=0 ending=0; }
next() { IFS= read -r -d '' "$1"; }
while next drain_seconds; do
  next count
  edits='' removals='' exchanges='' pauses='' paused=''
  for ((i = 0; i < count; i++)); do
    next key && next have && next want
    service_edits "$key" "$have" "$want"
  done
  edit_table
  printf '\\0'
done
`;

const runtime = fileURLToPath(new URL("../../templates/runtime", import.meta.url));

interface Case {
  readonly live: Table;
  readonly described: Table;
  readonly drainSeconds: number;
}

/** The runs of `ipvsadm -R` for each case, as operations. What is longer than `smallTable` bytes is compared by awk. */
function editScripts(cases: readonly Case[], { smallTable = "" } = {}): Operation[][][] {
  const input = cases.flatMap(({ live, described, drainSeconds }) => {
    const names = [...new Set([...live.keys(), ...described.keys()])];
    const changed = names.filter((name) => linesOf(live, name) !== linesOf(described, name));
    const fields = changed.flatMap((name) => [name, linesOf(live, name), linesOf(described, name)]);
    return [String(drainSeconds), String(changed.length), ...fields];
  });
  const { status, stdout, stderr } = spawnSync(
    process.env["BASH42"] ?? "bash",
    ["-c", driver, "driver", runtime, smallTable],
    {
      input: input.map((field) => `${field}\0`).join(""),
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const scripts: Operation[][][] = [];
  let runs: Operation[][] = [];
  for (const text of stdout.split("\0").slice(0, -1)) {
    if (text !== "") {
      expect(text.endsWith("\n")).toBe(true);
      runs.push(text.slice(0, -1).split("\n").map(parseOperation));
    } else {
      scripts.push(runs);
      runs = [];
    }
  }
  expect(scripts).toHaveLength(cases.length);
  return scripts;
}

const weightOf = (options: string) => / -w (\d+)/.exec(options)?.[1];
const without = (options: string | undefined) => options?.replace(/ -w \d+/, "");

/** An entry that goes over to DR from another method is taken out and put in again: connections of the old one leave with it. */
const exchanged = (had: string | undefined, wanted: string | undefined): boolean =>
  had !== undefined && wanted !== undefined && / -g /.test(wanted) && !/ -g /.test(had);

function checkCase({ live, described, drainSeconds }: Case, all: readonly (readonly Operation[])[]): void {
  const { rest: runs, table: changed } = checkExchanges({ live, described, drainSeconds }, all);
  expect(canonical(changed)).toEqual(canonical(described));
  checkEdits({ live: withExchanges(live, described), described, drainSeconds }, runs);
}

/** As it would be if what is exchanged had been so from the start. */
function withExchanges(live: Table, described: Table): Table {
  const table = copy(live);
  for (const [name, { servers }] of table) {
    for (const [server, options] of servers) {
      const wanted = described.get(name)?.servers.get(server);
      if (wanted !== undefined && exchanged(options, wanted)) servers.set(server, wanted);
    }
  }
  return table;
}

/** Takes the exchanges out of what is done, once they are proved; `table` is what all of it leads to. */
function checkExchanges({ live, described, drainSeconds }: Case, runs: readonly (readonly Operation[])[]) {
  const table = copy(live);
  const states = runs.map((run) => {
    for (const operation of run) operate(table, operation);
    return copy(table);
  });
  const isExchange = ({ service, server = "" }: Operation): boolean =>
    exchanged(live.get(service)?.servers.get(server), described.get(service)?.servers.get(server));
  const count = [...live].flatMap(([service, { servers }]) =>
    [...servers.keys()].filter((server) => isExchange({ verb: "e", service, server, options: "" })),
  ).length;
  const last = count > 0 ? runs.slice(-3) : [];
  expect(last.map((run) => run.map(({ verb }) => verb).join(""))).toEqual(
    count > 0 ? ["d", "a", "e"].map((verb) => verb.repeat(count)) : [],
  );
  for (const operation of last.flat()) {
    const wanted = described.get(operation.service)?.servers.get(operation.server ?? "");
    expect(isExchange(operation)).toBe(true);
    if (operation.verb === "e") expect(operation.options).toBe(wanted);
    if (operation.verb === "a") expect(weightOf(operation.options)).toBe("0");
    if (operation.verb === "a") expect(without(operation.options)).toBe(without(wanted));
  }
  const before = runs.slice(0, runs.length - last.length);
  const pauses = before.flat().filter(isExchange);
  for (const { verb, service, server = "", options } of pauses) {
    expect({ verb, drains: drainSeconds > 0, weight: weightOf(options) }).toEqual({
      verb: "e",
      drains: true,
      weight: "0",
    });
    expect(without(options)).toBe(without(live.get(service)?.servers.get(server)));
  }
  // New connections go to others while it is waited for, and where there are none it is not waited for.
  const waiting = states[before.length - 1] ?? live;
  for (const [service, { servers }] of waiting) {
    for (const [server, options] of servers) {
      if (!isExchange({ verb: "e", service, server, options })) continue;
      const others = [...(described.get(service)?.servers ?? [])].some(
        ([other, wanted]) =>
          weightOf(wanted) !== "0" && !isExchange({ verb: "e", service, server: other, options: wanted }),
      );
      const had = live.get(service)?.servers.get(server) ?? "";
      const rests = weightOf(described.get(service)?.servers.get(server) ?? "") === "0";
      expect(weightOf(options)).toBe(drainSeconds > 0 && (others || rests) ? "0" : weightOf(had));
    }
  }
  const rest = before.map((run) => run.filter((operation) => !isExchange(operation))).filter((run) => run.length > 0);
  return { rest, table };
}

function checkEdits({ live, described, drainSeconds }: Case, runs: readonly (readonly Operation[])[]): void {
  const operations = runs.flat();
  const table = copy(live);
  for (const operation of operations) operate(table, operation);
  expect(canonical(table)).toEqual(canonical(described));

  for (const { verb, service, server, options } of operations) {
    const [before, after] = [live.get(service), described.get(service)];
    if (server === undefined) {
      expect(before && after ? "E" : before ? "D" : "A").toBe(verb);
      expect(options).not.toBe(verb === "D" ? undefined : before?.options);
      continue;
    }
    const [had, wanted] = [before?.servers.get(server), after?.servers.get(server)];
    // What is equal is not touched, what can be edited is neither removed nor added.
    expect(had).not.toBe(wanted);
    if (had !== undefined && wanted !== undefined) expect(verb).toBe("e");
    if (verb === "e" && wanted === undefined) expect(weightOf(options)).toBe("0");
    if (verb === "e" && wanted !== undefined) expect(options).toBe(wanted);
  }

  // One ipvsadm carries it all; where connections get time to end, what removes comes in a second one.
  const removes = operations.some(({ verb }) => verb === "d" || verb === "D");
  expect(runs.length).toBeLessThanOrEqual(removes && drainSeconds > 0 ? 2 : 1);
  if (drainSeconds > 0) checkQuiesced(live, described, runs);
}

/** Before the removals begin, everything described stands already and whatever leaves has weight 0. */
function checkQuiesced(live: Table, described: Table, runs: readonly (readonly Operation[])[]): void {
  const table = copy(live);
  for (const operation of runs.flat().filter(({ verb }) => verb !== "d" && verb !== "D")) operate(table, operation);
  const firstRemoval = runs.flat().findIndex(({ verb }) => verb === "d" || verb === "D");
  if (firstRemoval < 0) return;
  expect(
    runs
      .flat()
      .slice(firstRemoval)
      .every(({ verb }) => verb === "d" || verb === "D"),
  ).toBe(true);
  for (const [name, { servers }] of table) {
    for (const [server, options] of servers) {
      const wanted = described.get(name)?.servers.get(server);
      if (wanted === undefined) expect(weightOf(options)).toBe("0");
      else expect(options).toBe(wanted);
    }
  }
}

test("the edits lead from any table to any other, touching nothing that is equal", () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(pairs, { minLength: 20, maxLength: 60 }), (drawn) => {
      const cases = drawn.map(({ live, other, keep, drainSeconds }, index) => ({
        live,
        described: index % 2 === 0 ? mixed(live, other, keep) : other,
        drainSeconds,
      }));
      const scripts = editScripts(cases);
      scripts.forEach((runs, index) => {
        checkCase(cases[index] as Case, runs);
      });
      if (compared < 200) expect(editScripts(cases, { smallTable: "0" })).toEqual(scripts);
      compared += cases.length;
    }),
    { numRuns: 30 },
  );
  expect(compared).toBeGreaterThanOrEqual(600);
}, 300_000);

test("a service of ten thousand real servers is edited where it differs, and nowhere else", () => {
  fc.assert(
    fc.property(largeCases, (cases) => {
      editScripts(cases).forEach((runs, index) => {
        checkCase(cases[index] as Case, runs);
      });
    }),
    { numRuns: 4 },
  );
  const live = largeTable(10_000);
  const described = copy(live);
  described.get(largeService)?.servers.set(largeServer(7_777), " -g -w 9 -x 1000 -y 800");
  expect(editScripts([{ live, described, drainSeconds: 30 }])).toEqual([
    [
      [
        {
          verb: "e",
          service: largeService,
          server: largeServer(7_777),
          options: " -g -w 9 -x 1000 -y 800",
        },
      ],
    ],
  ]);
}, 300_000);

test("equal tables need no ipvsadm at all", () => {
  fc.assert(
    fc.property(pairs, ({ live, drainSeconds }) => {
      expect(editScripts([{ live, described: copy(live), drainSeconds }])).toEqual([[]]);
    }),
    { numRuns: 5 },
  );
}, 300_000);
