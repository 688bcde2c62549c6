/** OPERATIONS.md with a cluster's own names. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compile } from "../../../src/index.ts";
import { type Description, pair, web } from "../diff/sides.ts";
import { textOf } from "../scripts/bundle.ts";
import { built } from "./changed.ts";

async function operationsOf(description: Description): Promise<string> {
  return textOf(await built(description), "OPERATIONS.md");
}

const chapter = (text: string, title: string): string =>
  text
    .split(/^## /m)
    .find((one) => one.startsWith(`${title}\n`))
    ?.slice(title.length) ?? "";

test.each([
  "A real server is dead",
  "A director is dead",
  "A disk or a whole machine is replaced",
  "A host gets another address, or another NIC",
  "Another virtual address",
  "A real server more, or one less",
  "Kernel and package updates",
  "Backup",
  "What networks have to let through",
  "Many hosts",
  "Has anything been changed by hand?",
  "Logs",
  "A new version of lvsgen",
  "Without lvsgen",
])("has the task: %s", async (title) => {
  expect(chapter(await operationsOf(web()), title).length).toBeGreaterThan(150);
});

test("logs: the timer's where there is one", async () => {
  const [one, two] = [await operationsOf(web()), await operationsOf({ ...web(), monitoring: {} })];
  const timer = "`journalctl -u 'lvsgen-web-*-monitor.service'` on each host";
  expect(chapter(one, "Logs")).toContain("`journalctl -t lvsgen` on each host");
  expect(chapter(one, "Logs")).not.toContain(timer);
  expect(chapter(two, "Logs")).toContain(timer);
  expect(chapter(one, "Many hosts")).toContain('the last with `"event":"end"` and the exit code');
});

test("one director alone is told so, and a pair how to take turns", async () => {
  const [one, two] = [await operationsOf(web()), await operationsOf(pair())];
  expect(chapter(one, "A director is dead")).toContain("Nobody is served until lvs1 is there again");
  expect(chapter(two, "A director is dead")).toContain("Another one has taken the virtual addresses over");
  expect(chapter(one, "A real server is dead")).toMatch(
    /keeps its share of the clients[\s\S]*bash director\.sh drain web1\n/,
  );
  expect(chapter(two, "A real server is dead")).toMatch(/finds out by itself[\s\S]*on every director \(lvs1, lvs2\)/);
  expect(chapter(two, "Kernel and package updates")).toContain("# on lvs2: update it and reboot");
  expect(one).not.toMatch(/keepalived|client-test\.sh -/);
});

test("what networks have to let through, for each method", async () => {
  const tunnelled = web();
  tunnelled.services[0].mode = "tun";
  expect(chapter(await operationsOf(tunnelled), "What networks have to let through")).toContain(
    "| lvs1 (10.0.0.1) | web1 (10.0.0.11), web2 (10.0.0.12) | IP protocol 4 (IPIP) | shop: requests in a tunnel |",
  );
  const nat = readFileSync("examples/nat.json", "utf8");
  const { bundle } = await compile(nat);
  const flows = chapter(bundle === null ? "" : textOf(bundle, "OPERATIONS.md"), "What networks have to let through");
  expect(flows).toContain("| app1 (10.0.0.12), app2 (10.0.0.13) | clients, by way of the director | from tcp 8080 |");
  expect(flows).not.toContain("do not pass the director");
  expect(flows).toMatch(
    /\| 10\.0\.0\.0\/24, from the director on as lb \(192\.168\.80\.10\) \| wherever they connect to \|/,
  );

  const shares = pair();
  shares.hosts.store = { address: "10.0.0.20/24" };
  shares.nfs = { server: "store", exports: [{ path: "/srv/www", clients: { "10.0.0.0/24": ["ro"] } }] };
  shares.realserver = { mounts: [{ export: "/srv/www", target: "/var/www/html" }] };
  const all = chapter(await operationsOf(shares), "What networks have to let through");
  const both = "lvs1 (10.0.0.1), lvs2 (10.0.0.2)";
  expect(all).toContain(`| ${both} | each other | IP protocol 112 (VRRP) |`);
  expect(all).toContain(`| ${both} | 224.0.0.81 | udp 8848 |`);
  expect(all).toContain(`| ${both} | web1 (10.0.0.11), web2 (10.0.0.12) | tcp 80 | shop: health checks (tcp) |`);
  expect(all).toContain("| web1 (10.0.0.11), web2 (10.0.0.12) | store (10.0.0.20) | tcp 2049 |");
});

test("a long list of machines is counted", async () => {
  const many = web();
  for (let host = 20; host < 60; host++) many.services[0].realservers.push({ address: `10.0.0.${host}` });
  expect(chapter(await operationsOf(many), "What networks have to let through")).toContain("10.0.0.25 and 34 more |");
});

test("taking it off begins with who sends clients there, and ends with who shares", async () => {
  const shares = web();
  shares.hosts.store = { address: "10.0.0.20/24" };
  shares.nfs = { server: "store", exports: [{ path: "/srv", clients: { "10.0.0.0/24": ["ro"] } }] };
  expect(chapter(await operationsOf(shares), "Without lvsgen").match(/^[0-9]\. `bash \S+ uninstall.*/gm)).toEqual([
    "1. `bash director.sh uninstall` on lvs1",
    "2. `bash realserver.sh uninstall` on web1, web2",
    "3. `bash nfs.sh uninstall` on store",
  ]);
});

test("a pool is told once, with what it has and whose it is", async () => {
  const text = readFileSync("examples/pools.json", "utf8");
  const { bundle } = await compile(text.replace('"pools":', '"ha": {}, "pools":'));
  const operations = bundle === null ? "" : textOf(bundle, "OPERATIONS.md");
  expect(chapter(operations, "A real server more, or one less")).toContain(
    "| web | web\\[01-40\\] (192.168.80.11 - 192.168.80.50), 192.168.80.101 - 192.168.80.110 | web-80, web-443, shop |",
  );
  const flows = chapter(operations, "What networks have to let through");
  expect(flows).toContain("| lvs1 (192.168.80.10) | pool web | tcp 443 | web-443: the same packets for the VIP");
  expect(flows).toContain("| lvs1 (192.168.80.10) | pool web | tcp 80 | web-80: health checks (tcp) |");
  expect(flows).not.toContain("web02 (");
  expect(bundle && textOf(bundle, "RUNBOOK.md")).toContain(
    "| wlc, DR | pool web: web\\[01-40\\] (40 machines) weight 2; 192.168.80.\\[101-110\\] (10 machines) weight 1 |",
  );
});

test("where a service sends other machines than the whole pool, they are named", async () => {
  const mixed = web();
  mixed.pools = { web: [{ host: "web1" }, { host: "web2", mode: "tun" }] };
  mixed.services[0].pool = "web";
  delete (mixed.services[0] as Partial<Description["services"][number]>).realservers;
  const flows = chapter(await operationsOf(mixed), "What networks have to let through");
  expect(flows).toContain("| lvs1 (10.0.0.1) | web1 (10.0.0.11) | tcp 80 |");
  expect(flows).toContain("| lvs1 (10.0.0.1) | web2 (10.0.0.12) | IP protocol 4 (IPIP) |");
  expect(flows).toContain("| pool web, as VIP ");
  const spare = pair();
  spare.pools = { web: spare.services[0].realservers };
  spare.services[0].pool = "web";
  spare.services[0].sorryServer = { address: "10.0.0.99" };
  delete (spare.services[0] as Partial<Description["services"][number]>).realservers;
  expect(chapter(await operationsOf(spare), "What networks have to let through")).toContain(
    "| pool web, 10.0.0.99 | tcp 80 |",
  );
});
