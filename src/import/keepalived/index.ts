/** keepalived.conf of keepalived 1.3 to 2.3. */
import { lineOf } from "../place.ts";
import type { Input, Reading } from "../reading.ts";
import { entryWords, type GroupEntry, readEntry } from "./frontends.ts";
import { type Globals, readGlobals } from "./globals.ts";
import { readOwnFile } from "./own-file.ts";
import { preprocess } from "./preprocess.ts";
import { buildTree, type Node } from "./tree.ts";
import { judge } from "./verdicts.ts";
import { readVirtualServer } from "./virtual-servers.ts";
import { readInstance, readSyncGroup } from "./vrrp.ts";

export function readKeepalived(input: Input, reading: Reading): void {
  const { ledger, facts } = reading;
  const own = readOwnFile(input, ledger);
  const top = buildTree(preprocess(input, reading), ledger);
  const groups = new Map<string, GroupEntry[]>();
  const globals: Globals = { version: null, sync: null, name: null };
  // Groups may stand behind the services that use them.
  for (const node of top) if (node.keyword === "virtual_server_group") readGroup(node, groups, reading);
  for (const node of top) if (node.keyword === "global_defs") readGlobals(node, globals, reading);
  for (const node of top) {
    switch (node.keyword) {
      case "virtual_server_group":
      case "global_defs":
        break;
      case "virtual_server":
        readVirtualServer(node, groups, own?.services.get(node.place.line) ?? null, reading);
        break;
      case "vrrp_instance":
        readInstance(node, globals.version, reading);
        break;
      case "vrrp_sync_group":
        readSyncGroup(node, reading);
        break;
      default:
        judge(node, "top", ledger);
    }
  }
  // What a file of services alone calls its host is that of whichever file includes it.
  if (own === null && facts.instances.length === 0) return;
  facts.daemons.push({
    place: lineOf(input.file, 1),
    name: own?.host ?? globals.name,
    cluster: own?.cluster ?? null,
    instances: [...facts.instances],
    sync: globals.sync,
  });
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
