// Results that travel: what each run tells of itself in JSON, and the file that --report writes it to.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bash, bundleOf, inDirectory, writeBundle } from "./bundle.ts";

const bundle = await bundleOf({
  version: 1,
  name: "m",
  defaults: { platform: "el7", interface: "ens33" },
  hosts: {
    lvs1: { address: "192.168.80.10/24" },
    pc: { address: "192.168.80.99/24" },
    h1: { address: "192.168.80.12/24", files: [{ path: "/srv/b", content: "b\n" }] },
  },
  directors: ["lvs1"],
  clients: ["pc"],
  services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "h1" }] }],
});

type Event = Readonly<Record<string, unknown>>;
interface Told {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
interface Host {
  readonly directory: string;
  readonly run: (words: string, options?: { env?: object; before?: string }) => Told;
}

const eventsOf = (text: string): readonly Event[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** `use` gets a tree of its own, on which real server h1's script runs. */
function onHost(use: (host: Host) => void): void {
  inDirectory((directory) => {
    writeBundle(bundle, directory);
    mkdirSync(join(directory, "r/etc"), { recursive: true });
    mkdirSync(join(directory, "stick"), { mode: 0o755 });
    writeFileSync(join(directory, "r/etc/os-release"), 'ID="centos"\nVERSION_ID="7"\n');
    const { SUDO_UID: _, ...plain } = process.env;
    use({
      directory,
      run: (words, { env = {}, before = ":" } = {}) => {
        const line = `${before}; exec ${bash} realserver.sh ${words} --wait 60 --root r --host h1`;
        return spawnSync("bash", ["-c", line], { cwd: directory, encoding: "utf8", env: { ...plain, ...env } });
      },
    });
  });
}

const head = (directory: string, name: string): string | undefined =>
  new RegExp(`^lvsgen_${name}=(\\S+)`, "m").exec(readFileSync(join(directory, "realserver.sh"), "utf8"))?.[1];

const onlyReport = (directory: string): string => {
  const names = readdirSync(join(directory, "stick"));
  expect(names).toHaveLength(1);
  return names[0] ?? "";
};

describe("--json", () => {
  test("begins with who tells, and ends with how it ended", () => {
    onHost(({ directory, run }) => {
      const started = Math.floor(Date.now() / 1000) * 1000;
      const { status, stdout } = run("check --json", { env: { TZ: "Asia/Shanghai" } });
      expect(status).toBe(2);
      const events = eventsOf(stdout);
      expect(events[0]).toEqual({
        event: "run",
        run: expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        host: "h1",
        machine: expect.any(String),
        undescribed: "",
        role: "realserver",
        cluster: "m",
        command: "check",
        bundle: head(directory, "sum"),
        runtime: head(directory, "runtime"),
        lvsgen: head(directory, "version"),
        format: 1,
        root: join(directory, "r"),
        only: "",
        dry_run: "",
        uptime: expect.stringMatching(/^\d+\.\d\d$/),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
      });
      const time = Date.parse(String(events[0]?.["time"]));
      expect(time).toBeGreaterThanOrEqual(started);
      expect(time).toBeLessThanOrEqual(Date.now());
      expect(events.filter(({ event }) => event === "run")).toHaveLength(1);
      expect(events.slice(-3).map(({ event }) => event)).toEqual(["summary", "standing", "end"]);
      expect(events.at(-1)).toMatchObject({ code: 2, seconds: expect.any(Number) });
      expect(eventsOf(run("check --json").stdout)[0]?.["run"]).not.toBe(events[0]?.["run"]);
    });
  });

  test("the manifest names the number that a script tells of itself", () => {
    onHost(({ directory }) => {
      const manifest = JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8"));
      const sums = manifest.files.flatMap(({ path, sum }: Record<string, string>) => (sum === undefined ? [] : [path]));
      expect(sums.sort()).toEqual(["client-test.sh", "director.sh", "doctor.sh", "fetch-packages.sh", "realserver.sh"]);
      const script = manifest.files.find(({ path }: { path: string }) => path === "realserver.sh");
      expect(script.sum).toBe(head(directory, "sum"));
    });
  });

  test("every command has it, and one that fails before it knows the host, too", () => {
    onHost(({ directory, run }) => {
      for (const command of ["apply", "check", "history", "rollback --dry-run", "uninstall --dry-run", "uninstall"]) {
        const { status, stdout } = run(`${command} --json`);
        const events = eventsOf(stdout);
        expect(events[0]).toMatchObject({ event: "run", host: "h1", command: command.split(" ")[0] });
        expect(events.at(-1)).toMatchObject({ event: "end", code: status });
      }
      const unknown = spawnSync(bash, ["realserver.sh", "check", "--json", "--host", "h9"], {
        cwd: directory,
        encoding: "utf8",
      });
      expect(eventsOf(unknown.stdout)).toEqual([
        expect.objectContaining({ event: "run", host: "h9" }),
        expect.objectContaining({ event: "error", code: 78 }),
        expect.objectContaining({ event: "end", code: 78 }),
      ]);
      const shown = spawnSync(bash, ["realserver.sh", "show", "/srv/b", "--json", "--host", "h1"], {
        cwd: directory,
        encoding: "utf8",
      });
      expect(shown.stdout).toBe("b\n");
      expect(run("show /srv/b --report stick")).toMatchObject({ status: 64, stdout: "" });
    });
  });

  test("what stands: the generation, from which script, and how an interrupted one differs", () => {
    onHost(({ directory, run }) => {
      const standing = (words: string) =>
        eventsOf(run(`${words} --json`).stdout).find(({ event }) => event === "standing");
      expect(standing("check")).toMatchObject({ generation: 0, state: "none", confirm: "no" });
      expect(standing("apply")).toMatchObject({ generation: 1, state: "closed", sha256: head(directory, "sum") });
      const file = join(directory, "r/var/lib/lvsgen/m/realserver/generations/0001");
      writeFileSync(file, readFileSync(file, "utf8").replace(/end\n$/, ""));
      expect(standing("check")).toMatchObject({ generation: 1, state: "interrupted" });
    });
  });
});

describe("a run that a signal ends", () => {
  test.each([
    ["HUP", 129],
    ["INT", 130],
    ["TERM", 143],
  ])("SIG%s: its end says %i, whichever command it is", (signal, code) => {
    onHost(({ directory, run }) => {
      // As soon as something was found, while the command before the signal came through. (A script that has begun keeps functions.)
      const found = `[[ $* != *'{"event":"'* || $* == *'{"event":"'@(run|error|end|standing)'"'* ]]`;
      writeFileSync(join(directory, "env"), `printf() { builtin printf "$@"; ${found} || kill -${signal} $$; }\n`);
      const before = `export lvsgen_started=$$ BASH_ENV=${directory}/env`;
      expect(run("apply").status).toBe(0);
      const told = ["check", "history", "rollback --dry-run"].map((command) => {
        const { status, stdout } = run(`${command} --json`, { before });
        return { command, status, end: eventsOf(stdout).at(-1) };
      });
      const doctor = spawnSync("bash", ["-c", `${before}; exec ${bash} doctor.sh --host h1 --json`], {
        cwd: directory,
        encoding: "utf8",
      });
      const end = eventsOf(doctor.stdout).at(-1);
      for (const one of [...told, { command: "doctor", status: doctor.status, end }])
        expect(one).toEqual({ ...one, status: code, end: expect.objectContaining({ event: "end", code }) });
    });
  });
});

describe("--report", () => {
  test("a new file in the folder, with what --json says, beside what is shown", () => {
    onHost(({ directory, run }) => {
      const plain = run("check");
      const { status, stdout } = run("check --report stick", { before: "umask 000" });
      expect(status).toBe(2);
      const name = onlyReport(directory);
      expect(name).toMatch(/^h1-realserver-check-\d{8}T\d{6}Z\.jsonl$/);
      expect(stdout).toBe(`${plain.stdout}report: stick/${name}\n`);
      const path = join(directory, "stick", name);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const timeless = (text: string) => eventsOf(text).map(({ time, run, seconds, uptime, ...rest }) => rest);
      expect(timeless(readFileSync(path, "utf8"))).toEqual(timeless(run("check --json").stdout));
    });
  });

  test("a file that is named; --json and --quiet go with it; the mask of what is applied stays", () => {
    onHost(({ directory, run }) => {
      const { status, stdout } = run("apply --report stick/one.jsonl --json");
      expect(status).toBe(0);
      expect(readFileSync(join(directory, "stick/one.jsonl"), "utf8")).toBe(stdout);
      expect(statSync(join(directory, "r/srv/b")).mode & 0o777).toBe(0o644);
      expect(run("check --quiet --report stick/two.jsonl")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      expect(eventsOf(readFileSync(join(directory, "stick/two.jsonl"), "utf8")).at(-1)).toMatchObject({
        event: "end",
        code: 0,
      });
    });
  });

  test("takes no file's place, follows no link, and waits for no pipe", () => {
    onHost(({ directory, run }) => {
      const at = (name: string) => join(directory, name);
      writeFileSync(at("stick/there"), "kept");
      symlinkSync(at("elsewhere"), at("stick/dangling"));
      symlinkSync(at("stick/there"), at("stick/link"));
      spawnSync("mkfifo", [at("stick/pipe")]);
      for (const name of ["there", "dangling", "link", "pipe"]) {
        const { status, stderr } = run(`apply --report stick/${name}`, { before: "ulimit -t 20" });
        expect({ name, status }).toEqual({ name, status: 64 });
        expect(stderr).toContain(`stick/${name} is there already, and a report takes no file's place`);
      }
      expect(run("apply --report nowhere/one")).toMatchObject({ status: 64 });
      expect(readFileSync(at("stick/there"), "utf8")).toBe("kept");
      expect(existsSync(at("elsewhere"))).toBe(false);
      expect(existsSync(at("r/srv"))).toBe(false);
    });
  });

  test("where others can write, a folder gives a name that nobody guesses, and a name that is given is refused", () => {
    onHost(({ directory, run }) => {
      chmodSync(join(directory, "stick"), 0o1777);
      const refused = run("apply --report stick/mine.jsonl");
      expect(refused.status).toBe(69);
      expect(refused.stderr).toContain(
        "others can write to stick, where they could have put something in the place of mine.jsonl",
      );
      expect(refused.stderr).toContain("Nothing was done.");
      expect(existsSync(join(directory, "r/srv"))).toBe(false);
      expect(run("check --report stick").status).toBe(2);
      const name = onlyReport(directory);
      const text = readFileSync(join(directory, "stick", name), "utf8");
      expect(name).toMatch(new RegExp(`^h1-realserver-check-\\d{8}T\\d{6}Z-${eventsOf(text)[0]?.["run"]}\\.jsonl$`));
    });
  });

  test("many in one second each have a name", () => {
    onHost(({ directory, run }) => {
      for (let n = 0; n < 6; n += 1) expect(run("check --report stick").status).toBe(2);
      expect(readdirSync(join(directory, "stick"))).toHaveLength(6);
    });
  });

  test("one that breaks off is told, and the run and its exit code are what they were", () => {
    onHost(({ directory, run }) => {
      // 1024 bytes for each file: the report outgrows it, and what is applied does not.
      const { status, stderr, stdout } = run("check --report stick", { before: "ulimit -f 1" });
      expect(status).toBe(2);
      const name = onlyReport(directory);
      expect(stderr).toContain(`the report stick/${name} breaks off: it cannot be written any more`);
      expect(stderr.match(/breaks off/g)).toHaveLength(1);
      expect(stdout).toMatch(/^realserver h1: ok=\d+ pending=[1-9]\d* failed=0$/m);
      expect(stdout).not.toContain("report:");
    });
  });

  test("one that cannot be begun ends the run before anything is done", () => {
    onHost(({ directory, run }) => {
      // /proc takes no files, whoever asks.
      const { status, stderr } = run("apply --report /proc/self/report.jsonl");
      expect(status).toBe(69);
      expect(stderr).toContain("--report: cannot write /proc/self/report.jsonl");
      expect(stderr).toContain("Nothing was done.");
      expect(existsSync(join(directory, "r/srv"))).toBe(false);
    });
  });

  test("doctor.sh and client-test.sh write one, too", () => {
    onHost(({ directory }) => {
      const at = { cwd: directory, encoding: "utf8" } as const;
      const doctor = spawnSync(bash, ["doctor.sh", "--host", "h1", "--report", "stick", "--quiet"], at);
      const list = spawnSync(bash, ["client-test.sh", "list", "--report", "stick"], at);
      expect(list.status).toBe(0);
      const names = readdirSync(join(directory, "stick"));
      expect(names).toHaveLength(2);
      expect(names).toContainEqual(expect.stringMatching(/-client-list-\d{8}T\d{6}Z\.jsonl$/));
      expect(names).toContainEqual(expect.stringMatching(/^h1-doctor-doctor-\d{8}T\d{6}Z\.jsonl$/));
      const reports = names.map((name) => eventsOf(readFileSync(join(directory, "stick", name), "utf8")));
      expect(reports.map((events) => events[0]?.["role"]).sort()).toEqual(["client", "doctor"]);
      const codes = reports.map((events) => [events[0]?.["role"], events.at(-1)?.["code"]]);
      expect(Object.fromEntries(codes)).toEqual({ client: 0, doctor: doctor.status });
    });
  });
});
