/**
 * The wires of a lab: a network namespace of its own, in it one bridge per segment and one tap per card.
 * Nothing leads out of it.
 */
import { must, run, sleep, succeeds } from "./command.ts";
import { namespaceName } from "./places.ts";
import { kill } from "./process.ts";

/** Command and arguments that run `command` inside the namespace. */
export function inside(lab: string, ...command: readonly string[]): [string, string[]] {
  return ["ip", ["netns", "exec", namespaceName(lab), ...command]];
}

export async function makeNamespace(lab: string): Promise<void> {
  if (await succeeds(...inside(lab, "true"))) return;
  await must("ip", ["netns", "add", namespaceName(lab)]);
  await must(...inside(lab, "ip", "link", "set", "lo", "up"));
  // Where a container engine has loaded br_netfilter, new namespaces filter what bridges carry; and the bridges
  // themselves must not show up as IPv6 hosts.
  const settings = ["iptables", "ip6tables", "arptables"].map((table) => `net.bridge.bridge-nf-call-${table}=0`);
  await run(...inside(lab, "sysctl", "-qwe", ...settings));
  await run(
    ...inside(lab, "sysctl", "-qwe", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1"),
  );
}

/** Ends every process in the namespace (guests and captures) and removes it. */
export async function removeNamespace(lab: string): Promise<void> {
  const name = namespaceName(lab);
  for (let tries = 0; tries < 1000; tries++) {
    const { out } = await run("ip", ["netns", "pids", name]);
    const pids = out
      .split("\n")
      .filter((line) => line !== "")
      .map(Number);
    if (pids.length === 0) break;
    for (const pid of pids) kill(pid);
    await sleep(10);
  }
  await run("ip", ["netns", "del", name]);
}

/** Makes the tap of a card, plugged into the bridge of its segment. */
export async function plug(lab: string, tap: string, segment: string): Promise<void> {
  const bridge = `br-${segment}`;
  const script = `
    ip link show "$1" >/dev/null 2>&1 || {
      ip link add "$1" type bridge stp_state 0 mcast_snooping 0 forward_delay 0
      ip link set "$1" up
    }
    ip link show "$2" >/dev/null 2>&1 || {
      ip tuntap add "$2" mode tap
      ip link set "$2" master "$1" up
    }`;
  await must(...inside(lab, "sh", "-ec", script, "plug", bridge, tap));
}
