/** What bash offers behind a script's name: asked of a shell that has read what `completion` prints, and of one that somebody types in. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bash, bundleOf, run, textOf, writeBundle } from "./bundle.ts";

const description = {
  version: 1,
  name: "sh-op",
  defaults: { platform: "debian12", interface: "eth0" },
  hosts: {
    lvs1: { address: "192.168.80.10/24", address6: "2001:db8:80::10/64" },
    lvs2: { address: "192.168.80.11/24", address6: "2001:db8:80::11/64" },
    web1: { address: "192.168.80.12/24", address6: "2001:db8:80::12/64" },
    web2: { address: "192.168.80.13/24", address6: "2001:db8:80::13/64" },
    pc: { address: "192.168.80.200/24" },
  },
  directors: ["lvs1", "lvs2"],
  services: [
    { name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] },
    {
      name: "mail",
      vip: "2001:db8:80::188",
      port: 25,
      realservers: [{ host: "web1" }, { address: "2001:db8:80::99" }],
    },
  ],
  realserver: {
    files: [
      { path: "/etc/motd", content: "hello\n" },
      { path: "/etc/with space; $(touch ran)", content: "hello\n" },
    ],
  },
  ha: { routerId: 80 },
  clients: ["pc"],
};

const scripts = ["director.sh", "realserver.sh", "client-test.sh"];
let directory = "";
let state = "";

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "lvsgen-completion-"));
  const bundle = await bundleOf(description);
  writeBundle(bundle, directory);
  for (const script of scripts) {
    const { status, stdout, stderr } = run(directory, script, "completion");
    expect({ script, status, stderr }).toEqual({ script, status: 0, stderr: "" });
    // Where the generations of this machine would lie; here they are made up.
    state = join(directory, "state");
    writeFileSync(join(directory, `${script}.completion`), stdout.replaceAll("/var/lib/lvsgen", state));
  }
  expect(textOf(bundle, "director.sh")).toContain("state_home=/var/lib/lvsgen");
  mkdirSync(join(state, "sh-op/director/generations"), { recursive: true });
  for (const name of ["0007", "0008", "0009", ".tmp"])
    writeFileSync(join(state, "sh-op/director/generations", name), "");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** @param before what the shell does before it reads the completion of all scripts */
function shell(code: string, words: readonly string[], before = ""): { stdout: string; stderr: string } {
  const source = scripts.map((script) => `. ./${script}.completion`).join("\n");
  const { stdout, stderr } = spawnSync(bash, ["--norc", "-c", `${before}\n${source}\n${code}`, "bash", ...words], {
    cwd: directory,
    encoding: "utf8",
  });
  return { stdout, stderr };
}

/** What is offered at the end of a line, by the function that `complete` has for its first word. */
function offered(line: string, before = "", options = "set -u"): string[] {
  const { stdout, stderr } = shell(
    `${options}
     COMP_LINE=$1 COMP_POINT=\${#1} COMP_TYPE=9 COMP_KEY=9 COMP_WORDBREAKS=$' \\t\\n"\\'@><=;|&(:'
     command=\${1%% *} command=\${command##*/}
     [[ $(complete -p "$command") =~ ' -F '([^ ]+) ]] || exit
     "\${BASH_REMATCH[1]}" "$command" "" ""
     printf '%s\\n' \${COMPREPLY[@]+"\${COMPREPLY[@]}"}`,
    [line],
    before,
  );
  expect(stderr.replaceAll(/^.*compopt: .*\n/gm, "")).toBe("");
  return stdout.split("\n").filter(Boolean);
}

const commands = (script: string): string[] =>
  [...run(directory, script, "--help").stdout.matchAll(/^ {2}([a-z]+)(?: [A-Z]+)? {2,}/gm)].map(
    ([, name = ""]) => name,
  );
const options = (script: string): string[] =>
  [...run(directory, script, "--help").stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name = ""]) => name);

describe.each(scripts)("%s", (script) => {
  test("prints what bash can read, and nothing besides, whoever runs it", () => {
    const text = readFileSync(join(directory, `${script}.completion`), "utf8");
    expect(spawnSync(bash, ["-n"], { input: text }).status).toBe(0);
    expect(shell("", []).stdout + shell("", []).stderr).toBe("");
    for (const option of ["--json", "--quiet", "--no-color"])
      expect(run(directory, script, "completion", option).stdout.replaceAll("/var/lib/lvsgen", state)).toBe(text);
    expect(run(directory, script, "completion", "bash").status).toBe(64);
  });

  test("all commands of --help, and all options", () => {
    expect(commands(script)).toContain("completion");
    expect(offered(`bash ${script} `).sort()).toEqual([...commands(script)].sort());
    expect(offered(`bash ${script} --`).sort()).toEqual([...options(script), "--version"].sort());
  });

  test.each([
    `./${script}`,
    `/media/usb/${script}`,
    script,
    `bash ${script}`,
    `bash -x ./${script}`,
    `bash -- ${script}`,
  ])("called as %s", (call) => {
    expect(offered(`${call} comp`)).toEqual(["completion"]);
  });
});

test.each([
  ["dr", ["drain"]],
  ["rollback --t", ["--to"]],
  // Options that other commands take alone are not offered.
  ["verify --", ["--host", "--only", "--diff"]],
  ["drain ", ["web1", "web2", "2001:db8:80::99"]],
  ["undrain web", ["web1", "web2"]],
  ["drain web1 ", []],
  ["--quiet drain ", ["web1", "web2", "2001:db8:80::99"]],
  ["--wait 5 undr", ["undrain"]],
  ["--host ", ["lvs1", "lvs2"]],
  ["check --host=", ["lvs1", "lvs2"]],
  ["check --host=lvs2", ["lvs2"]],
  ["check --host=nobody", []],
  ["rollback --to ", ["6", "7", "8"]],
  ["rollback --to=", ["6", "7", "8"]],
  ["rollback --to 9", []],
  ["--wait ", []],
  ["apply --only tab", ["table"]],
  ["apply --only table,dir", ["table,directory"]],
  ["apply --only=table,dir", ["table,directory"]],
  ["apply --only directory,dir", []],
  ["-- ro", ["rollback"]],
  ["-- --", []],
  ["nonsense ", []],
])("director.sh %s", (line, expected) => {
  const found = offered(`bash director.sh ${line}`);
  if (line === "verify --") {
    for (const option of expected) expect(found).toContain(option);
    for (const option of ["--root", "--confirm", "--to", "--purge", "--adopt"]) expect(found).not.toContain(option);
  } else expect(line.includes("--to") ? found.sort() : found).toEqual(expected);
});

test("the kinds of --only are those that the script knows", () => {
  const [, kinds = ""] =
    /there are: (.*)$/m.exec(run(directory, "director.sh", "check", "--only", "nothing").stderr) ?? [];
  expect(kinds).not.toBe("");
  expect(offered("./director.sh --only ").sort()).toEqual(kinds.split(" ").sort());
});

test("behind a colon the rest of an address, as readline has it", () => {
  expect(offered("bash director.sh drain 2001:db8:80:")).toEqual([":99"]);
});

test("files that show knows, quoted, and directories", () => {
  expect(offered("bash realserver.sh show /etc/mo")).toEqual(["/etc/motd"]);
  const [odd = ""] = offered("bash realserver.sh show /etc/with");
  expect(spawnSync(bash, ["-c", `printf %s ${odd}`], { cwd: directory, encoding: "utf8" }).stdout).toBe(
    "/etc/with space; $(touch ran)",
  );
  expect(spawnSync("ls", [directory], { encoding: "utf8" }).stdout).not.toContain("ran\n");
  mkdirSync(join(directory, "pack ages"));
  for (const line of ["--packages pack", "extract pack"])
    expect(offered(`bash director.sh ${line}`)).toEqual(["pack ages"]);
});

test("services of client-test.sh", () => {
  expect(offered("bash client-test.sh --service ")).toEqual(["web", "mail"]);
  expect(offered("bash client-test.sh test --serv")).toEqual(["--service"]);
});

describe("other programs", () => {
  test("what completed bash before goes on to", () => {
    const before = "former() { COMPREPLY=(former); }; complete -F former bash";
    expect(offered("bash other.sh ", before)).toEqual(["former"]);
    expect(offered("bash --rc", before)).toEqual(["former"]);
    expect(offered("bash director.sh dr", before)).toEqual(["drain"]);
    expect(offered("bash other.sh ", `${before}; . ./director.sh.completion`)).toEqual(["former"]);
  });

  test("sudo, unless something completes it already", () => {
    expect(offered("sudo bash director.sh dr")).toEqual(["drain"]);
    expect(offered("sudo -E ./director.sh dr")).toEqual(["drain"]);
    expect(offered("sudo bash other.sh dr")).toEqual([]);
    const own = "own() { COMPREPLY=(own); }; complete -F own sudo";
    expect(offered("sudo bash director.sh dr", own)).toEqual(["own"]);
    // The package bash-completion loads what it has for a command when that is first completed.
    expect(shell("complete -p sudo", [], "complete -D -F own").stdout).toBe("");
  });

  test("shell options of somebody's change nothing", () => {
    for (const option of ["shopt -s nullglob failglob", "shopt -s nocasematch", "set -f", "IFS=,", "set -e"])
      expect({ option, found: offered("bash director.sh rollback --to ", "", option).sort() }).toEqual({
        option,
        found: ["6", "7", "8"],
      });
  });
});

describe("typed", () => {
  /** What a script gets as arguments when these keys are typed in a shell at a terminal. */
  function typed(keys: string, before = ""): string {
    const input = `${before}\n. ./director.sh.completion\nbash() { printf '{%s}' "$@"; }\n${keys}\nexit\n`;
    return spawnSync(bash, ["--norc", "--noprofile", "-i"], { cwd: directory, encoding: "utf8", input }).stdout;
  }

  test.each([
    ["bash director.sh dra\tweb2\t", "{director.sh}{drain}{web2}"],
    ["bash director.sh roll\t--to=6\t", "{director.sh}{rollback}{--to=6}"],
    ["bash director.sh drain 2001:\t", "{director.sh}{drain}{2001:db8:80::99}"],
    ["bash director.sh check --host=lvs2\t--only addr\t", "{director.sh}{check}{--host=lvs2}{--only}{address}"],
    ["bash other.sh direc\t", "{other.sh}{direc"],
  ])("%j", (keys, expected) => {
    expect(typed(keys)).toContain(expected);
  });
});
