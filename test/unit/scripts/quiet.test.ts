/** A real server has the virtual address only while it says nothing of it: the order of a way back, and of what is described no longer. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { bash, inDirectory, textOf } from "./bundle.ts";

const { bundle } = await compile(readFileSync(join(import.meta.dirname, "../../../examples/kgc.json"), "utf8"));
if (bundle === null) throw new Error("the example is not accepted");
const runtime = textOf(bundle, "realserver.sh")
  .replace(/^.*?\n# Part 3 of 3[^\n]*\n/s, "")
  .replace(/main "\$@"\n$/, "");

interface Host {
  readonly arp_ignore?: number;
  readonly arp_announce?: number;
  /** Addresses on lo. */
  readonly addresses?: readonly string[];
}

const vip = "192.0.2.80";
const ignore = "sysctl net.ipv4.conf.all.arp_ignore";
const announce = "sysctl net.ipv4.conf.all.arp_announce";
const address = `address ${vip} lo`;

/** What becomes of these records, the oldest first, by this command: a line each; `AUDIBLE` where the host answers ARP for the VIP. */
function told(
  command: string,
  { arp_ignore = 1, arp_announce = 2, addresses = [vip] }: Host,
  records: readonly (readonly [string, string])[],
  more = "",
): readonly string[] {
  return inDirectory((directory) => {
    writeFileSync(join(directory, "runtime"), runtime);
    writeFileSync(join(directory, "arp_ignore"), `${arp_ignore}\n`);
    writeFileSync(join(directory, "arp_announce"), `${arp_announce}\n`);
    writeFileSync(join(directory, "addresses"), addresses.map((one) => `${one}\n`).join(""));
    const columns = [
      ["u_kind", records.map(([key]) => key.split(" ")[0])],
      ["u_name", records.map(([key]) => key.split(" ").slice(1).join(" "))],
      ["u_record", records.map(([, record]) => record)],
    ] as const;
    const { status, stdout, stderr } = spawnSync(
      bash,
      [
        "-c",
        `set -Eeuo pipefail; shopt -s extglob
cluster=kgc role=realserver script=test lvsgen_sum=0
source ./runtime
root='' state_home=$PWD/state state_dir=$PWD/state/kgc/realserver mutating=yes host=web1 package_manager=apt
sysctl_path() { sysctl_file=$PWD/\${1##*.}; }
load_addresses() {
  address_of=()
  while read -r line; do address_of["$line lo"]=32; done <addresses
}
address_undone() { load_addresses; [[ \${address_of[$1]:-absent} == "\${2%% *}" ]]; }
address_set() { if [[ $2 == absent ]]; then sed -i "/^\${1% *}$/d" addresses; else echo "\${1% *}" >>addresses; fi; listen; }
write_sysctl() { echo "$2" >"$1"; listen; }
listen() { [[ $(<arp_ignore) != 0 ]] || ! grep -q ${vip} addresses || echo AUDIBLE >&3; }
report() { echo "$1 $2 $3\${4:+ ($4)}"; }
for name in log journal release begin_changes journal_resource journal_put_back pass_on hand_over_rest sync_all after_return; do eval "$name() { :; }"; done
held_elsewhere() { return 1; }
command=${command}
${columns.map(([name, values]) => `${name}=(${values.map((value) => `'${value}'`).join(" ")})`).join("\n")}
${more}
exec 3>&1
case $command in
  apply) going=("\${!u_kind[@]}") && own_are_loaded=1 && drop_leftovers ;;
  foretold) foretell_undo ;;
  *) undo_loaded ;;
esac`,
      ],
      { cwd: directory, encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return stdout.split("\n").slice(0, -1);
  });
}

const before = "(as before)";
const given = "(no longer described: as it was before)";

test("a way back to it makes the host quiet before the address comes", () => {
  // As an apply without it has written them down: the address went, then what kept it quiet.
  const records = [
    [address, "32 scope host label lo:0"],
    [announce, "2"],
    [ignore, "1"],
  ] as const;
  for (const order of [records, records.toReversed(), [records[1], records[0], records[2]]])
    expect(
      told("rollback", { arp_ignore: 0, arp_announce: 0, addresses: [] }, order).toSorted(),
      JSON.stringify(order),
    ).toEqual([address, announce, ignore].map((key) => `changed ${key} ${before}`).toSorted());
  const shown = told("rollback", { arp_ignore: 0, arp_announce: 0, addresses: [] }, records);
  expect(shown.at(-1)).toBe(`changed ${address} ${before}`);
  expect(told("foretold", { arp_ignore: 0, arp_announce: 0, addresses: [] }, records).at(-1)).toBe(
    `pending ${address} (back to 32 scope host label lo:0)`,
  );
});

test("a way back to before it takes the address off first", () => {
  const records = [
    [address, "absent"],
    [announce, "0"],
    [ignore, "0"],
  ] as const;
  expect(told("rollback", {}, records)).toEqual([
    `changed ${address} ${before}`,
    `changed ${ignore} ${before}`,
    `changed ${announce} ${before}`,
  ]);
});

test("what goes and what comes, each in its turn; and what is right already has none", () => {
  expect(
    told("rollback", { arp_ignore: 2, arp_announce: 1, addresses: ["192.0.2.81"] }, [
      [ignore, "1"],
      [address, "32 scope host"],
      ["address 192.0.2.81 lo", "absent"],
      [announce, "2"],
    ]),
  ).toEqual([
    `changed ${announce} ${before}`,
    `changed address 192.0.2.81 lo ${before}`,
    `changed ${address} ${before}`,
    `changed ${ignore} ${before}`,
  ]);
  expect(
    told("rollback", {}, [
      [ignore, "1"],
      [address, "absent"],
    ]),
  ).toEqual([`changed ${address} ${before}`, `ok ${ignore}`]);
});

test("an apply that describes it no longer takes the address off first, whichever was there first", () => {
  for (const records of [
    [
      [address, "absent"],
      [ignore, "0"],
    ],
    [
      [ignore, "0"],
      [address, "absent"],
    ],
  ] as const)
    expect(told("apply", {}, records)).toEqual([`changed ${address} ${given}`, `changed ${ignore} ${given}`]);
});

test("where the address stays, so does what keeps it quiet", () => {
  const stays = `it stays: this host has ${vip} on lo, and would answer ARP for it (ip address del ${vip}/32 dev lo takes it off)`;
  const described = `held_before=$'\\naddress ${vip} lo\\n'`;
  expect(told("apply", {}, [[ignore, "0"]], described)).toEqual([`kept ${ignore} (no longer described: ${stays})`]);
  expect(told("uninstall", {}, [[ignore, "0"]], described)).toEqual([`kept ${ignore} (${stays})`]);
  // What was never the role's is not in question, nor is what goes to a value that says less.
  expect(told("apply", { addresses: ["192.0.2.81"] }, [[ignore, "0"]], described)).toEqual([
    `changed ${ignore} ${given}`,
  ]);
  expect(told("apply", {}, [[ignore, "2"]], described)).toEqual([`changed ${ignore} ${given}`]);
  expect(told("rollback", { addresses: ["192.0.2.81"] }, [[ignore, "0"]], described)).toEqual([
    `changed ${ignore} ${before}`,
  ]);
});

test("what is set on a tunnel goes before the module that has made it", () => {
  const tunnel = "sysctl net.ipv4.conf.tunl0.arp_ignore";
  expect(
    told("apply", { addresses: [] }, [
      ["sysctl kernel.first", "absent"],
      [tunnel, "0"],
    ])[0],
  ).toBe(`changed ${tunnel} ${given}`);
});
