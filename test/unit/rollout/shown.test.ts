// The plan in docs/rollout.md is what the program prints of such a change, and the form, the JSON and the exit codes go with it.
import { mkdirSync, readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { workplace } from "../cli/command-line.ts";

const here = workplace();
const servers = Array.from({ length: 8 }, (_, index) => `web${index + 1}`);
const names = ["lvs1", "lvs2", ...servers];

const description = (scheduler: string, realserver: object) => ({
  version: 1,
  name: "shop",
  defaults: { platform: "debian12", interface: "eth0" },
  hosts: Object.fromEntries(names.map((name, index) => [name, { address: `10.0.0.${index + 1}/24` }])),
  directors: ["lvs1", "lvs2"],
  ha: { routerId: 51 },
  services: [{ name: "web", vip: "10.0.0.100", port: 80, scheduler, realservers: servers.map((host) => ({ host })) }],
  realserver,
});

beforeEach(() => {
  for (const [scheduler, realserver] of [
    ["rr", {}],
    ["wrr", { files: [{ path: "/etc/motd", content: "shop\n" }] }],
  ] as const) {
    here.write("cluster.json", JSON.stringify(description(scheduler, realserver)));
    expect(here.lvsgen("build").code).toBe(0);
  }
});

function note(host: string, state: string): void {
  mkdirSync(here.file("rollout-state/tasks"), { recursive: true });
  const entry = {
    format: 1,
    state,
    command: "apply",
    folder: null,
    report: null,
    isApplied: true,
    reason: null,
    hint: null,
  };
  here.write(`rollout-state/tasks/1-realserver-${host}.json`, JSON.stringify(entry));
}

test("the plan of docs/rollout.md", () => {
  const [, block] = /^```\n(1\. bash realserver[\s\S]*?)^```$/m.exec(readFileSync("docs/rollout.md", "utf8")) ?? [];
  for (const host of ["web1", "web2", "web3", "web5"]) note(host, "done");
  note("web4", "failed");
  const { code, out } = here.lvsgen("rollout", "out", "--state", "rollout-state");
  expect({ code, out }).toEqual({ code: 2, out: block });
  note("web4", "running");
  expect(here.lvsgen("rollout", "out").out).toContain("web5: done; web4: its end is not known\n");
});

test("the form has the runbook's lines for each host, and a box that is ticked where it is done", () => {
  note("web1", "done");
  const { code, out } = here.lvsgen("rollout", "out", "--markdown");
  expect(code).toBe(1);
  expect([...out.matchAll(/^- \[([ x])\] (\S+)/gm)].map(([, box, host]) => `${host}${box}`)).toEqual(
    [...servers, "lvs2", "lvs1"].map((host) => `${host}${host === "web1" ? "x" : " "}`),
  );
  const runbook = here.read("out/RUNBOOK.md");
  const typed = out.split("\n").filter((line) => line.startsWith("      bash "));
  // Where the runbook has the commands of the first host for all, they differ in its name.
  for (const line of typed) expect(runbook).toContain(line.replace(/ (web)\d(?=:)/, " web1"));
  expect(typed).toHaveLength(8 * 4 + 2 * 5);
});

test("the form ends with the test from each client, where one is described", () => {
  expect(here.lvsgen("rollout", "out", "--markdown").out).not.toContain("client-test.sh");
  const tested = description("wrr", {});
  const hosts = { ...tested.hosts, pc: { address: "10.0.0.200/24" } };
  here.write("cluster.json", JSON.stringify({ ...tested, hosts, clients: ["pc"] }));
  expect(here.lvsgen("build").code).toBe(0);
  const { out } = here.lvsgen("rollout", "out", "--markdown");
  expect(out.slice(out.indexOf("## `client-test.sh`"))).toBe(`## \`client-test.sh\`

At the end, from a machine that is no director and no real server:

- [ ] pc  done on .............. by ..............

      bash client-test.sh   # 0  no line begins with not ok
`);
});

test.each(["cluster.json", "nowhere"])("%s is no bundle", (name) => {
  here.write("cluster.json", "{}");
  expect(here.lvsgen("rollout", name)).toMatchObject({
    code: 66,
    err: expect.stringContaining(`${name}: error: has no manifest.json of lvsgen's`),
  });
});

test("--json has every host with its state; reports that came by a stick count; --done is for steps by hand alone", () => {
  const { complete, steps } = JSON.parse(here.lvsgen("rollout", "out", "--json").out);
  expect(complete).toBe(false);
  expect(steps.map((step: { action: string; hosts: string[] }) => [step.action, step.hosts.length])).toEqual([
    ["apply", 8],
    ["apply", 2],
  ]);
  expect(here.lvsgen("rollout", "out", "--done", "1")).toMatchObject({
    code: 64,
    err: expect.stringContaining("has no step 1 that is done by hand"),
  });
  const { files } = JSON.parse(here.read("out/manifest.json"));
  const { sum } = files.find(({ path }: { path: string }) => path === "realserver.sh");
  mkdirSync(here.file("rollout-state"), { recursive: true });
  const head = {
    event: "run",
    time: "2026-11-29T06:30:00+00:00",
    run: "1",
    host: "web7",
    machine: "web7",
    role: "realserver",
    cluster: "shop",
    command: "apply",
    bundle: sum,
    format: 1,
    root: "",
    only: "",
    dry_run: "",
  };
  here.write("rollout-state/stick.jsonl", `${JSON.stringify(head)}\n{"event":"end","code":0,"seconds":1}\n`);
  expect(here.lvsgen("rollout", "out").out).toContain("web7: done");
});

test.each(["--only web1", "--without web1", "--stop-after 1", "--sudo", "--packages /media/usb", "--secrets secrets"])(
  "%s is for who goes there, and is not passed by in silence",
  (words) => {
    const option = words.split(" ")[0] ?? "";
    const { code, err } = here.lvsgen("rollout", "out", ...words.split(" "));
    expect(code).toBe(64);
    expect(err).toContain(`takes ${option} only where it is to go to the hosts`);
    expect(err).toContain(`add --ssh, or leave ${option} out`);
  },
);

test("before anybody went there, no command is named for what is not there yet", () => {
  expect(here.lvsgen("rollout", "out").out).not.toContain("lvsgen status");
});
