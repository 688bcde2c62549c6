/** The words of VRRP, instance by instance (RFC 5798, keepalived.conf(5)). */
import { type Change, change, type Subject } from "../change.ts";
import { type Block, behind, blocksOf, blockText } from "../read/blocks.ts";
import { ends, harmless, interrupts, type Judgement, unknown } from "../verdict.ts";

/** Of two files that both have instances. */
export function vrrpChanges(subject: Subject, old: Block, next: Block): readonly Change[] {
  const synced = syncOf(old) !== null && syncOf(next) !== null;
  const changes: Change[] = [];
  const sync = [syncOf(old), syncOf(next)] as const;
  if (sync[0] !== sync[1])
    changes.push(change("vrrp-sync", subject, "sync of connections", sync, sync[1] === null ? unsynced : resynced));
  const before = instancesOf(old);
  const after = instancesOf(next);
  for (const [family, instance] of before)
    if (!after.has(family))
      changes.push(change("vrrp-instance", subject, `failover of ${family}`, [titleOf(instance), null], instanceGone));
  for (const [family, instance] of after) {
    const former = before.get(family);
    if (former === undefined)
      changes.push(change("vrrp-instance", subject, `failover of ${family}`, [null, titleOf(instance)], instanceNew));
    else changes.push(...instanceChanges(subject, family, former, instance, synced));
  }
  return changes;
}

function syncOf(file: Block): string | null {
  const line = blocksOf(file, "global_defs").map((block) => behind(block, "lvs_sync_daemon"))[0] ?? null;
  const [device, , , id] = line?.split(" ") ?? [];
  return device === undefined ? null : `${device}, id ${id ?? "0"}`;
}

const unsynced = harmless("nothing ends now; at the next failover the connections end with their director");
const resynced = harmless(
  "nothing ends now; until all directors have it, they do not hear each other's connections, and a failover meanwhile ends them",
);
const instanceNew = harmless("nobody had addresses of this family that move");
const instanceGone = harmless("what becomes of its addresses is said of them");

/** By family: the name has the cluster's before it, which may change. */
function instancesOf(file: Block): ReadonlyMap<string, Block> {
  return new Map(blocksOf(file, "vrrp_instance").map((block) => [block.head.endsWith("-v6") ? "IPv6" : "IPv4", block]));
}

function titleOf(instance: Block): string {
  return `router id ${behind(instance, "virtual_router_id") ?? "?"} on ${behind(instance, "interface") ?? "?"}`;
}

function instanceChanges(
  subject: Subject,
  family: string,
  old: Block,
  next: Block,
  synced: boolean,
): readonly Change[] {
  const changes: Change[] = [];
  const tell = (rule: string, what: string, was: string | null, becomes: string | null, judgement: Judgement): void => {
    if (was !== becomes) changes.push(change(rule, subject, `${what} (${family})`, [was, becomes], judgement));
  };
  const value = (block: Block, word: string): string | null => behind(block, word);
  tell("vrrp-router-id", "router id", value(old, "virtual_router_id"), value(next, "virtual_router_id"), notRolling);
  // By the router id the address is another one as well.
  if (value(old, "virtual_router_id") === value(next, "virtual_router_id"))
    tell("vrrp-advertised", "what advertisements name", advertisedOf(old), advertisedOf(next), notRolling);
  tell("vrrp-version", "version of VRRP", value(old, "version"), value(next, "version"), notRolling);
  tell(
    "vrrp-interface",
    "interface that directors hear each other on",
    value(old, "interface"),
    value(next, "interface"),
    notHeard,
  );
  tell("vrrp-unicast", "advertisements", castOf(old), castOf(next), notRolling);
  const isTwo = value(next, "version") === "2" || value(old, "version") === "2";
  tell("vrrp-interval", "interval of advertisements", secondsOf(old), secondsOf(next), isTwo ? discarded : announced);
  const preempts = value(next, "nopreempt") === null;
  tell("vrrp-preempt", "preemption", yesNo(old), yesNo(next), preempts ? handsOver(synced) : staysMaster);
  tell(
    "vrrp-priority",
    "priority",
    value(old, "priority"),
    value(next, "priority"),
    preempts ? handsOver(synced) : staysMaster,
  );
  if (castOf(old) === "unicast" && castOf(next) === "unicast")
    tell("vrrp-peers", "directors that it sends to", peersOf(old), peersOf(next), peered);
  tell(
    "vrrp-address",
    "address that it speaks VRRP by",
    value(old, "unicast_src_ip"),
    value(next, "unicast_src_ip"),
    castOf(old) === castOf(next) ? notHeard : notRolling,
  );
  tell("vrrp-labels", "labels of its virtual addresses", labelsOf(old, next), labelsOf(next, old), labelled);
  tell(
    "vrrp-other",
    "other settings of VRRP",
    restOf(old),
    restOf(next),
    unknown("no rule knows what they do; keepalived is reloaded"),
  );
  return changes;
}

const notRolling = interrupts(
  "not rolling: a director with the new one and one with the former take each other for dead, and both have the virtual addresses. Stop keepalived on all but the master, run director.sh there, then on the others",
);
const notHeard = interrupts(
  "until the other directors have it as well they may not hear this one, and take the virtual addresses too",
);
const discarded = interrupts(
  "not rolling: version 2 discards advertisements with another interval (RFC 3768, 7.1), and both directors take the virtual addresses",
);
const announced = harmless("with version 3 a backup waits by the interval that the master announces (RFC 5798, 6.1)");
const staysMaster = harmless("without preemption the master stays; it counts at the next failover");
const peered = harmless(
  "advertisements go to those that are described; where the master does not change, no address moves",
);

function handsOver(synced: boolean): Judgement {
  return synced
    ? interrupts(
        "with preemption the virtual addresses go to the director with the highest priority: new connections wait for that takeover, those that are synced go on",
      )
    : ends(
        "with preemption the virtual addresses go to the director with the highest priority, and connections end, for they are not synced",
      );
}

function castOf(block: Block): string {
  return blocksOf(block, "unicast_peer").length > 0 ? "unicast" : "multicast";
}

function secondsOf(block: Block): string {
  return `${behind(block, "advert_int") ?? "?"} s`;
}

function yesNo(block: Block): string {
  return behind(block, "nopreempt") === null ? "on" : "off";
}

function peersOf(block: Block): string {
  return blocksOf(block, "unicast_peer")
    .flatMap(({ lines }) => [...lines].sort())
    .join(", ");
}

/** `192.0.2.80/32 ens33:0`, of addresses that the other side has as well: others come and go with their labels. */
function labelsOf(block: Block, other: Block): string {
  const shared = new Set(addressLines(other).map(([address]) => address));
  return addressLines(block)
    .filter(([address]) => shared.has(address))
    .flatMap(([address, label]) => (label === undefined ? [] : [`${address} ${label}`]))
    .join(", ");
}

function advertisedOf(block: Block): string {
  return blocksOf(block, "virtual_ipaddress")
    .flatMap(({ lines }) => lines.map((line) => line.split(" ", 1)[0] ?? ""))
    .sort()
    .join(", ");
}

/** Address and label of each line. */
function addressLines(block: Block): readonly (readonly [string, string | undefined])[] {
  const blocks = [...blocksOf(block, "virtual_ipaddress"), ...blocksOf(block, "virtual_ipaddress_excluded")];
  return blocks.flatMap(({ lines }) =>
    lines.map((line) => [line.split(" ", 1)[0] ?? "", / label ([^ ]+)/.exec(line)?.[1]] as const),
  );
}

const labelled = unknown(
  "whether keepalived takes an address off and puts it on again because of its label was not measured",
);

const judged = ["virtual_router_id", "version", "interface", "advert_int", "nopreempt", "priority", "unicast_src_ip"];
/** Their lines are addresses: those that directors send to, and those that move, which are resources of their own. */
const addressBlocks = ["unicast_peer", "virtual_ipaddress", "virtual_ipaddress_excluded"];

function restOf(block: Block): string {
  const inner = block.blocks.filter(({ head }) => !addressBlocks.includes(head)).map((one) => blockText(one));
  return [...block.lines.filter((line) => !judged.includes(line.split(" ", 1)[0] ?? "")), ...inner].join("; ");
}
