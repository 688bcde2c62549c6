/** Reports as the scripts write them, for tests: `test/unit/scripts/report.test.ts` and `test/unit/status/scripts.test.ts` have real ones. */

export type Fields = Readonly<Record<string, string | number>>;

export interface Told {
  readonly host?: string;
  readonly role?: string;
  readonly command?: string;
  readonly cluster?: string;
  readonly time?: string;
  readonly bundle?: string;
  readonly code?: number | null;
  readonly head?: Fields;
  readonly events?: readonly Fields[];
}

export const sums = { this: "a".repeat(64), another: "b".repeat(64) };

let count = 0;

/** The lines of one run; `code: null` leaves its end out. */
export function report(told: Told = {}): string {
  const { host = "web1", role = "realserver", command = "check", cluster = "kgc", code = 0, events = [] } = told;
  const { time = "2026-11-20T10:00:00+00:00", bundle = sums.this, head = {} } = told;
  count += 1;
  const run = `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  const who = { run, host, machine: `m-${host}`, role, cluster, command, bundle, runtime: "c".repeat(64) };
  const first = { event: "run", ...who, lvsgen: "0.1.0", format: 1, root: "", only: "", dry_run: "", ...head, time };
  const last = code === null ? [] : [{ event: "end", code, seconds: 1, time }];
  return [first, ...events, ...last].map((event) => `${JSON.stringify(event)}\n`).join("");
}

export const pending = (name: string, detail = "absent"): Fields => resource("pending", name, detail);
export const failing = (name: string, detail = "it is gone"): Fields => resource("failed", name, detail);

function resource(result: string, name: string, detail: string): Fields {
  return { event: "resource", host: "web1", result, kind: "file", name, detail, time: "2026-11-20T10:00:00+00:00" };
}

export const standing = (state: string, confirm = "no", generation = 3): Fields => ({
  event: "standing",
  generation,
  started: 1795934914,
  by: "root",
  lvsgen: "0.1.0",
  sha256: sums.this,
  state,
  confirm,
});

export const manifest = (
  hosts: Readonly<Record<string, readonly string[]>> = { web1: ["realserver"] },
  cluster = "kgc",
): string =>
  JSON.stringify({
    generator: "lvsgen",
    version: "0.1.0",
    format: 1,
    cluster,
    hosts: Object.entries(hosts).map(([name, roles]) => ({ name, platform: "el7", roles })),
    files: ["director.sh", "realserver.sh", "nfs.sh", "doctor.sh"].map((path) => ({
      path,
      sha256: "d",
      sum: sums.this,
    })),
  });
