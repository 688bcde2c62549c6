/**
 * What a director's script costs on a real table as it grows, beside what this very guest needs to print the table twice and to read the script: with
 * nothing to do, and with one weight to change. docs/scale.md has the figures. That the table changes by one line is proved; a time is only told.
 */
import type { Bench, Proof } from "../bench.ts";
import type { Host } from "../host.ts";
import { hostSpec } from "../spec.ts";
import type { Description } from "./bundle.ts";
import { Cluster, place } from "./cluster.ts";

const limit = 1800;

interface Table {
  readonly title: string;
  readonly services: number;
  /** Real servers of each service, all with thresholds. */
  readonly servers: number;
}

const tables: readonly Table[] = [
  { title: "1 service of 1,000", services: 1, servers: 1000 },
  { title: "1 service of 4,000", services: 1, servers: 4000 },
  { title: "1 service of 10,000", services: 1, servers: 10_000 },
  { title: "1,000 services of 10", services: 1000, servers: 10 },
];

export const reconcileProof = (): Proof => ({
  name: "reconcile",
  title: "the director's script as its table grows: nothing to do, one weight, beside printing the table",
  long: true,
  async run(bench) {
    const [director] = (await bench.boot(hostSpec("lvs1", "10.0.0.1/8"))) as [Host];
    for (const table of tables) await measure(bench, director, table);
  },
});

async function measure(bench: Bench, director: Host, table: Table): Promise<void> {
  const { book } = bench;
  const name = table.title.replaceAll(/[ ,]/g, "-");
  await Cluster.of(bench, name, described(table, 3));
  await Cluster.of(bench, `${name}-changed`, described(table, 7));
  const told = await director.run(script(scriptOf(name), scriptOf(`${name}-changed`)), { timeout: limit });
  book.check(
    `${table.title}: all runs ended well`,
    told.code === 0,
    `${told.out.slice(-2000)}${told.err.slice(-2000)}`,
  );
  const found = new Map(
    [...told.out.matchAll(/^(\S+) ([0-9.]+)$/gm)].map(([, what = "", value]) => [what, Number(value)]),
  );
  book.equal(`${table.title}: entries`, found.get("entries") ?? 0, table.services * table.servers);
  book.equal(`${table.title}: lines of the table that another weight changed`, found.get("changed") ?? -1, 1);
  const yardstick = found.get("yardstick") ?? Number.NaN;
  book.figure(`  ${table.title}: the yardstick`, yardstick, "s");
  for (const what of ["first-apply", "no-op-apply", "no-op-check", "one-weight", "by-hand"]) {
    const seconds = found.get(what) ?? Number.NaN;
    book.figure(`  ${table.title}: ${what}`, seconds, "s");
    book.figure(`  ${table.title}: ${what}`, seconds / yardstick, "× the yardstick");
  }
}

const scriptOf = (title: string): string => `${place}/${title}/director.sh`;

/** `weight`: of one in the middle. */
function described({ services, servers }: Table, weight: number): Description {
  const other = Math.floor((services * servers) / 2);
  const server = (number: number) => ({
    address: `10.${2 + Math.floor(number / 62_500)}.${Math.floor(number / 250) % 250}.${1 + (number % 250)}`,
    weight: number === other ? weight : 3,
    upperThreshold: 1000,
    lowerThreshold: 800,
  });
  return {
    version: 1,
    name: "grown",
    defaults: { platform: "debian12", interface: "ens33" },
    hosts: { lvs1: { address: "10.0.0.1/8" } },
    directors: ["lvs1"],
    services: Array.from({ length: services }, (_, service) => ({
      name: `s${service}`,
      vip: "10.1.0.1",
      port: 1024 + service,
      scheduler: "wrr",
      realservers: Array.from({ length: servers }, (_, index) => server(service * servers + index)),
    })),
  } as unknown as Description;
}

/** Prints `WHAT SECONDS` a line: the time that one waits for it, in this guest of one processor. */
function script(plain: string, changed: string): string {
  return `TIMEFORMAT=%R
timed() { # WHAT COMMAND...
  local seconds
  seconds=$({ time "\${@:2}" >/run/said 2>&1 || { cat /run/said >&3; exit 1; }; } 2>&1 3>&2) || { echo "$1: $seconds" >&2; exit 1; }
  echo "$1 $seconds"
}
by_hand() {
  cmp -s <(sort /run/rules) <(ipvsadm -S -n | sort) && return
  ipvsadm -C
  ipvsadm -R </run/rules
}
yardstick() { ipvsadm -S -n && ipvsadm -L -n --thresholds && bash -n ${plain}; }
timed first-apply bash ${plain} apply --drain 0
ipvsadm -S -n >/run/rules
echo "entries $(grep -c '^-a ' /run/rules)"
timed yardstick yardstick
timed no-op-apply bash ${plain} apply
timed no-op-check bash ${plain} check
timed one-weight bash ${changed} apply --drain 0
echo "changed $(ipvsadm -S -n | diff /run/rules - | grep -c '^>')"
timed by-hand by_hand
bash ${changed} uninstall --drain 0 >/run/said 2>&1 || { cat /run/said >&2; exit 1; }
ipvsadm -C`;
}
