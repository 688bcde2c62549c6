import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { altered, clusterOf, type Point, type Run, runScript, scriptText } from "./script.ts";

const directory = mkdtempSync(join(tmpdir(), "lvsgen-client-arp-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let count = 0;

const director = "52:54:00:00:00:10";
const second = "52:54:00:00:00:11";
const both = ["lvs1", "lvs2"];
const web1 = "52:54:00:00:00:12";
const other = "52:54:00:00:00:99";

/** A segment: who answers for which address, and how this machine reaches the VIP. */
interface Segment {
  readonly macs: Readonly<Record<string, readonly string[]>>;
  readonly route?: string;
  readonly routes?: readonly string[];
  readonly program?: "iputils" | "old iputils" | "Habets" | "busybox" | "none";
  readonly vip?: string;
  readonly root?: boolean;
  readonly directors?: readonly string[];
}

const healthy = { "127.0.1.88": [director], "127.0.1.10": [director], "127.0.1.12": [web1] };

/** Stand-ins for ip(8) and arping(8) with the output of the real ones. */
function programs({ macs, route, routes = [], program = "iputils" }: Segment): string {
  const bin = join(directory, `${count++}`);
  mkdirSync(bin);
  const answers = Object.entries(macs);
  const executable = (name: string, lines: readonly string[]) =>
    writeFileSync(join(bin, name), ["#!/bin/bash", ...lines, ""].join("\n"), { mode: 0o755 });
  executable("ip", [
    "case $* in",
    `  *'route get '*) printf '%s\\n' "\${!#} ${route ?? "dev ens33 src 127.0.1.200 uid 0"}" ;;`,
    `  *'route show match '*) printf '%s\\n' ${["default via 127.0.1.1 dev ens33", ...routes].map((one) => `'${one}'`).join(" ")} ;;`,
    ...answers.map(
      ([address, list]) => `  *'neigh show to ${address} '*) printf '${address} lladdr ${list[0]} REACHABLE\\n' ;;`,
    ),
    "esac",
  ]);
  const reply = {
    iputils: (address: string, mac: string) => `Unicast reply from ${address} [${mac.toUpperCase()}]  0.712ms`,
    "old iputils": (address: string, mac: string) => `Unicast reply from ${address} [${mac.toUpperCase()}]  0.712ms`,
    busybox: (address: string, mac: string) => `Unicast reply from ${address} [${mac}] 0.712ms`,
    Habets: (address: string, mac: string) => `60 bytes from ${mac} (${address}): index=0 time=7.120 usec`,
  };
  const help = {
    iputils:
      "Usage:\n  arping [options] <destination>\n\nOptions:\n  -f            quit on first reply\n  -b            keep on broadcasting, do not unicast",
    "old iputils":
      "Usage: arping [-fqbDUAV] [-c count] [-w timeout] [-I device] [-s source] destination\n  -b : keep broadcasting, don't go unicast",
    busybox:
      "BusyBox v1.36.1 multi-call binary.\n\nUsage: arping [-fqbDUA] [-c CNT] [-w TIMEOUT] [-I IFACE] [-s SRC_IP] DST_IP",
    Habets:
      "ARPing 2.23, by Thomas Habets <thomas@habets.se>\nusage: arping [ -0aAbdDeFpPqrRuUv ] [ -w <sec> ] [ -W <sec> ]",
  };
  if (program !== "none") {
    executable("arping", [
      `if [[ $* != *127.0.1* ]]; then printf '%s\\n' ${JSON.stringify(help[program])} >&2; exit 2; fi`,
      `[[ ${program === "Habets" ? "$* == *'-i ens33 '* && $* != *'-b '*" : "$* == *'-b '*'-I ens33 '*"} ]] || exit 2`,
      "for address; do :; done",
      'printf "ARPING %s from 127.0.1.200 ens33\\n" "$address"',
      "case $address in",
      ...answers.map(
        ([address, list]) =>
          `  ${address}) printf '%s\\n' ${[...list, ...list].map((mac) => `'${reply[program](address, mac)}'`).join(" ")} ;;`,
      ),
      "esac",
    ]);
  }
  return bin;
}

async function arp(segment: Segment): Promise<Run & { readonly point: Point | undefined }> {
  const { vip = "127.0.1.88", root = true, directors } = segment;
  const cluster = clusterOf(
    [{ name: "web", vip, port: 1, check: { type: "none" }, realservers: [{ host: "web1" }, { host: "web2" }] }],
    {},
    directors,
  );
  // The machine of the test may have one.
  const hidden = segment.program === "none" ? 'command() { [[ $2 != arping ]] && builtin command "$@"; }' : "";
  const script = altered(scriptText(cluster), `is_root() { ${root}; }\n${hidden}`);
  const run = await runScript(script, [], { path: programs(segment) });
  return { ...run, point: run.points.find(({ service }) => service === "arp") };
}

describe("who answers ARP for the VIP", () => {
  const table: readonly [string, Segment, Point["result"]][] = [
    ["the director alone", { macs: healthy }, "ok"],
    ["the director alone, by an old arping", { macs: healthy, program: "old iputils" }, "ok"],
    ["the director alone, by Habets' arping", { macs: healthy, program: "Habets" }, "ok"],
    ["the director alone, by busybox", { macs: healthy, program: "busybox" }, "ok"],
    [
      "a director with two interfaces there",
      { macs: { ...healthy, "127.0.1.88": [director, other], "127.0.1.10": [other, director] } },
      "ok",
    ],
    [
      "the second director alone",
      { macs: { ...healthy, "127.0.1.88": [second], "127.0.1.11": [second] }, directors: both },
      "ok",
    ],
    [
      "the second director, the first being away",
      { macs: { "127.0.1.88": [second], "127.0.1.11": [second] }, directors: both },
      "ok",
    ],
    [
      "both directors",
      { macs: { ...healthy, "127.0.1.88": [director, second], "127.0.1.11": [second] }, directors: both },
      "failed",
    ],
    ["a real server too", { macs: { ...healthy, "127.0.1.88": [director, web1] } }, "failed"],
    ["a real server alone", { macs: { ...healthy, "127.0.1.88": [web1] } }, "failed"],
    ["a stranger", { macs: { ...healthy, "127.0.1.88": [other] } }, "failed"],
    ["nobody", { macs: { "127.0.1.10": [director] } }, "failed"],
    ["two, and the director's own address is silent", { macs: { "127.0.1.88": [director, web1] } }, "failed"],
    ["one, and the director's own address is silent", { macs: { "127.0.1.88": [director] } }, "skipped"],
    [
      "not to be asked: behind a router",
      { macs: healthy, route: "via 127.0.1.1 dev ens33 src 127.0.1.200" },
      "skipped",
    ],
    [
      "not to be asked: two interfaces on the segment",
      {
        macs: healthy,
        routes: ["127.0.1.0/24 dev ens33 proto kernel scope link", "127.0.1.0/24 dev ens34 proto kernel scope link"],
      },
      "skipped",
    ],
    [
      "to be asked: the same route twice",
      {
        macs: healthy,
        routes: ["127.0.1.0/24 dev ens33 proto kernel scope link", "127.0.0.0/16 dev ens33 scope link"],
      },
      "ok",
    ],
    ["not to be asked: no arping", { macs: healthy, program: "none" }, "skipped"],
    ["not to be asked: not root", { macs: healthy, root: false }, "skipped"],
    [
      "the director, for IPv6",
      { vip: "fd00::88", macs: { "fd00::88": [director], "fd00::10": [director] }, program: "none" },
      "ok",
    ],
    [
      "the director, for IPv6 without root",
      { vip: "fd00::88", macs: { "fd00::88": [director], "fd00::10": [director] }, root: false },
      "ok",
    ],
    [
      "another, for IPv6",
      { vip: "fd00::88", macs: { "fd00::88": [web1], "fd00::10": [director], "fd00::12": [web1] } },
      "failed",
    ],
  ];
  test.concurrent.each(table)("%s", async (_, segment, result) => {
    const run = await arp(segment);
    expect(run.point?.result, run.stdout + run.stderr).toBe(result);
    expect(run).toMatchObject({ code: result === "failed" ? 1 : 0, stderr: "" });
  });

  test("the real server that answers is named", async () => {
    const { lines } = await arp({ macs: { ...healthy, "127.0.1.88": [director, web1] } });
    const told = lines.filter((line) => line.startsWith("#   "));
    expect(told.some((line) => line.includes("web1 (127.0.1.12)") && line.includes(web1))).toBe(true);
    expect(told.some((line) => line.includes("web2"))).toBe(false);
  });
});
