/** keepalived.conf of keepalived 1.3 to 2.3. */
import type { Input, Reading } from "../reading.ts";
import { entryWords, type GroupEntry, readEntry } from "./frontends.ts";
import { preprocess } from "./preprocess.ts";
import { buildTree, type Node } from "./tree.ts";
import { judge } from "./verdicts.ts";
import { readVirtualServer } from "./virtual-servers.ts";
import { readInstance, readSyncGroup } from "./vrrp.ts";

export function readKeepalived(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const top = buildTree(preprocess(input, reading), ledger);
  const groups = new Map<string, GroupEntry[]>();
  let version: number | null = null;
  // Groups may stand behind the services that use them.
  for (const node of top) if (node.keyword === "virtual_server_group") readGroup(node, groups, reading);
  for (const node of top) if (node.keyword === "global_defs") version = readGlobal(node, reading) ?? version;
  for (const node of top) {
    switch (node.keyword) {
      case "virtual_server_group":
      case "global_defs":
        break;
      case "virtual_server":
        readVirtualServer(node, groups, reading);
        break;
      case "vrrp_instance":
        readInstance(node, version, reading);
        break;
      case "vrrp_sync_group":
        readSyncGroup(node, reading);
        break;
      default:
        judge(node, "top", ledger);
    }
  }
  tellIdleVips(reading);
}

function readGroup(node: Node, groups: Map<string, GroupEntry[]>, { ledger, names }: Reading): void {
  const entries: GroupEntry[] = [];
  ledger.taken(node.place);
  for (const child of node.block ?? []) {
    const read = readEntry(entryWords(child), child.place, names);
    if ("reason" in read) ledger.missed(child.place, read.reason, read.remedy);
    else {
      entries.push(...read.value);
      ledger.taken(child.place);
    }
  }
  groups.set(node.words[0]?.text ?? "", entries);
}

/** @returns the version of VRRP, where it is said */
function readGlobal(node: Node, reading: Reading): number | null {
  const { ledger, facts } = reading;
  let version: number | null = null;
  ledger.taken(node.place);
  for (const child of node.block ?? []) {
    const text = child.words[0]?.text ?? "";
    if (child.keyword === "vrrp_version" && (text === "2" || text === "3")) {
      version = Number(text);
      ledger.taken(child.place);
    } else if (child.keyword === "lvs_timeouts") {
      const value = (name: string): number => {
        const at = child.words.findIndex((word) => word.text === name);
        const word = at < 0 ? "" : (child.words[at + 1]?.text ?? "");
        return /^[0-9]{1,7}$/.test(word) && Number(word) <= 2678400 ? Number(word) : 0;
      };
      facts.timeouts = { place: child.place, tcp: value("tcp"), tcpfin: value("tcpfin"), udp: value("udp") };
      ledger.taken(child.place);
    } else if (child.keyword === "lvs_sync_daemon") {
      facts.notes.push({
        place: child.place,
        text: 'the daemon that synchronises connections: lvsgen\'s "ha" has "sync" for it',
      });
      ledger.missed(
        child.place,
        "the daemon that synchronises connections belongs to failover",
        'say it by "ha": { "sync": … } once lvsgen builds that',
      );
    } else judge(child, "global_defs", ledger);
  }
  return version;
}

/** A VIP that no service is on: often the gateway of real servers in NAT. */
function tellIdleVips({ facts, ledger }: Reading): void {
  const used = new Set(facts.services.flatMap(({ frontend }) => (frontend.kind === "address" ? [frontend.vip] : [])));
  if (facts.services.some(({ frontend }) => frontend.kind === "fwmark")) return;
  for (const { vips } of facts.instances)
    for (const { address, place } of vips)
      if (!used.has(address))
        ledger.missed(
          place,
          `no virtual server is on ${address}`,
          'add a service for it; as the gateway of real servers in NAT it is "gateway" of "ha"',
        );
}
