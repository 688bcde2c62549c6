/** `rollout --ssh` as a process: what it does on hosts, what it writes down, and how it goes on. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { plainEnvironment, program, workplace } from "../cli/command-line.ts";
import { type Hosts, playHosts } from "./hosts.ts";

const here = workplace();
const names = ["lvs1", "lvs2", "web1", "web2", "web3", "web4", "web5"];

/** Two directors, five real servers. */
const description = {
  version: 1,
  name: "shop",
  defaults: { platform: "debian12", interface: "eth0" },
  hosts: Object.fromEntries(names.map((name, index) => [name, { address: `10.0.0.${index + 1}/24` }])),
  directors: ["lvs1", "lvs2"],
  ha: { routerId: 51 },
  services: [{ name: "web", vip: "10.0.0.100", port: 80, realservers: names.slice(2).map((host) => ({ host })) }],
};

let hosts: Hosts;

beforeEach(() => {
  here.write("cluster.json", JSON.stringify(description));
  const { code, err } = here.lvsgen("build");
  expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
  hosts = playHosts(here.file("hosts"), "shop", names);
});

function lvsgen(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: here.path,
    env: { ...plainEnvironment(), ...hosts.environment },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const rollout = (...args: string[]) => lvsgen("rollout", "out", "--ssh", ...args);
const status = () => {
  const { code, out } = lvsgen("status", "rollout-state", "--bundle", "out", "--json");
  const { rows } = JSON.parse(out) as { rows: { host: string; role: string; state: string; bundle: string }[] };
  return {
    code,
    states: Object.fromEntries(rows.filter(({ role }) => role !== "doctor").map(({ host, state }) => [host, state])),
  };
};
const whole = [
  "doctor doctor",
  "realserver check",
  "realserver apply --confirm 120",
  "realserver verify",
  "realserver confirm",
];

test("where the bundle has a folder for each host, a host is given the scripts of its own and no other's", () => {
  expect(here.lvsgen("build", "--per-host").code).toBe(0);
  expect(rollout().code).toBe(0);
  const { files } = JSON.parse(here.read("out/manifest.json")) as { files: { path: string; sum?: string }[] };
  const sumOf = (path: string) => files.find((file) => file.path === path)?.sum;
  for (const [host, role] of [
    ["web1", "realserver"],
    ["web2", "realserver"],
    ["lvs1", "director"],
  ] as const)
    expect([host, hosts.read(host, role).trim()]).toEqual([host, sumOf(`hosts/${host}/${role}.sh`)]);
  expect(sumOf("hosts/web1/realserver.sh")).not.toBe(sumOf("realserver.sh"));
  expect(status()).toEqual({ code: 0, states: Object.fromEntries(names.map((name) => [name, "as-described"])) });
});

test("each host has its own secrets beside the script while check and apply run, and nobody else's", () => {
  const files = (env: string) => [{ path: "/etc/key", source: { env }, secret: true }];
  const { web1, web2 } = description.hosts;
  const own = { web1: { ...web1, files: files("ONE") }, web2: { ...web2, files: files("TWO") } };
  here.write("cluster.json", JSON.stringify({ ...description, hosts: { ...description.hosts, ...own } }));
  expect(here.lvsgen("build").code).toBe(0);
  const env = { ...plainEnvironment(), ONE: "the first", TWO: "the second" };
  expect(spawnSync(process.execPath, [program, "secrets"], { cwd: here.path, env }).status).toBe(0);
  const { code, out, err } = rollout("--secrets", "secrets", "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  for (const [host, text] of Object.entries({ web1: "the first", web2: "the second" })) {
    const given = `${here.read(`secrets/secrets-${host}`)}`;
    expect(hosts.read(host, "given")).toBe(`check ${given}apply ${given}`);
    expect(given).toContain(Buffer.from(text).toString("base64"));
    expect(out).not.toContain(Buffer.from(text).toString("base64"));
  }
  expect(existsSync(here.file("hosts/web3/given"))).toBe(false);
  expect(readdirSync(here.file("hosts/web1/tmp"))).toEqual([]);
  here.write("secrets/secrets-web1", "lvsgen-secrets 1\ncluster other\nhost web1\n");
  expect(rollout("--secrets", "secrets")).toMatchObject({ code: 66, err: expect.stringContaining("secrets-web1") });
});

describe("all the way", () => {
  test("the canary, batches of a quarter, directors with the backup first; each confirmed by a session of its own; nothing is left there", () => {
    const { code, out, err } = rollout();
    expect({ code, err: err.replace(/^not proven.*\n.*\n/, "") }).toEqual({ code: 0, err: "" });
    const batches = out.split("\n").filter((line) => line.startsWith("batch"));
    expect(batches).toEqual([
      "batch 1 of 7 (canary)  web1",
      "batch 2 of 7  web2",
      "batch 3 of 7  web3",
      "batch 4 of 7  web4",
      "batch 5 of 7  web5",
      "batch 6 of 7  lvs1",
      "batch 7 of 7  lvs2",
    ]);
    expect(out.trimEnd().split("\n").at(-1)).toBe("7 of 7 done");
    for (const name of names.slice(2)) expect(hosts.calls(name)).toEqual(whole);
    expect(hosts.calls("lvs2")).toEqual(whole.map((line) => line.replace("realserver", "director")));
    for (const name of names) {
      expect(readdirSync(join(hosts.path, name, "tmp"))).toEqual([]);
      expect(hosts.read(name, "stdin")).toBe("");
    }
    expect(status()).toEqual({ code: 0, states: Object.fromEntries(names.map((name) => [name, "as-described"])) });
    const again = rollout();
    expect({ code: again.code, out: again.out }).toEqual({ code: 0, out: "7 of 7 done\n" });
    expect(hosts.calls("web1")).toEqual(whole);
  });

  test("of a change: who has the virtual addresses is asked on each director before one is begun, and done last", () => {
    const { services, ...rest } = description;
    here.write(
      "cluster.json",
      JSON.stringify({ ...rest, services: services.map((one) => ({ ...one, scheduler: "wrr" })) }),
    );
    expect(lvsgen("build").code).toBe(0);
    hosts.set("lvs2", "master", "VI_1");
    const { code, out } = rollout();
    expect({ code, batches: out.split("\n").filter((line) => line.startsWith("batch")) }).toEqual({
      code: 0,
      batches: ["batch 1 of 2  lvs1", "batch 2 of 2  lvs2"],
    });
    expect(hosts.calls("lvs1")[0]).toBe("director status");
    expect(hosts.calls("web1")).toEqual([]);
  });

  test("of a change: the other way round where they are elsewhere", () => {
    const { services, ...rest } = description;
    here.write(
      "cluster.json",
      JSON.stringify({ ...rest, services: services.map((one) => ({ ...one, scheduler: "wrr" })) }),
    );
    expect(lvsgen("build").code).toBe(0);
    hosts.set("lvs1", "master", "VI_1");
    const batches = rollout()
      .out.split("\n")
      .filter((line) => line.startsWith("batch"));
    expect(batches).toEqual(["batch 1 of 2  lvs2", "batch 2 of 2  lvs1"]);
  });

  test("a director that cannot say whether it is master stops it, and one that was begun comes first", () => {
    const { services, ...rest } = description;
    here.write(
      "cluster.json",
      JSON.stringify({ ...rest, services: services.map((one) => ({ ...one, scheduler: "wrr" })) }),
    );
    expect(here.lvsgen("build").code).toBe(0);
    hosts.set("lvs2", "master", "VI_1");
    hosts.set("lvs2", "broken", "status\n");
    expect(rollout().code).toBe(2);
    expect([...hosts.calls("lvs1"), ...hosts.calls("lvs2")].filter((call) => call.includes("apply"))).toEqual([]);
    hosts.unset("lvs2", "broken");
    hosts.set("lvs1", "broken", "verify\n");
    expect(rollout().code).toBe(2);
    // Meanwhile the addresses have moved to it.
    hosts.unset("lvs1", "broken");
    hosts.unset("lvs2", "master");
    hosts.set("lvs1", "master", "VI_1");
    const { code, out } = rollout();
    expect(code).toBe(0);
    expect(out.indexOf("lvs1 director  done")).toBeLessThan(out.indexOf("lvs2 director  check"));
  });

  test("whoever looks on may go away: what was begun comes to its end, and the exit code says that something is left", () => {
    const line = `"${process.execPath}" "${program}" rollout out --ssh | head -1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
    const { stdout } = spawnSync("bash", ["-c", line], {
      cwd: here.path,
      env: { ...plainEnvironment(), ...hosts.environment },
      encoding: "utf8",
    });
    expect(stdout).toBe("1\n");
    expect(hosts.calls("web1")).toEqual(whole);
    expect(existsSync(here.file("rollout-state/lock"))).toBe(false);
    expect(rollout().code).toBe(0);
  });

  test("nothing of ssh's own configuration is overruled but questions; a session that proves something is a new one", () => {
    rollout("--stop-after", "1", "--ssh-name", "web1=root@web1");
    const calls = hosts.sshLog().filter((line) => !line.startsWith("-G"));
    expect(calls[0]).toBe("-o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=10 -T -- root@web1 bash -s");
    expect(calls.filter((line) => line.includes("ControlPath=none"))).toHaveLength(2);
    expect(calls.join("\n")).not.toMatch(/StrictHostKey|UserKnownHosts/i);
    writeFileSync(join(hosts.path, "config"), "connecttimeout 5\nserveraliveinterval 60\n");
    rollout("--stop-after", "2", "--sudo");
    expect(hosts.sshLog().at(-1)).toBe("-o BatchMode=yes -o ControlPath=none -T -- web2 sudo -n bash -s");
  });

  test("what is there already is proved, and not applied", () => {
    hosts.set("web1", "realserver", "by hand");
    expect(rollout("--stop-after", "1").code).toBe(1);
    expect(hosts.calls("web1")).toEqual(["doctor doctor", "realserver check", "realserver verify"]);
  });

  test("what a login prints does not matter", () => {
    hosts.set("web1", "noise", 'Welcome!\n{"event":"end","code":0}\n');
    expect(rollout("--stop-after", "1").out).toContain("  web1 realserver  done\n");
  });
});

describe("a failure", () => {
  test("stops it; called again it begins with that host, and skips none that was not through", () => {
    hosts.set("web3", "broken", "apply\n");
    const first = rollout();
    expect(first.code).toBe(2);
    expect(first.out).toContain(
      "  web3 realserver  failed: apply: failed unit httpd.service (it does not start)\n    = help: mend the cause, and run this again",
    );
    expect(first.err).toContain("stopped: no other host is begun before this is well\nnext is batch 3\n");
    expect(hosts.calls("web4")).toEqual([]);
    expect(status()).toMatchObject({ code: 2, states: { web2: "as-described", web3: "failed", web4: "never-seen" } });
    expect(lvsgen("rollout", "out").out).toContain("batch 3  web3: failed\n");
    // Half of it is there by now; a resumed run that skips it would leave it so.
    hosts.unset("web3", "broken");
    const second = rollout();
    expect(second.code).toBe(0);
    expect(hosts.calls("web3")).toEqual([...whole.slice(0, 3), ...whole]);
    expect(hosts.calls("web2")).toEqual(whole);
    expect(status().code).toBe(0);
  });

  test("of verify is not confirmed", () => {
    hosts.set("web1", "broken", "verify\n");
    const { code, out } = rollout();
    expect(code).toBe(2);
    expect(out).toContain(
      "= help: what was applied goes back by itself 120 s later, for it was not confirmed; mend the cause",
    );
    expect(hosts.calls("web1")).toEqual(whole.slice(0, 4));
    expect(hosts.has("web1", "realserver.waiting")).toBe(true);
  });

  test("of doctor.sh or check stops before anything is changed", () => {
    hosts.set("web1", "lacking", "check\n");
    const { code, out } = rollout();
    expect({ code, calls: hosts.calls("web1") }).toEqual({ code: 2, calls: whole.slice(0, 2) });
    expect(out).toContain("failed: check: ipvsadm cannot be installed\n    = help: mend what it names on the host");
  });

  test("of check stops before the first step where clients wait for the steps behind it", () => {
    const { services, ...rest } = description;
    here.write(
      "cluster.json",
      JSON.stringify({ ...rest, services: services.map((one) => ({ ...one, vip: "10.0.0.101" })) }),
    );
    expect(here.lvsgen("build").code).toBe(0);
    expect(lvsgen("rollout", "out").out.indexOf("director.sh")).toBeGreaterThan(0);
    hosts.set("web2", "lacking", "check\n");
    const { code, out } = rollout();
    expect({ code, out }).toMatchObject({ code: 2, out: expect.stringContaining("web2 realserver  failed: check:") });
    expect(names.filter((name) => hosts.calls(name).some((call) => call.includes("apply")))).toEqual([]);
  });

  test("to reach the host that is meant: another one answers", () => {
    const { code, out } = rollout("--stop-after", "1", "--ssh-name", "web1=root@web2");
    expect({ code, out }).toMatchObject({
      code: 2,
      out: expect.stringContaining("web1 realserver  failed: it answers as web2"),
    });
    expect(hosts.calls("web2")).toEqual(["doctor doctor"]);
  });

  test("to confirm in time is none that is done", () => {
    hosts.set("web1", "late", "verify\n");
    const { code, out } = rollout("--stop-after", "1");
    expect({ code, out }).toMatchObject({ code: 2, out: expect.stringContaining("what was applied waits no more") });
  });

  test("of one of a batch lets the others come to their end, and no more begin", () => {
    hosts.set("web2", "broken", "apply\n");
    const { code } = rollout("--batch", "2", "--max-parallel", "2");
    expect(code).toBe(2);
    expect(hosts.calls("web3")).toEqual(whole);
    expect(hosts.calls("web4")).toEqual([]);
  });
});

describe("the way to a host", () => {
  test.each([
    ["Host key verification failed.\n", "its host key is not known here", "ssh web1 once by hand"],
    [
      "@@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @@\nHost key verification failed.\n",
      "its host key is another one than before",
      "ssh-keygen -R web1",
    ],
    ["root@web1: Permission denied (publickey,password).\n", "it lets nobody in with these keys", "a key in an agent"],
    ["ssh: connect to host web1 port 22: No route to host\n", "it cannot be reached", "--without HOST"],
    ["ssh: Could not resolve hostname web1: Name or service not known\n", "its name leads to no address", "--ssh-name"],
  ])("that is closed is told with what to do, and nobody is asked: %j", (said, why, hint) => {
    hosts.set("web1", "refuse", said);
    const { code, out } = rollout();
    expect(code).toBe(2);
    expect(out).toContain(`  web1 realserver  failed: doctor: ${why}`);
    expect(out).toContain(hint);
    hosts.unset("web1", "refuse");
    expect(rollout("--stop-after", "1").out).toContain("  web1 realserver  done\n");
  });

  test.each([
    ["sudo: a password is required\n", "sudo asks for a password there"],
    ["sudo: sorry, you must have a tty to run sudo\n", "sudo wants a terminal there"],
  ])("that sudo closes: %j", (said, why) => {
    hosts.set("web1", "sudo", said);
    expect(rollout("--sudo").out).toContain(`failed: doctor: ${why}`);
    expect(hosts.calls("web1")).toEqual([]);
  });

  test("that the change itself has cut: no session confirms it, so that it goes back by itself; then it begins anew", () => {
    hosts.set("web1", "drop", "apply\n");
    hosts.set("web1", "slow", "");
    const began = spawn(process.execPath, [program, "rollout", "out", "--ssh"], {
      cwd: here.path,
      env: { ...plainEnvironment(), ...hosts.environment },
      stdio: ["ignore", "pipe", "ignore"],
    });
    return (async () => {
      let out = "";
      began.stdout.setEncoding("utf8").on("data", (text) => {
        out += text;
      });
      // doctor.sh and check go through.
      hosts.set("web1", "go-on", "");
      await until(() => !hosts.has("web1", "drop"));
      hosts.set("web1", "refuse", "ssh: connect to host web1 port 22: Connection timed out\n");
      expect(await new Promise((done) => began.once("close", done))).toBe(2);
      expect(out.split("\n")).toContain(
        "  web1 realserver  its end is not known: the connection was lost while apply ran (ssh ended with a signal): its end is not known",
      );
      expect(entry("3-realserver-web1") ?? entry("1-realserver-web1")).toMatchObject({
        state: "running",
        isApplied: true,
      });
      // Its time is over.
      hosts.unset("web1", "refuse");
      hosts.unset("web1", "realserver");
      hosts.unset("web1", "realserver.waiting");
      expect(rollout("--stop-after", "1").out).toContain("  web1 realserver  done\n");
      expect(hosts.calls("web1")).toEqual([...whole.slice(0, 3), ...whole]);
    })();
  });

  test("that is lost in the middle and comes back: the same run is asked how it ended, and no second one begun", () => {
    hosts.set("web1", "drop", "apply\n");
    const { code, out } = rollout("--stop-after", "1");
    expect({ code, done: out.includes("  web1 realserver  done\n") }).toEqual({ code: 1, done: true });
    expect(hosts.calls("web1")).toEqual(whole);
    expect(readdirSync(join(hosts.path, "web1", "tmp"))).toEqual([]);
  });
});

function entry(key: string): unknown {
  const file = here.file(`rollout-state/tasks/${key}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(20);
}

describe("ending it", () => {
  /** Begins it, with web1 waiting in a run. */
  async function begun() {
    hosts.set("web1", "slow", "");
    const child = spawn(process.execPath, [program, "rollout", "out", "--ssh"], {
      cwd: here.path,
      env: { ...plainEnvironment(), ...hosts.environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      err += text;
    });
    const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
      child.once("close", (code, signal) => done({ code, signal })),
    );
    await until(() => hosts.calls("web1").length === 1);
    return { child, ended, said: () => err };
  }

  test("by Ctrl-C lets what is begun come to its end; called again it goes on", async () => {
    const { child, ended, said } = await begun();
    child.kill("SIGINT");
    await until(() => said().includes("stopping: what is begun comes to its end"));
    hosts.set("web1", "go-on", "");
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(hosts.calls("web1")).toEqual(whole);
    expect(hosts.calls("web2")).toEqual([]);
    expect(said()).toContain("stopped as told");
    expect(rollout().code).toBe(0);
  });

  test("by Ctrl-C twice leaves it to the host, which is asked", async () => {
    const { child, ended, said } = await begun();
    child.kill("SIGINT");
    await until(() => said().includes("stopping"));
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 2 });
    expect(lvsgen("rollout", "out").out).toContain("batch 1 (canary)  web1: its end is not known\n");
    hosts.set("web1", "go-on", "");
    expect(rollout().code).toBe(0);
    // What had ended by itself is asked for, and then everything that asks.
    expect(hosts.calls("web1")).toEqual(["doctor doctor", ...whole]);
  });

  test("by kill -9 loses nothing, and leaves no lock; two at once are refused meanwhile", async () => {
    const { child, ended } = await begun();
    expect(rollout()).toMatchObject({
      code: 75,
      err: expect.stringContaining("another rollout is at work with this folder: process"),
    });
    child.kill("SIGKILL");
    expect(await ended).toEqual({ code: null, signal: "SIGKILL" });
    hosts.set("web1", "go-on", "");
    const { code } = rollout();
    expect(code).toBe(0);
    expect(hosts.calls("web1")).toEqual(["doctor doctor", ...whole]);
    expect(readdirSync(here.file("rollout-state"))).not.toContain("lock");
    expect(status().code).toBe(0);
  });
});

describe("what is not its own", () => {
  test("another bundle is refused, with what to do", () => {
    rollout("--stop-after", "1");
    const { services, ...rest } = description;
    here.write("cluster.json", JSON.stringify({ ...rest, services: services.map((one) => ({ ...one, port: 81 })) }));
    expect(lvsgen("build").code).toBe(0);
    const { code, err } = rollout();
    expect(code).toBe(73);
    expect(err).toContain("is of a rollout of another bundle: its SHA256SUMS has the sum");
    expect(err).toContain("--state DIR");
    expect(rollout("--state", "other", "--stop-after", "1").code).toBe(1);
  });

  test("a bundle with a byte changed is refused before any host is called", () => {
    writeFileSync(here.file("out/realserver.sh"), `${here.read("out/realserver.sh")}\n`);
    const { code, err } = rollout();
    expect(code).toBe(1);
    expect(err).toContain("out/realserver.sh: error: is not the file that SHA256SUMS has the sum of");
    expect(hosts.sshLog()).toEqual([]);
  });

  test("an apply that waits to be confirmed and was not begun here is left alone", () => {
    hosts.set("web1", "realserver", "another");
    hosts.set("web1", "realserver.waiting", "another");
    const { code, out } = rollout();
    expect(code).toBe(2);
    expect(out).toContain("an apply that is not of this rollout waits to be confirmed");
    expect(hosts.calls("web1")).toEqual(whole.slice(0, 2));
  });

  test("a task that somebody wrote by hand is read only where it has the very shape", () => {
    mkdirSync(here.file("rollout-state/tasks"), { recursive: true });
    const forged = {
      format: 1,
      state: "running",
      command: "apply",
      report: null,
      isApplied: true,
      reason: null,
      hint: null,
    };
    for (const folder of ["/", "/etc", "/tmp/lvsgen-rollout.../etc", "$(touch x)"])
      for (const step of [1, 2])
        here.write(`rollout-state/tasks/${step}-realserver-web1.json`, JSON.stringify({ ...forged, folder }));
    expect(rollout("--stop-after", "1").code).toBe(1);
    expect(hosts.calls("web1")).toEqual(whole);
  });
});

describe("a part of it", () => {
  test("--only a host; no step before those that it needs; --without passes over one", () => {
    const early = rollout("--only", "lvs1");
    expect(early.code).toBe(1);
    expect(early.err).toContain("stopped: step 1 is to be done before");
    expect(hosts.calls("lvs1")).toEqual([]);
    expect(rollout("--only", "web3").code).toBe(1);
    expect(hosts.calls("web1")).toEqual([]);
    expect(hosts.calls("web3")).toEqual(whole);
    hosts.set("web2", "refuse", "ssh: connect to host web2 port 22: No route to host\n");
    const { code, err } = rollout("--without", "web2");
    expect(code).toBe(1);
    expect(err).toContain("hosts that were passed over are left\nnext is batch 2\n");
    expect(hosts.calls("lvs2").length).toBeGreaterThan(0);
    expect(rollout("--only", "nobody").code).toBe(64);
    expect(rollout("--stop-after", "99").code).toBe(64);
  });
});
