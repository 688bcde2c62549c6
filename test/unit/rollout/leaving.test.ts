/** Hosts that leave, over ssh: nothing is taken off before it is known which host answers, and nothing twice. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { plainEnvironment, program, workplace } from "../cli/command-line.ts";
import { report } from "../status/reports.ts";
import { type Hosts, playHosts } from "./hosts.ts";

const here = workplace();
const names = ["lvs1", "web1", "web2", "web3", "web4"];

const description = (servers: readonly string[]) => ({
  version: 1,
  name: "shop",
  defaults: { platform: "debian12", interface: "eth0" },
  hosts: Object.fromEntries(
    ["lvs1", ...servers].map((host) => [host, { address: `10.0.0.${names.indexOf(host) + 1}/24` }]),
  ),
  directors: ["lvs1"],
  services: [{ name: "web", vip: "10.0.0.100", port: 80, realservers: servers.map((host) => ({ host })) }],
});

let hosts: Hosts;

function lvsgen(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: here.path,
    env: { ...plainEnvironment(), ...hosts.environment },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const rollout = (...args: readonly string[]) => lvsgen("rollout", "out", "--ssh", ...args);
const uninstalls = (host: string) => hosts.calls(host).filter((call) => call.includes("uninstall"));
const taken = ["realserver uninstall --dry-run", "realserver uninstall"];

/** web3 and web4 leave; what they have is of the bundle before. */
function leave(...options: readonly string[]): void {
  for (const servers of [names.slice(1), names.slice(1, 3)]) {
    here.write("cluster.json", JSON.stringify(description(servers)));
    const { code, err } = here.lvsgen("build", ...options);
    expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
    if (servers.length === 4) spawnSync("cp", ["-r", here.file("out"), here.file("former")]);
  }
  hosts = playHosts(here.file("hosts"), "shop", names);
  for (const host of ["web1", "web2", "web3", "web4"]) hosts.set(host, "realserver", "former");
  for (const host of ["web3", "web4"]) hosts.set(host, "left", host);
}

const entryOf = (host: string) => {
  const folder = here.file("rollout-state/tasks");
  const file = readdirSync(folder).find((name) => name.endsWith(`-realserver-${host}.json`));
  const path = `${folder}/${file}`;
  return { path, ...(JSON.parse(readFileSync(path, "utf8")) as { state: string; report: string; folder: string }) };
};

describe("who answers", () => {
  beforeEach(() => leave());

  test("is asked before anything is taken off, and what was taken off is done", () => {
    const { code, out } = rollout();
    expect(code).toBe(0);
    expect(out).toContain("  web3 realserver  uninstall --dry-run 2\n  web3 realserver  uninstall 0\n");
    expect([uninstalls("web3"), uninstalls("web4")]).toEqual([taken, taken]);
    expect(rollout()).toMatchObject({ code: 0, out: "3 of 3 done\n" });
    expect(uninstalls("web3")).toEqual(taken);
  });

  test.each([
    ["one that serves", "web1"],
    ["another one that leaves", "web4"],
  ])("is another host, %s: it loses nothing", (_, other) => {
    const { code, out } = rollout("--ssh-name", `web3=root@${other}`);
    expect({ code, out }).toMatchObject({
      code: 2,
      out: expect.stringContaining(`web3 realserver  failed: it answers as ${other}\n`),
    });
    expect(uninstalls(other)).toEqual([taken[0]]);
    expect(hosts.has(other, "realserver")).toBe(true);
  });

  test("is a machine that calls itself by another's name: it loses nothing", () => {
    hosts.set("web3", "left", "web1.bank.local");
    expect(rollout()).toMatchObject({ code: 2, out: expect.stringContaining("it answers as web1.bank.local") });
    expect(uninstalls("web3")).toEqual([taken[0]]);
  });

  test.each(["web3.bank.local", "localhost.localdomain"])("is one that calls itself %s", (name) => {
    hosts.set("web3", "left", name);
    expect(rollout()).toMatchObject({ code: 0, out: expect.stringContaining("  web3 realserver  done\n") });
  });

  test("has nothing of it: that is told, and nothing is begun", () => {
    hosts.unset("web3", "realserver");
    expect(rollout()).toMatchObject({
      code: 2,
      out: expect.stringContaining("web3 realserver  failed: uninstall --dry-run: this script is not for this host"),
    });
    expect(uninstalls("web3")).toEqual([taken[0]]);
  });
});

describe("an end that was lost", () => {
  beforeEach(() => leave());

  test("is asked for, and counts: the host has forgotten what was there", () => {
    hosts.set("web3", "drop", "uninstall\n");
    hosts.set("web3", "refuse-after", "ssh: connect to host web3 port 22: Connection timed out\n");
    const first = rollout("--only", "lvs1", "--only", "web3");
    expect({ code: first.code, out: first.out }).toMatchObject({
      code: 2,
      out: expect.stringContaining("the connection was lost while uninstall ran"),
    });
    expect(hosts.has("web3", "realserver")).toBe(false);
    hosts.unset("web3", "refuse");
    const { code, out } = rollout();
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("  web3 realserver  done\n") });
    expect(uninstalls("web3")).toEqual(taken);
  });

  test("and was on its way to the disk here, counts as well", () => {
    expect(rollout().code).toBe(0);
    const { path, folder: _, ...entry } = entryOf("web3");
    expect(entry).toMatchObject({ state: "done", report: expect.stringContaining("web3-realserver-uninstall-") });
    // As if it had been killed when the report was here, and the host had been told so.
    const running = { ...entry, state: "running", command: "uninstall", folder: "/tmp/lvsgen-rollout.0123456789" };
    writeFileSync(path, JSON.stringify(running));
    expect(rollout().code).toBe(0);
    expect(uninstalls("web3")).toEqual(taken);
  });

  test("of one that failed is begun anew", () => {
    hosts.set("web3", "broken", "uninstall\n");
    expect(rollout()).toMatchObject({ code: 2, out: expect.stringContaining("web3 realserver  failed: uninstall:") });
    hosts.unset("web3", "broken");
    expect(rollout().code).toBe(0);
    expect(uninstalls("web3")).toEqual([...taken, ...taken]);
  });
});

describe("where each host has a folder of its own", () => {
  beforeEach(() => leave("--per-host"));

  test("what it takes off with is its own script of the former bundle, without which nothing is begun", () => {
    const refused = rollout();
    expect(refused.code).toBe(64);
    expect(refused.err).toContain("--former: error: a step takes off what the scripts of the former bundle put there");
    expect(hosts.sshLog()).toEqual([]);
    expect(rollout("--former", "former").code).toBe(0);
    const { files } = JSON.parse(here.read("former/manifest.json")) as { files: { path: string; sum?: string }[] };
    const own = files.find(({ path }) => path === "hosts/web3/realserver.sh")?.sum;
    const { report: name } = entryOf("web3");
    expect(readFileSync(here.file(`rollout-state/reports/${name}`), "utf8")).toContain(`"bundle":"${own}"`);
  });
});

describe("by a stick", () => {
  beforeEach(() => {
    leave();
    mkdirSync(here.file("rollout-state"));
  });

  const brought = (name: string, code: number, minute: number, head = {}, host = "web3"): void => {
    const time = `2026-11-28T06:0${minute}:00+00:00`;
    here.write(
      `rollout-state/${name}.jsonl`,
      report({ host, command: "uninstall", cluster: "shop", code, time, head }),
    );
  };
  const stateOf = (host: string): string | undefined => {
    const { steps } = JSON.parse(lvsgen("rollout", "out", "--json").out) as {
      steps: { batches: { hosts: { host: string; state: string }[] }[] }[];
    };
    return steps.flatMap(({ batches }) => batches.flatMap((batch) => batch.hosts)).find((task) => task.host === host)
      ?.state;
  };

  test("a machine that calls itself by a longer name has left", () => {
    brought("a", 0, 1, { undescribed: 1 }, "web3.bank.local");
    expect([stateOf("web3"), stateOf("web4")]).toEqual(["done", "to-do"]);
  });

  test.each([64, 75, 77, 78])(
    "what says nothing of the host (%i) does not make another thing of what is done",
    (code) => {
      brought("a", 0, 1);
      brought("b", code, 2);
      expect(stateOf("web3")).toBe("done");
    },
  );

  test("one that failed has", () => {
    brought("a", 0, 1);
    brought("b", 1, 2);
    expect(stateOf("web3")).toBe("failed");
  });
});
