// What is told of a run that did not come through, and how reports are called.
import { afterEach, describe, expect, test, vi } from "vitest";
import { complaintOf } from "../../../src/commands/rollout/complaints.ts";
import { reportName } from "../../../src/commands/rollout/words.ts";
import { hear, nextOf, type Run, type Task } from "../../../src/rollout/index.ts";
import { report, standing } from "../status/reports.ts";

const known = { host: "web1", others: new Set<string>(), isWaiting: true, isApplied: true, sums: null };
const confirm: Run = { script: "realserver.sh", command: "confirm", options: [], asks: false };

describe("a confirm that fails", () => {
  const hintOf = (code: number | null, states: readonly ReturnType<typeof standing>[]): string => {
    const heard = hear(report({ command: "confirm", code, events: states }).trimEnd().split("\n"));
    const cue = nextOf([confirm], confirm, heard, code, known);
    return cue.kind === "failed" ? cue.hint : cue.kind;
  };

  test("was too late where nothing waits any more", () => {
    expect(hintOf(1, [standing("closed")])).toBe("the host is as it was before the apply: run this again");
  });

  test.each<[string, number | null, readonly ReturnType<typeof standing>[]]>([
    ["was killed", null, []],
    ["waited for another run for too long", 75, []],
    ["did not get rid of the watchdog", 1, [standing("closed", "pending")]],
  ])("%s: nobody knows yet whether it goes back", (_, code, states) => {
    expect(hintOf(code, states)).toBe(
      "it is not confirmed: see bash realserver.sh status on the host, then run this again",
    );
  });
});

describe("a host that has left", () => {
  const asking: Run = { script: "realserver.sh", command: "uninstall", options: ["--dry-run"], asks: true };
  const runs = [asking, { ...asking, options: [], asks: false }];
  const cueFor = (meant: string, others: readonly string[], host: string, head: object = { undescribed: 1 }) => {
    const lines = report({ host, command: "uninstall", code: 2, head: { dry_run: 1, ...head } })
      .trimEnd()
      .split("\n");
    return nextOf(runs, asking, hear(lines), 2, { ...known, host: meant, others: new Set(others) }).kind;
  };

  test.each([
    ["web3", ["web1"], "web3"],
    ["web3", ["web1"], "web3.bank.local"],
    ["web3.bank.local", ["web1.bank.local"], "web3"],
    ["web3", ["web1"], "localhost.localdomain"],
    ["web3.a", ["web3.b"], "web3.a"],
  ])("is %s, beside %j, where it says %s", (meant, others, host) => {
    expect(cueFor(meant, others, host)).toBe("run");
  });

  test.each([
    ["web3", ["web1"], "web1"],
    ["web3", ["web1"], "web1.bank.local"],
    ["web3.bank.local", ["web1.bank.local"], "web1"],
    ["web3.a", ["web3.b"], "web3"],
  ])("may be another than %s, beside %j, where it says %s", (meant, others, host) => {
    expect(cueFor(meant, others, host)).toBe("failed");
  });

  test("is another one where it is described by that other name", () => {
    expect(cueFor("web3", [], "web9", {})).toBe("failed");
  });
});

describe("what ssh says", () => {
  test("is told as it is where it is not known, and says nothing of what was begun", () => {
    expect(complaintOf("kex: broken\nConnection closed by 10.0.0.3\n", 255, "web1").why).toBe(
      "Connection closed by 10.0.0.3",
    );
    expect(complaintOf("", 255, "web1").why).toBe("ssh ended with 255");
    expect(complaintOf("", null, "web1").why).toBe("ssh ended with a signal");
  });

  test("of a key that is another one now: the host of it is forgotten, and not a user", () => {
    const { hint } = complaintOf("@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\n", 255, "root@10.0.0.12");
    expect(hint).toContain("ssh-keygen -R 10.0.0.12, and ssh root@10.0.0.12 once by hand");
  });
});

describe("reports", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("of one host, one command and one moment have names of their own", () => {
    vi.useFakeTimers({ now: Date.parse("2026-11-29T06:30:00.123Z") });
    const task: Task = {
      step: 1,
      host: "web1",
      role: "realserver",
      action: "apply",
      script: "realserver.sh",
      bundle: "new",
    };
    const doctor: Run = { script: "doctor.sh", command: "doctor", options: [], asks: true };
    expect(reportName(task, doctor)).toBe("web1-doctor-doctor-20261129T063000123Z-1.jsonl");
    expect(reportName({ ...task, role: "nfs", step: 2 }, doctor)).not.toBe(reportName(task, doctor));
  });
});
