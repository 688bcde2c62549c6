/** Where replies leave, asked of the kernel in a name space: what verify proves of a real server's way past the directors. */

import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");
const canBuild = process.getuid?.() === 0 && spawnSync("bash", ["-c", "unshare -n true && ip -V"]).status === 0;

/** What is said with these functions, of a resource. */
function said(command: string): string {
  const program = `set -Eeuo pipefail; shopt -s extglob; kind() { :; }; yellow='' plain=''; source "$1/facts/routes.sh"; source "$1/kinds/gateway.sh"; ${command}`;
  const { stdout, stderr } = spawnSync("bash", ["-c", program, "bash", runtime], { encoding: "utf8" });
  return stdout + stderr;
}

test.each([
  ["10.0.0.1", "replies go to the director 10.0.0.1, which does not take them"],
  [
    "10.0.0.254 10.0.0.1",
    "a part of the replies goes to the director 10.0.0.1, which does not take them: the way leads to 10.0.0.254, 10.0.0.1",
  ],
])("what differs: %s", (have, words) => {
  expect(said(`name='not 10.0.0.1' state=$name have='${have}'; gateway_differs`)).toBe(words);
});

test("verify tells where there is no default route, once a family, and nobody has described whom it would be for", () => {
  const told = `pick() { picked=(0 1 2); }; say() { printf "$@"; echo; }; gateway_probe() { have=$route; }; command=verify
r_name=('not 10.0.0.1' 'not 10.0.0.2' 'not fd00::1 to fd01::1 from fd00::80') r_state=('not 10.0.0.1' 'not 10.0.0.2' 'not fd00::1')`;
  expect(said(`${told}; route=none; gateway_tell`)).toBe(
    "unproved  that replies reach clients of other networks: this host has no default route for IPv4, and the description has no such client\n",
  );
  expect(said(`${told}; route=10.0.0.254; gateway_tell`)).toBe("");
  expect(said(`${told}; route=none; command=apply; gateway_tell`)).toBe("");
});

/** This host is 10.0.0.12 and fd00::12 on a0, with the virtual addresses 192.0.2.80 and fd00:80::80 on lo. */
async function proof(words: string, here = ""): Promise<string> {
  const { stdout } = await promisify(execFile)("unshare", [
    "-n",
    "bash",
    "-c",
    `set -Eeuo pipefail
export LC_ALL=C
ip link set lo up
ip link add a0 type veth peer name b0; ip link set a0 up; ip link set b0 up
ip address add 10.0.0.12/24 dev a0; ip -6 address add fd00::12/64 dev a0 nodad
ip address add 192.0.2.80/32 dev lo; ip -6 address add fd00:80::80/128 dev lo nodad
${here}
declare -A loaded=() route_of=()
kind() { :; }; describe() { name=$2 state=$3; }; cannot_read() { exit 9; }
for file in facts/routes kinds/gateway; do source "$1/$file.sh"; done
gateway_declare $2
gateway_probe "$name"
if gateway_same "$name"; then printf 'ok %s' "$have"; else printf 'failed %s' "$have"; fi`,
    "bash",
    runtime,
    words,
  ]);
  return stdout;
}

const byRouter = "ip route add default via 10.0.0.254";
const byBoth = "ip route add default nexthop via 10.0.0.254 dev a0 nexthop via 10.0.0.1 dev a0";
const byBoth6 = "ip -6 route add default nexthop via fd00::fe dev a0 nexthop via fd00::1 dev a0";
const byDirector = "ip route add default via 10.0.0.1";

/** What an ip without `fibmatch` says of it. */
const withoutMatch = 'ip() { [[ $* != *fibmatch* ]] && command ip "$@"; }';

describe.skipIf(!canBuild)("the default route", () => {
  test.each([
    ["10.0.0.1", byDirector, "ok 10.0.0.1"],
    ["10.0.0.1", byRouter, "failed 10.0.0.254"],
    ["10.0.0.1", "", "failed none"],
    ["not 10.0.0.1", byRouter, "ok 10.0.0.254"],
    ["not 10.0.0.1", byDirector, "failed 10.0.0.1"],
    ["10.0.0.1", byBoth, "failed 10.0.0.254 10.0.0.1"],
    ["not 10.0.0.1", byBoth, "failed 10.0.0.254 10.0.0.1"],
    ["not 10.0.0.2", byBoth, "ok 10.0.0.254 10.0.0.1"],
    ["not fd00::1", byBoth6, "failed fd00::fe fd00::1"],
    // As ip of EL7 shows it.
    [
      "not fd00::1",
      "ip() { [[ $1 == -4 ]] || printf 'default via fd00::fe dev a0 metric 1024 \\ndefault via fd00::1 dev a0 metric 1024 \\n'; }",
      "failed fd00::fe fd00::1",
    ],
    // What comes into force where the first is gone leads nowhere now.
    ["not 10.0.0.1", `${byRouter}; ip route add default via 10.0.0.1 metric 100`, "ok 10.0.0.254"],
    ["10.0.0.1", `${byDirector}; ip route append default via 10.0.0.254`, "ok 10.0.0.1"],
    ["not 10.0.0.1", "ip route add default dev a0", "ok neighbour"],
    // Clients of this very segment are reached without one.
    ["not 10.0.0.1", "", "ok none"],
    ["not fd00::1", "ip -6 route add default via fd00::1", "failed fd00::1"],
  ])("%s: %s", async (words, here, verdict) => {
    expect(await proof(words, here)).toBe(verdict);
  });
});

describe.skipIf(!canBuild)("the way to a client of another network", () => {
  const past = "not 10.0.0.1 to 198.51.100.7 from 192.0.2.80";
  const past6 = "not fd00::1 to 2001:db8::7 from fd00:80::80";
  test.each([
    ["by the default route", past, byRouter, "ok 10.0.0.254"],
    ["through the director", past, byDirector, "failed 10.0.0.1"],
    ["there is none", past, "", "failed none"],
    [
      "an old kernel's answer for none",
      past6,
      "ip() { echo 'unreachable 2001:db8::7 from fd00:80::80 dev lo table unspec proto kernel metric 4294967295 error -101'; }",
      "failed none",
    ],
    ["it is refused", past, `${byRouter}; ip route add unreachable 198.51.100.0/24`, "failed none"],
    ["by a route of its own", past, `${byDirector}; ip route add 198.51.100.0/24 via 10.0.0.254`, "ok 10.0.0.254"],
    ["without a router", past, "ip route add 198.51.100.0/24 dev a0", "ok neighbour"],
    [
      "by a rule for the virtual address",
      past,
      `${byDirector}; ip rule add from 192.0.2.80 table 80; ip route add default via 10.0.0.254 table 80`,
      "ok 10.0.0.254",
    ],
    ["the virtual address is not here", past, `${byRouter}; ip address del 192.0.2.80/32 dev lo`, "failed none"],
    ["through the director, some of it", past, byBoth, "failed 10.0.0.254 10.0.0.1"],
    [
      "through the director, some of it, by an old ip",
      past,
      `${byBoth}; ${withoutMatch}`,
      "failed 10.0.0.254 10.0.0.1",
    ],
    [
      "past a default route that has the director too, by an old ip",
      past,
      `${byBoth}; ip route add 198.51.100.0/24 via 10.0.0.253; ${withoutMatch}`,
      "ok 10.0.0.253",
    ],
    [
      "by a route of its own that has the director too",
      past,
      `${byRouter}; ip route add 198.51.100.0/24 nexthop via 10.0.0.253 nexthop via 10.0.0.1`,
      "failed 10.0.0.253 10.0.0.1",
    ],
    ["IPv6, through the director, some of it", past6, byBoth6, "failed fd00::fe fd00::1"],
    ["IPv6", past6, "ip -6 route add default via fd00::fe", "ok fd00::fe"],
    ["IPv6, through the director", past6, "ip -6 route add default via fd00::1", "failed fd00::1"],
  ])("%s", async (_name, words, here, verdict) => {
    expect(await proof(words, here)).toBe(verdict);
  });
});
