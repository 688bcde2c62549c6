/** Who has an address that moves: asked on a segment of two name spaces, as verify does. */

import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

const has = (command: string): boolean => spawnSync("bash", ["-c", command]).status === 0;
const canBuild = process.getuid?.() === 0 && has("unshare -nm true && ip -V");
const hasArping = has("command -v arping && [[ $(arping -V 2>&1) == *iputils* ]]");

/**
 * This director is 192.168.80.10 on a0; the other one, lvs2, is 192.168.80.11 at the other end of the cable, whose hardware address is
 * 02:00:00:00:00:11. `there` is done to the other end, `here` to this one.
 */
async function proof({
  here = "",
  there = "",
  address = "192.168.80.188",
  arping = true,
  more = "",
} = {}): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(
    "unshare",
    [
      "-nm",
      "bash",
      "-c",
      `set -Eeuo pipefail
export LC_ALL=C
mount -t tmpfs none /run; mount -t sysfs none /sys
ip netns add far; ip link set lo up
ip link add a0 type veth peer name b0; ip link set b0 address 02:00:00:00:00:11 netns far
ip link set a0 up; ip -n far link set b0 up; ip -n far link set lo up
echo 0 >/proc/sys/net/ipv6/conf/a0/disable_ipv6; ip netns exec far sh -c 'echo 0 >/proc/sys/net/ipv6/conf/b0/disable_ipv6'
ip address add 192.168.80.10/24 dev a0; ip address add fd00:80::10/64 dev a0 nodad
ip -n far address add 192.168.80.11/24 dev b0; ip -n far address add fd00:80::11/64 dev b0 nodad
far() { ip -n far "$@"; }
${here}
${there}
declare -A loaded=() address_of=() words_of=() traits=()
bold='' yellow='' plain='' script=director.sh command=verify failure='' r_kind=() r_name=() r_state=()
kind() { :; }; say() { printf '%s' "$2"; }; describe() { :; }; journalctl() { :; }
cannot_read() { exit 9; }
for file in engine/words facts/addresses facts/wire facts/claims kinds/address-held kinds/peer; do source "$1/$file.sh"; done
${arping ? "" : "is_arping() { false; }"}
peer_declare lvs2 a0 192.168.80.11 fd00:80::11
r_kind=(address) r_name=('${address} a0') r_state=('32 moves') state='32 moves'
${more}
address_prove "\${r_name[0]}" && printf proved || printf '%s' "\${failure%%$'\\n'*}"
peer_tell`,
      "bash",
      runtime,
    ],
    { timeout: 60_000 },
  );
  expect(stderr).toBe("");
  return stdout;
}

/** A journal that has these lines of the kernel's, written when it is made. */
const log = (...lines: readonly string[]): string =>
  `timeout() { shift; "$@"; }
written=$EPOCHSECONDS
journalctl() { local word; for word; do [[ $word != --since=@* ]] || ((written >= \${word#--since=@})) || return 0; done; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")}; }
`;
/** And one of what the kernel of this machine says, whose clock is not quite that of the machine. */
const kernelLog = `timeout() { shift; "$@"; }
journalctl() { local word since=0; for word; do [[ $word != --since=@* ]] || since=\${word#--since=@}; done
  dmesg | awk -v since="$since" -v begun="$(awk -v now="$(date +%s.%N)" '{ printf "%.3f", now - $1 }' /proc/uptime)" \
    '{ at = $0; gsub(/^\\[ *|\\].*/, "", at); if (at + begun >= since - 2 && sub(/^[^\\]]*\\] /, "")) print }'; }
`;
const claim = "ICMPv6: NA: 02:00:00:00:00:11 advertised our address fd00:80::188 on a0!";

const vip = "192.168.80.188/32 dev";
const vip6 = "fd00:80::188/128 dev";

describe.skipIf(!canBuild).concurrent("an address that moves", { timeout: 60_000 }, () => {
  describe.skipIf(!hasArping)("by ARP", () => {
    test.each([
      ["is here alone", { here: `ip address add ${vip} a0` }, "proved"],
      ["is with the other director", { there: `far address add ${vip} b0` }, "proved"],
      [
        "is on both",
        { here: `ip address add ${vip} a0`, there: `far address add ${vip} b0` },
        "it is here, and lvs2 has it as well",
      ],
      ["is nowhere", {}, "no director has it"],
      [
        "is with somebody else",
        {
          there: `ip netns add else; far link add link b0 name c0 address 02:00:00:00:00:99 type macvlan mode bridge; far link set c0 netns else; ip -n else link set c0 up; ip -n else address add ${vip} c0`,
        },
        "02:00:00:00:00:99 answers for it on a0, and is no director",
      ],
    ])("%s", async (_name, places, said) => {
      expect(await proof(places)).toBe(said);
    });
  });

  test.each([
    ["with the other director", { there: `far address add ${vip} b0` }, "proved"],
    ["nowhere", {}, "no director has it"],
  ])("without arping the kernel asks where it is: %s", async (_name, places, said) => {
    expect(await proof({ ...places, arping: false })).toMatch(new RegExp(`^${said}`));
  });

  test("without arping nothing is said of one that is here", async () => {
    expect(await proof({ here: `ip address add ${vip} a0`, arping: false })).toBe(
      "provedwhether another machine has the virtual addresses that are here: there is no arping of iputils here (Debian, Ubuntu: iputils-arping; else iputils)",
    );
  });

  test.each([
    ["here alone", { here: `ip address add ${vip6} a0 nodad` }, "proved"],
    ["with the other director", { there: `far address add ${vip6} b0 nodad` }, "proved"],
    ["nowhere", {}, "no director has it"],
    [
      "on both, as the kernel says again and again",
      {
        here: `ip address add ${vip6} a0 nodad`,
        more: `${log(claim)}sleep() { command sleep "$1"; written=$EPOCHSECONDS; }`,
      },
      "it is here, and lvs2 has it as well",
    ],
    ["on both a moment ago", { here: `ip address add ${vip6} a0 nodad`, more: `${log(claim)}sleep 2` }, "proved"],
    [
      "on both, by the words of older kernels",
      {
        here: `ip address add ${vip6} a0 nodad`,
        more: `${log("ICMPv6: NA: someone advertises our address fd00:0080:0000:0000:0000:0000:0000:0188 on a0!")}sleep() { command sleep "$1"; written=$EPOCHSECONDS; }`,
      },
      "it is here, and another machine has it as well",
    ],
    [
      "another one on both",
      {
        here: `ip address add ${vip6} a0 nodad`,
        more: `${log(claim.replace("188", "189"))}sleep() { command sleep "$1"; written=$EPOCHSECONDS; }`,
      },
      "proved",
    ],
  ])("of IPv6: %s", async (_name, places, said) => {
    expect(await proof({ ...places, address: "fd00:80::188" })).toMatch(new RegExp(`^${said}`));
  });

  // An address each: the kernel has one log for all name spaces.
  test.skipIf(!has("dmesg")).each([
    ["on both", "fd00:80::181", true, "it is here, and lvs2 has it as well"],
    ["here alone", "fd00:80::182", false, "proved"],
  ])("of IPv6, as this kernel says: %s", async (_name, address, isThere, said) => {
    const there = isThere ? `far address add ${address}/128 dev b0 nodad` : "";
    const here = `ip address add ${address}/128 dev a0 nodad`;
    expect(await proof({ here, there, address, more: kernelLog })).toMatch(
      new RegExp(`^${said}(there is no arping of iputils here)?$`),
    );
  });

  test.each([
    ["192.168.80.11", "", "answers"],
    ["192.168.80.12", "", "does not answer"],
    ["fd00:80::11", "", "answers"],
    ["fd00:80::12", "", "does not answer"],
    ["192.168.80.11", "is_arping() { false; }", "answers"],
  ])("another director: %s %s", async (address, more, said) => {
    expect(
      await proof({
        here: `ip address add ${vip} a0`,
        more: `${more}\npeer_probe 'lvs2 ${address} a0'; printf '%s' "$have"; exit 0`,
      }),
    ).toBe(said);
  });

  // keepalived has moved it meanwhile, and a rollback would put it back.
  const elsewhere = (address: string, more = ""): string => `${more}
root='' watched=keepalived.service u_kind=(address) u_name=('${address} a0') u_record=('32 scope global') goes_on=''
run() { "$@"; }; note_come_up() { :; }; complain() { :; }; is_function() { declare -F "$1" >/dev/null; }
source "$1/kinds/address.sh"; source "$1/kinds/address-elsewhere.sh"
have=absent; address_set '${address} a0' '${address.includes(":") ? 128 : 32} scope global'
printf '%s|%s' "$goes_on" "$(ip -o address show to ${address} | wc -l)"; exit 0`;
  const alien = `ip netns add else; far link add link b0 name c0 address 02:00:00:00:00:99 type macvlan mode bridge; far link set c0 netns else; ip -n else link set c0 up; ip -n else address add ${vip} c0`;
  const stays = "it stays off: lvs2 has it by now|0";
  test.each([
    ["that nobody has comes back", "192.168.80.188", "", "", "|1"],
    ["that the other director has stays off", "192.168.80.188", `far address add ${vip} b0`, "", stays],
    ["the same without arping", "192.168.80.188", `far address add ${vip} b0`, "is_arping() { false; }", stays],
    ["the same of IPv6", "fd00:80::188", `far address add ${vip6} b0 nodad`, "", stays],
    ["of IPv6 that nobody has comes back", "fd00:80::188", "", "", "|1"],
    ["that a real server answers for comes back", "192.168.80.188", alien, "", "|1"],
    [
      "that somebody has stays off where the directors are not known",
      "192.168.80.188",
      alien,
      "peers=()",
      "it stays off: 02:00:00:00:00:99 has it by now|0",
    ],
  ])("put back, an address %s", async (_name, address, there, more, said) => {
    expect(await proof({ there, address, more: elsewhere(address, more) })).toBe(said);
  });
});
