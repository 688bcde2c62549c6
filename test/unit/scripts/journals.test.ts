// A host has the journal of whatever lvsgen ran there before: it leads back all the same.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { bash, inDirectory, textOf } from "./bundle.ts";

const { bundle } = await compile(readFileSync(join(import.meta.dirname, "../../../examples/kgc.json"), "utf8"));
if (bundle === null) throw new Error("the example is not accepted");
const runtimeOf = (role: string): string =>
  textOf(bundle, `${role}.sh`)
    .replace(/^.*?\n# Part 3 of 3[^\n]*\n/s, "")
    .replace(/main "\$@"\n$/, "");

/** Kinds that lvsgen 0.1 could record, in every role and beside them in each. */
const common =
  "package module sysctl file directory block setting mount unit pulled firewall selinux boolean holds".split(" ");
const recorded = {
  director: "backend networkd address mode netfilter service timeouts drained".split(" "),
  realserver: "backend networkd address mode route fou".split(" "),
  nfs: ["export"],
};

/** Runs bash over a role's runtime. */
function ask(role: string, directory: string, program: string): string {
  writeFileSync(join(directory, "runtime"), runtimeOf(role));
  const prelude = `set -Eeuo pipefail; shopt -s extglob; cluster=kgc role=${role} script=test lvsgen_sum=0; source ./runtime; root='' state_home=$PWD/state state_dir=$PWD/state/kgc/${role}\n`;
  const { status, stdout, stderr } = spawnSync(bash, ["-c", prelude + program], { cwd: directory, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

test.each(Object.entries(recorded))("%s.sh puts back every kind that it could record before", (role, own) => {
  inDirectory((directory) => {
    const names = [...common, ...own].join(" ");
    const missing = ask(
      role,
      directory,
      `for kind in ${names}; do for beat in probe set; do is_function "\${kind}_$beat" || echo "\${kind}_$beat"; done; done`,
    );
    expect(missing).toBe("");
  });
});

const line = (...words: readonly string[]): string => `${[...words, "."].join("\t")}\n`;

test("who is older in a journal of lvsgen 0.1 is so still", () => {
  const base = [
    "base 3\n",
    line("file", "/etc/a", "=saved 0001.1"),
    line("handed", "3 directory /srv/b", "=absent"),
    line("laterof", "3 directory /srv/b", "=kgc/realserver"),
    line("later", "file /etc/a", "=kgc/nfs"),
    line("later", "file /etc/a", "=kgc/realserver"),
    line("wrote", "/etc/a", "=00"),
  ];
  const generation = [
    "generation 0004 boot=x started=1 sha256=0\n",
    line("sysctl", "net.ipv4.ip_forward", "=0"),
    line("later", "sysctl net.ipv4.ip_forward", "=kgc/nfs"),
    line("unit", "httpd", "=disabled inactive"),
    "end\n",
  ];
  inDirectory((directory) => {
    const state = join(directory, "state/kgc/director");
    mkdirSync(join(state, "generations"), { recursive: true });
    writeFileSync(join(state, "base"), base.join(""));
    writeFileSync(join(state, "generations/0004"), generation.join(""));
    const shown = ask(
      "director",
      directory,
      'load_records all; for ((i = 0; i < ${#u_kind[@]}; i++)); do k="${u_kind[i]} ${u_name[i]}"; echo "$k = ${u_record[i]} ${rank_of[$k]:-0}"; done',
    );
    expect(shown.trimEnd().split("\n")).toEqual([
      "directory /srv/b = absent 1",
      "file /etc/a = saved 0001.1 2",
      "sysctl net.ipv4.ip_forward = 0 1",
      "unit httpd = disabled inactive 0",
    ]);
  });
});

test.each([
  [0, "this host is as before the first apply"],
  [1, "this host is as before generation 2"],
  [2, "generation 2 is in force again"],
])("a rollback to generation %i says a number only of one that there was", (target, words) => {
  inDirectory((directory) => {
    const state = join(directory, "state/kgc/nfs");
    mkdirSync(join(state, "generations"), { recursive: true });
    // As a role has it that was given something before it changed anything.
    writeFileSync(join(state, "base"), `base 1\n${line("handed", "1 0 directory /srv/b", "=absent")}`);
    writeFileSync(join(state, "generations/0002"), "generation 0002 boot=x started=1 sha256=0\nend\n");
    expect(ask("nfs", directory, `name_state ${target}; echo "$outcome"`)).toBe(`${words}\n`);
  });
});

describe("what a rollback leaves", () => {
  /** A package that the first apply installed; what a rollback to before it says. */
  function said(installed: string, dryRun = ""): readonly string[] {
    return inDirectory((directory) => {
      const state = join(directory, "state/kgc/nfs");
      mkdirSync(join(state, "generations"), { recursive: true });
      mkdirSync(join(state, "blobs"));
      writeFileSync(
        join(state, "generations/0001"),
        `generation 0001 boot=x sha256=0\n${line("package", "ipvsadm", "=absent")}${line("file", "/nowhere/a", "=absent")}end\n`,
      );
      const program = `host=nfs1 command=rollback to_generation=0 dry_run='${dryRun}' use_colors=
log_open() { :; }; disarm_confirm() { :; }; sync_all() { :; }; before_return() { :; }; settle() { :; }; after_return() { :; }; reload_systemd() { :; }
query_packages() { echo 'ipvsadm ${installed}'; }
(rollback_command)`;
      return ask("nfs", directory, program).trimEnd().split("\n");
    });
  }

  test("is told, and no host is as before with it", () => {
    expect(said("installed")).toEqual([
      "undoing generation 1: 1 thing(s) go back to what they were",
      "ok       file /nowhere/a",
      "kept     package ipvsadm  (it stays; uninstall --purge takes it away)",
      "this host is as before the first apply, but for what is kept, as said above",
      "nfs nfs1: ok=1 changed=0 kept=1 failed=0",
    ]);
  });

  test("is foretold", () => {
    expect(said("installed", "1")).toEqual([
      "undoing generation 1 would put 1 thing(s) back to what they were",
      "ok       file /nowhere/a",
      "kept     package ipvsadm  (it stays; uninstall --purge takes it away)",
      "nfs nfs1: ok=1 pending=0 kept=1 failed=0",
    ]);
  });

  test("is nothing where a hand took it away", () => {
    expect(said("not-installed").slice(-2)).toEqual([
      "this host is as before the first apply",
      "nfs nfs1: ok=1 changed=0 failed=0",
    ]);
  });
});
