// What a script remembers of its applies, and what it says that a rollback would do.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bash, bundleOf, inDirectory, tree, writeBundle } from "./bundle.ts";

const described = (content: string) => ({
  version: 1,
  name: "m",
  defaults: { platform: "el7", interface: "ens33" },
  hosts: {
    lvs1: { address: "192.168.80.10/24" },
    h1: {
      address: "192.168.80.12/24",
      files: [{ path: "/srv/b", content }, ...(content === "one\n" ? [{ path: "/srv/only there", content }] : [])],
    },
  },
  directors: ["lvs1"],
  services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "h1" }] }],
});
const bundles = { one: await bundleOf(described("one\n")), two: await bundleOf(described("two\n")) };

interface Host {
  /** A run of the script of a bundle on a tree of its own; who calls sudo is in `env`. */
  readonly run: (bundle: "one" | "two", words: string, env?: object) => { status: number | null; output: string };
  readonly directory: string;
}

function onHost(use: (host: Host) => void): void {
  inDirectory((directory) => {
    for (const [name, bundle] of Object.entries(bundles)) writeBundle(bundle, join(directory, name));
    mkdirSync(join(directory, "r/etc"), { recursive: true });
    writeFileSync(join(directory, "r/etc/os-release"), 'ID="centos"\nVERSION_ID="7"\n');
    use({
      directory,
      run: (bundle, words, env = {}) => {
        // The lock is this machine's, also for a tree: others may test here as well.
        const waits = /^(?:apply|rollback|uninstall)\b/.test(words) ? ["--wait", "100"] : [];
        const line = [`${bundle}/realserver.sh`, ...words.split(" "), ...waits, "--root", "r", "--host", "h1"];
        const { SUDO_USER: _, SUDO_UID: __, ...plain } = process.env;
        const { status, stdout, stderr } = spawnSync(bash, line, {
          cwd: directory,
          encoding: "utf8",
          env: { ...plain, ...env },
        });
        return { status, output: stdout + stderr };
      },
    });
  });
}

const alice = { SUDO_USER: "CORP\\alice", SUDO_UID: "1000" };

test("history: each apply that changed something, by whom, from which script, and what became of each thing", () => {
  onHost(({ directory, run }) => {
    expect(run("one", "history")).toEqual({ status: 0, output: "no apply has changed anything here\n" });
    expect(run("one", "apply", alice).status).toBe(0);
    expect(run("one", "apply", alice).output).toContain("changed=0");
    expect(run("two", "apply", { SUDO_USER: "no name", SUDO_UID: "1001" }).status).toBe(0);
    const { status, output } = run("two", "history");
    expect(status).toBe(0);
    const generations = output.match(/^generation .*$/gm) ?? [];
    const sums = ["two", "one"].map(
      (bundle) => /lvsgen_sum=([0-9a-f]{12})/.exec(readFileSync(join(directory, bundle, "realserver.sh"), "utf8"))?.[1],
    );
    expect(generations).toEqual([
      expect.stringMatching(
        new RegExp(
          `^generation 2 {2}[-0-9]+ [:0-9]+ {2}by uid:1001 {2}lvsgen \\S+ {2}script ${sums[0]} {2}\\(in force\\)$`,
        ),
      ),
      expect.stringMatching(
        new RegExp(`^generation 1 {2}[-0-9]+ [:0-9]+ {2}by CORP\\\\alice {2}lvsgen \\S+ {2}script ${sums[1]}$`),
      ),
    ]);
    const [second = "", first = ""] = output.split(/^generation 1 .*$/m);
    expect(second).toContain("\n  changed   file /srv/b\n");
    expect(second).toContain("\n  given up  file /srv/only there\n");
    expect(first).toContain("\n  new       file /srv/only there\n");
    expect(output).toMatch(
      /rollback --to NUMBER; it leads to any number above, and to 0: as before the first apply\n$/,
    );
  });
});

test("history --json: a generation an object, and a change an object", () => {
  onHost(({ run }) => {
    run("one", "apply", alice);
    const events = run("one", "history --json")
      .output.trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ event: "run", host: "h1", command: "history" });
    expect(events[1]).toMatchObject({ event: "generation", number: 1, by: "CORP\\alice", state: "in force" });
    expect(events).toContainEqual(
      expect.objectContaining({ event: "change", generation: 1, kind: "file", name: "/srv/only there", became: "new" }),
    );
  });
});

test("rollback --to leads to what history shows, and --dry-run says what it does and writes nothing", () => {
  onHost(({ directory, run }) => {
    run("one", "apply");
    const before = tree(join(directory, "r/srv"));
    run("two", "apply");
    const state = tree(directory);
    const said = run("two", "rollback --to 1 --dry-run");
    expect(said.status).toBe(2);
    expect(said.output).toContain("pending  file /srv/b  (as it was before)\n");
    expect(said.output).toContain("pending=2 kept=0 failed=0");
    expect(run("two", "uninstall --dry-run").output).toContain("pending  file /srv/b  (it goes)\n");
    expect(tree(directory)).toEqual(state);
    expect(run("two", "rollback --to 1").status).toBe(0);
    expect(tree(join(directory, "r/srv"))).toEqual(before);
    expect(run("two", "history").output.match(/^generation \d+/gm)).toEqual(["generation 1"]);
    expect(run("two", "apply --dry-run")).toMatchObject({ status: 64 });
  });
});

test("history tells of an apply that was interrupted, and of generations that are not kept", () => {
  onHost(({ directory, run }) => {
    run("one", "apply");
    const file = join(directory, "r/var/lib/lvsgen/m/realserver/generations/0001");
    writeFileSync(file, readFileSync(file, "utf8").replace(/end\n$/, ""));
    expect(run("one", "history").output).toContain("(interrupted: apply again, or rollback)");
    for (let n = 0; n < 6; n += 1) {
      run("two", "apply");
      run("one", "apply");
    }
    expect(run("one", "history").output).toMatch(
      /leads to any number above, and to 2: as it was before generation 3\n$/,
    );
  });
});

test("what a newer lvsgen wrote is refused by every command, and what an older one wrote is read", () => {
  onHost(({ directory, run }) => {
    run("one", "apply");
    const file = join(directory, "r/var/lib/lvsgen/m/realserver/generations/0001");
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^generation 0001 .* format=1 /);
    // Another role's, too: they hand each other what they give up.
    const others = join(directory, "r/var/lib/lvsgen/other/nfs/generations");
    mkdirSync(others, { recursive: true, mode: 0o700 });
    writeFileSync(
      join(others, "0001"),
      "generation 0001 boot=x started=1 sha256=0 format=2 lvsgen=9.0.0 by=root\nend\n",
    );
    const state = tree(directory);
    for (const command of [
      "apply",
      "check",

      "rollback",
      "uninstall",
      "history",
      "rollback --dry-run",
    ]) {
      const { status, output } = run("two", command);
      expect({ command, status }).toEqual({ command, status: 69 });
      expect(output).toContain("other/nfs/generations/0001 is of format 2, and this script");
    }
    expect(tree(directory)).toEqual(state);
    writeFileSync(join(others, "0001"), "generation 0001 boot=x started=1 sha256=0\nend\n");
    writeFileSync(file, text.replace(/ format=1 .*/, ""));
    expect(run("two", "history").output).toMatch(
      /^generation 1 {2}[-0-9]+ [:0-9]+ {2}script [0-9a-f]{12} {2}\(in force\)$/m,
    );
    expect(run("two", "apply").status).toBe(0);
    expect(run("two", "uninstall").status).toBe(0);
  });
});
