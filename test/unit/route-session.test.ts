/** A default route is not replaced under the session of whoever runs the script. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

/** What stands in the way of `default via 10.1.0.1 dev eth0`, where `ip route show` prints these lines. */
function obstacleWith(routes: string, way = "192.0.2.9 via 10.1.0.254 dev eth0 src 10.1.0.21", run = ""): string {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
declare -A loaded=() route_of=()
kind() { :; }
source "$1/facts/routes.sh"; source "$1/kinds/route.sh"
mutating=yes confirm_seconds='' obstacle='' state='via 10.1.0.1 dev eth0'
cannot_read() { printf 'cannot read %s\n' "$*"; exit 1; }
find_session() { session_peer=192.0.2.9 session_local=10.1.0.21; }
ip() {
  case "$*" in
    '-4 route show table main') printf '%s' "$routes" ;;
    'route get 192.0.2.9') printf '%s\n' "$by" ;;
  esac
}
routes=$2 by=$3
${run}
route_obstacle default
printf '%s\n' "\${obstacle%%$'\n'*}"`,
      "bash",
      runtime,
      routes,
      way,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout.trimEnd();
}

const told = (route: string): string =>
  `this session comes from 192.0.2.9 by the route that would be replaced: ${route}`;

test.each([
  "default via 10.1.0.254 dev eth0 onlink",
  // NetworkManager, and DHCP: the route without a metric comes before it.
  "default via 10.1.0.254 dev eth0 proto static metric 100",
  "default via 10.1.0.254 dev eth0 proto dhcp src 10.1.0.21 metric 202",
])("%s leads to the session", (route) => {
  expect(obstacleWith(`10.1.0.0/24 dev eth0 proto kernel scope link\n${route}\n`)).toBe(told(route));
});

test("two of them, of which one leads there", () => {
  const routes = "default via 10.2.0.1 dev eth1 metric 101\ndefault via 10.1.0.254 dev eth0 metric 102\n";
  expect(obstacleWith(routes)).toBe(told("default via 10.1.0.254 dev eth0 metric 102"));
});

test.each([
  ["a session of its own network", "", "192.0.2.9 dev eth0 src 10.1.0.21"],
  ["a session by a narrower route", "192.0.2.0/24 via 10.1.0.7 dev eth0\n", "192.0.2.9 via 10.1.0.7 dev eth0"],
  ["the same gateway with a metric", "", "192.0.2.9 via 10.1.0.1 dev eth0 src 10.1.0.21"],
])("%s stays", (_, more, way) => {
  expect(obstacleWith(`${more}default via 10.1.0.1 dev eth0 metric 100\n`, way)).toBe("");
});

test("with --confirm it comes back by itself", () => {
  const route = "default via 10.1.0.254 dev eth0 metric 100\n";
  expect(obstacleWith(route, undefined, "confirm_seconds=120")).toBe("");
});
