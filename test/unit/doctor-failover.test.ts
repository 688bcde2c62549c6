/** What doctor.sh says of failover: keepalived's file, the other directors, and strangers with the cluster's router id. */

import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

const has = (command: string): boolean => spawnSync("bash", ["-c", command]).status === 0;
const canBuild = process.getuid?.() === 0 && has("unshare -nm true && ip -V");

/** The findings, as `LEVEL CHECK WHAT`, of a director 192.168.80.10 whose cable has 192.168.80.11 at the other end. */
async function findings(ask: string, there = ""): Promise<string[]> {
  const { stdout, stderr } = await promisify(execFile)(
    "unshare",
    [
      "-nm",
      "bash",
      "-c",
      `set -Eeuo pipefail
export LC_ALL=C
mount -t tmpfs none /run; mount -t sysfs none /sys; mkdir /run/etc
ip netns add far; ip link set lo up
ip link add a0 type veth peer name b0; ip link set b0 netns far
ip link set a0 up; ip -n far link set b0 up; ip -n far link set lo up
ip address add 192.168.80.10/24 dev a0; ip -n far address add 192.168.80.11/24 dev b0
declare -A loaded=() address_of=() words_of=()
cluster=pair platform=debian12 package_manager=apt keepalived_released=2.2.7 roles=director said=''
finding() { printf '%s %s %s\\n' "$1" "$2" "$3"; }
read_text() { content=''; [[ -f $1 ]] && content=$(cat "$1"; printf x) && content=\${content%x}; }
cannot_read() { exit 9; }
dpkg-query() { printf '%s' "\${installed-1:2.2.7-1}"; }
rpm() { return 1; }
# Of the journal: nothing but what is said here.
journal_says=''
timeout() { if [[ $2 == journalctl ]]; then printf '%s\\n' "$journal_says"; else command timeout "$@"; fi; }
for file in engine/words facts/addresses facts/wire facts/senders programs/doctor/description programs/doctor/failover; do source "$1/$file.sh"; done
kernel_release=''
need keepalived /run/etc/keepalived.conf
need vrrp a0 80 'lvs2 192.168.80.11'
listen_seconds=2
${there}
${ask}`,
      "bash",
      runtime,
    ],
    { timeout: 60_000 },
  );
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

/** VRRPv2, as the other end says it to everybody (RFC 3768, 5.1). */
const advertises = (routerId: number): string =>
  `ip netns exec far perl -MSocket -e '
  socket(my $s, AF_INET, SOCK_RAW, 112); setsockopt($s, 0, 33, pack("C", 255)) or die;
  setsockopt($s, 0, 32, inet_aton($ARGV[0]));
  for (1 .. 30) { send($s, pack("C4 C2 n a4 a8", 0x21, ${routerId}, 100, 1, 0, 1, 0, inet_aton("10.0.0.1"), ""), 0, sockaddr_in(0, inet_aton("224.0.0.18"))); select(undef, undef, undef, 0.1) }' 192.168.80.11 2>/dev/null &`;

describe.skipIf(!canBuild).concurrent("doctor.sh", { timeout: 60_000 }, () => {
  test.each([
    ["as it was released", "", "ok keepalived keepalived 2.2.7"],
    ["newer", "installed=1:2.10.1-1", "ok keepalived keepalived 2.10.1"],
    ["older", "installed=1:2.2.4-0.2", "stop keepalived keepalived 2.2.4 is older than debian12's own (2.2.7)"],
    ["not yet", "installed=''", ""],
  ])("keepalived is there %s", async (_name, more, said) => {
    expect(await findings(`${more}\ncheck_keepalived`)).toEqual([said]);
  });

  test.each([
    ["ours", "# lvsgen-1a2b3c4d\\n# keepalived of lvs1 in the cluster pair. lvsgen writes", []],
    [
      "another cluster's",
      "# lvsgen-1a2b3c4d\\n# keepalived of lvs1 in the cluster shop. lvsgen writes",
      ["stop keepalived /run/etc/keepalived.conf is of the cluster shop"],
    ],
    [
      "somebody's",
      "global_defs {\\n}\\n",
      ["stop keepalived /run/etc/keepalived.conf is there, and lvsgen did not write it"],
    ],
    ["a package's sample", "global_defs {\\n}\\n", [], "rpm() { :; }"],
  ])("keepalived's file is %s", async (_name, text, said, more = "") => {
    expect(await findings(`printf '${text}' >/run/etc/keepalived.conf; ${more}\ncheck_keepalived`)).toEqual([
      "ok keepalived keepalived 2.2.7",
      ...said,
    ]);
  });

  test("the other director is there, or away", async () => {
    expect(await findings("check_directors")).toEqual(["ok directors lvs2 answers as 192.168.80.11 on a0"]);
    expect(await findings("check_directors", "ip -n far address flush dev b0")).toEqual([
      "warn directors lvs2 does not answer as 192.168.80.11 on a0",
    ]);
  });

  const stranger =
    "stop routerid 192.168.80.77 speaks VRRP with router id 80 on a0, and is no director of this cluster";
  const nobody = "ok routerid nobody else has router id 80 on a0 (listened for 2 s)";
  const as77 =
    "ip -n far address flush dev b0; ip -n far address add 192.168.80.77/24 dev b0; ip -n far route add default dev b0;";

  describe.skipIf(!has("command -v tcpdump && command -v perl"))("listens", () => {
    test.each([
      ["nobody", "", nobody],
      [
        "a stranger with this router id",
        `${as77} ${advertises(80)}`.replace(/192\.168\.80\.11(?=[^']*$)/, "192.168.80.77"),
        stranger,
      ],
      [
        "a stranger with another one",
        `${as77} ${advertises(81)}`.replace(/192\.168\.80\.11(?=[^']*$)/, "192.168.80.77"),
        nobody,
      ],
      ["the other director", advertises(80), nobody],
    ])("and hears %s", async (_name, there, said) => {
      expect(await findings("check_router_ids", there)).toEqual([said]);
    });
  });

  test("what keepalived has refused it has said", async () => {
    const line =
      "2026-11-26T19:00:00+0000 lvs1 Keepalived_vrrp[7]: (pair-v4) received lower priority (100) advert from 192.168.80.77 - discarding";
    expect(await findings(`journal_says='${line}'; hear_vrrp() { :; }; check_router_ids`)).toContain(stranger);
    expect(
      await findings(`journal_says='${line.replace(".77", ".11")}'; hear_vrrp() { :; }; check_router_ids`),
    ).not.toContain(stranger.replace(".77", ".11"));
  });
});
