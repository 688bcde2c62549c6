/** What is taken for done of a change in which a host is in several steps, or the cluster gets another name. */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { plainEnvironment, program, workplace } from "../cli/command-line.ts";
import { type Fields, report, type Told } from "../status/reports.ts";
import { type Hosts, playHosts } from "./hosts.ts";

const here = workplace();
const servers = ["web1", "web2", "web3"];
const names = ["lvs1", "store", ...servers];

/** web3 has on the share what the others have; its going takes it off, and web1 brings it back. */
const description = (leaving: boolean, name = "shop") => {
  const behind = leaving ? servers.slice(0, 2) : servers;
  return {
    version: 1,
    name,
    defaults: { platform: "debian12", interface: "eth0" },
    hosts: Object.fromEntries(
      names
        .filter((host) => host !== "web3" || !leaving)
        .map((host) => {
          const files = [
            { path: "/var/www/index.html", content: "hello\n" },
            ...(leaving && host === "web1" ? [{ path: "/etc/motd", content: "new\n" }] : []),
          ];
          const shared = { mounts: [{ export: "/srv", target: "/var/www" }], files };
          const address = `10.0.0.${names.indexOf(host) + 1}/24`;
          return [host, { address, ...(host.startsWith("web") ? shared : {}) }];
        }),
    ),
    directors: ["lvs1"],
    nfs: { server: "store", exports: [{ path: "/srv", clients: { "10.0.0.0/24": ["rw", "no_root_squash"] } }] },
    services: [{ name: "web", vip: "10.0.0.100", port: 80, realservers: behind.map((host) => ({ host })) }],
  };
};

function build(value: object): void {
  here.write("cluster.json", JSON.stringify(value));
  const { code, err } = here.lvsgen("build");
  expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
}

interface Shown {
  readonly complete: boolean;
  readonly steps: readonly {
    readonly action: string;
    readonly batches: readonly { readonly hosts: readonly { host: string; role: string; state: string }[] }[];
  }[];
}

/** Each task with its state, and the exit code. */
function shown() {
  const { code, out } = here.lvsgen("rollout", "out", "--json");
  const { complete, steps } = JSON.parse(out) as Shown;
  const states = steps.flatMap(({ action, batches }, index) =>
    batches.flatMap(({ hosts }) =>
      hosts.map(({ host, role, state }) => `${index + 1} ${action} ${role} ${host}: ${state}`),
    ),
  );
  return { code, complete, states };
}

function sumOf(script: string): string {
  const { files } = JSON.parse(here.read("out/manifest.json")) as { files: { path: string; sum?: string }[] };
  return files.find(({ path }) => path === script)?.sum ?? "";
}

let count = 0;

/** A report that came by a stick. */
function brought({ events = [] as readonly Fields[], ...told }: Told, minute: number): void {
  mkdirSync(here.file("rollout-state"), { recursive: true });
  count += 1;
  const time = `2026-11-28T06:${String(minute).padStart(2, "0")}:00+00:00`;
  here.write(`rollout-state/stick-${count}.jsonl`, report({ cluster: "shop", time, events, ...told }));
}

describe("a host that is twice in it with the same role", () => {
  beforeEach(() => {
    build(description(false));
    build(description(true));
  });

  const tasks = (states: readonly string[]) => [
    `1 apply realserver web1: ${states[0]}`,
    `2 apply director lvs1: ${states[1]}`,
    `3 uninstall realserver web3: ${states[2]}`,
    `4 apply realserver web1: ${states[3]}`,
  ];
  const apply = (host: string, role: string, minute: number): void =>
    brought({ host, role, command: "apply", bundle: sumOf(`${role}.sh`) }, minute);
  const uninstall = (minute: number): void =>
    brought({ host: "web3", command: "uninstall", bundle: sumOf("realserver.sh") }, minute);

  test("by ssh, what the first step reported does not make the last one done", () => {
    const hosts: Hosts = playHosts(here.file("hosts"), "shop", names);
    const rollout = (...args: readonly string[]) =>
      spawnSync(process.execPath, [program, "rollout", "out", "--ssh", ...args], {
        cwd: here.path,
        env: { ...plainEnvironment(), ...hosts.environment },
        encoding: "utf8",
      });
    hosts.set("web3", "realserver", "former");
    const first = rollout("--stop-after", "3");
    expect({ code: first.status, last: first.stdout.trimEnd().split("\n").at(-1) }).toEqual({
      code: 1,
      last: "3 of 4 done",
    });
    expect(shown()).toMatchObject({ code: 1, complete: false, states: tasks(["done", "done", "done", "to-do"]) });
    expect(rollout().status).toBe(0);
    expect(hosts.calls("web1").filter((call) => call === "realserver verify")).toHaveLength(2);
    expect(shown()).toMatchObject({ code: 0, complete: true });
  });

  test("by a stick, a report speaks for the last step once it is newer than all between", () => {
    expect(shown().states).toEqual(tasks(["to-do", "to-do", "to-do", "to-do"]));
    apply("web1", "realserver", 1);
    expect(shown().states).toEqual(tasks(["done", "to-do", "to-do", "to-do"]));
    apply("lvs1", "director", 2);
    uninstall(3);
    expect(shown()).toMatchObject({ code: 1, complete: false, states: tasks(["done", "done", "done", "to-do"]) });
    apply("web1", "realserver", 4);
    expect(shown()).toMatchObject({ code: 0, complete: true });
    // What is only asked on a host between, later, undoes nothing.
    brought({ host: "lvs1", role: "director", command: "check", bundle: sumOf("director.sh") }, 5);
    expect(shown()).toMatchObject({ code: 0, complete: true });
  });

  test("nor where a step between was not done at all", () => {
    apply("web1", "realserver", 1);
    uninstall(2);
    apply("web1", "realserver", 3);
    expect(shown()).toMatchObject({ code: 1, states: tasks(["done", "to-do", "done", "to-do"]) });
  });
});

test("by ssh as far as it went, and then by a stick: what is newer than that counts", () => {
  build(description(false));
  build(description(true));
  const hosts: Hosts = playHosts(here.file("hosts"), "shop", names);
  hosts.set("web3", "realserver", "former");
  const { status } = spawnSync(process.execPath, [program, "rollout", "out", "--ssh", "--stop-after", "3"], {
    cwd: here.path,
    env: { ...plainEnvironment(), ...hosts.environment },
  });
  expect(status).toBe(1);
  const apply: Told = { host: "web1", command: "apply", bundle: sumOf("realserver.sh") };
  brought({ ...apply, time: "2026-11-29T00:00:00+00:00" }, 0);
  expect(shown().states.at(-1)).toBe("4 apply realserver web1: to-do");
  brought({ ...apply, time: "2026-11-30T00:00:00+00:00" }, 0);
  expect(shown()).toMatchObject({ code: 0, complete: true });
});

test("verify alone has not compared files: nothing is done by it", () => {
  build(description(false));
  const states = () => shown().states.filter((line) => line.includes("web1"));
  brought({ host: "web1", command: "verify", bundle: sumOf("realserver.sh") }, 1);
  expect(states()).toEqual(["2 apply realserver web1: to-do"]);
  brought({ host: "web1", command: "check", bundle: sumOf("realserver.sh") }, 2);
  expect(states()).toEqual(["2 apply realserver web1: done"]);
});

test("the former cluster's uninstalls are done by what its scripts report under its name", () => {
  build(description(false, "old"));
  const former = sumOf("realserver.sh");
  build(description(false, "shop"));
  const uninstalls = () => shown().states.filter((line) => line.includes("uninstall"));
  expect(uninstalls()).toHaveLength(5);
  brought({ host: "web2", command: "uninstall", cluster: "old", bundle: former }, 1);
  expect(uninstalls().filter((line) => line.endsWith(": done"))).toEqual([
    expect.stringContaining("uninstall realserver web2: done"),
  ]);
  // Under the new name it is another one.
  brought({ host: "web1", command: "uninstall", cluster: "shop", bundle: former }, 2);
  expect(uninstalls().filter((line) => line.endsWith(": done"))).toHaveLength(1);
});
