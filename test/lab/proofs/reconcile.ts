/**
 * What a director's script costs on a real table as it grows: with nothing to do, with one weight to change, and to go. Beside it stand what this
 * very guest needs to print the table twice and to read the script (the yardstick), and what the same script needs to begin at all: bash starts
 * twice, sums the file and reads it, for `--version`. What is above that beginning is limited, as a multiple of the yardstick: both are of one run,
 * and the best of three. docs/scale.md has the figures.
 */
import type { Bench, Proof } from "../bench.ts";
import type { Host } from "../host.ts";
import { hostSpec } from "../spec.ts";
import type { Description } from "./bundle.ts";
import { Cluster, place } from "./cluster.ts";
import { addressOf, figuresIn, type Table, tell } from "./grown.ts";

const limit = 1800;

/** All real servers have thresholds. */
interface Limited extends Table {
  /** What nothing to do may cost above the beginning, in yardsticks. The aim is 3; this keeps what was reached, with room for other work on the machine. */
  readonly most: number;
}

const tables: readonly Limited[] = [
  { title: "1 service of 1,000", services: 1, servers: 1000, most: 30 },
  { title: "1 service of 4,000", services: 1, servers: 4000, most: 23 },
  { title: "1 service of 10,000", services: 1, servers: 10_000, most: 16 },
  { title: "1,000 services of 10", services: 1000, servers: 10, most: 26 },
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

async function measure(bench: Bench, director: Host, table: Limited): Promise<void> {
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
  const figure = figuresIn(told.out);
  tell(bench, table, figure, [
    ["yardstick", "s"],
    ["beginning", "s (--version)"],
  ]);
  book.equal(`${table.title}: lines of the table that another weight changed`, figure("changed"), 1);
  book.equal(`${table.title}: lines of the table that an uninstall leaves`, figure("left"), 0);
  const yardstick = figure("yardstick");
  for (const what of ["first-apply", "no-op-apply", "no-op-check", "one-weight", "by-hand", "uninstall"]) {
    book.figure(`  ${table.title}: ${what}`, figure(what), "s");
    book.figure(`  ${table.title}: ${what}`, figure(what) / yardstick, "× the yardstick");
  }
  for (const what of ["no-op-apply", "no-op-check"]) {
    const above = (figure(what) - figure("beginning")) / yardstick;
    book.check(
      `${table.title}: ${what} costs at most ${table.most} yardsticks above the beginning`,
      above <= table.most,
      `${above.toFixed(1)}`,
    );
  }
}

const scriptOf = (title: string): string => `${place}/${title}/director.sh`;

/** `weight`: of one in the middle. */
function described({ services, servers }: Table, weight: number): Description {
  const other = Math.floor((services * servers) / 2);
  const server = (number: number) => ({
    address: addressOf(number),
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
best() { # WHAT COMMAND...
  local all
  all=$(for time in 1 2 3; do timed "$@" || exit 1; done) || exit 1
  sort -k 2 -n <<<"$all" | head -n 1
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
best yardstick yardstick
best beginning bash ${plain} --version
best no-op-apply bash ${plain} apply
best no-op-check bash ${plain} check
timed one-weight bash ${changed} apply --drain 0
echo "changed $(ipvsadm -S -n | diff /run/rules - | grep -c '^>')"
timed by-hand by_hand
timed uninstall bash ${changed} uninstall --drain 0
echo "left $(ipvsadm -S -n | wc -l)"
ipvsadm -C`;
}
