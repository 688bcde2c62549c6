import { emptyService, type FoundService } from "../facts.ts";
import { readFlags, readMask } from "../ipvsadm/values.ts";
import { mostRangeAddresses } from "../names.ts";
import type { Reading } from "../reading.ts";
import { type Block, readBlock } from "./block.ts";
import { frontendOf, type GroupEntry, readEntry } from "./frontends.ts";
import type { Method } from "./method.ts";
import { foundServer, portOf, readAddress } from "./real-servers.ts";
import { chooseCheck } from "./service-check.ts";
import type { Node } from "./tree.ts";

export type Groups = ReadonlyMap<string, readonly GroupEntry[]>;

/** @param name what a comment of lvsgen's own calls it; null: nothing */
export function readVirtualServer(node: Node, groups: Groups, name: string | null, reading: Reading): void {
  const { ledger, facts } = reading;
  const entries = entriesOf(node, groups, reading);
  const block = readBlock(node, reading);
  const usual = block.method ?? { mode: "nat" as const, tunnel: emptyTunnel };
  for (const [index, entry] of entries.entries()) {
    const family = block.family ?? block.servers[0]?.family ?? 4;
    const protocol = block.protocol ?? "udp";
    const service = emptyService(entries.length > 1 ? entry.place : node.place, frontendOf(entry, protocol, family));
    fillOptions(service, block, entry, index === 0, reading);
    service.label = name ?? service.label;
    service.mode = block.method?.mode ?? null;
    service.tunnel = usual.tunnel;
    const port = entry.kind === "fwmark" ? null : entry.port;
    let tunnel: Method["tunnel"] | null = null;
    for (const server of block.servers) {
      const method = server.method ?? usual;
      let off: string | null = null;
      if (method.mode === "tun") {
        tunnel ??= method.tunnel;
        service.tunnel = tunnel;
        if (JSON.stringify(method.tunnel) !== JSON.stringify(tunnel)) off = "a service has tunnels of one type";
      }
      if (off !== null && index === 0)
        ledger.missed(server.node.place, off, "let its real servers all take the same; it stands there as a comment");
      const real = portOf(server, method.mode, port);
      if (server.port !== null && server.port !== real && index === 0)
        ledger.ignored(
          server.node.place,
          `keepalived leaves its port out: ${method.mode.toUpperCase()} cannot change it`,
        );
      service.servers.push({ ...foundServer(server, method.mode, real), off });
    }
    if (index === 0) {
      service.check = chooseCheck(block.servers, service, node.place, ledger);
      readSorry(service, block, usual, port, reading);
    } else {
      const [first] = facts.services.slice(-index);
      service.check = first?.check ?? null;
      service.sorry = first?.sorry ?? null;
    }
    service.onFailure = block.servers.some(({ checks }) => checks.length > 0)
      ? block.servers.every(({ inhibits }) => inhibits)
        ? "quiesce"
        : "remove"
      : null;
    if (block.servers.length === 0) {
      service.off = "it has no real server, and keepalived leaves it out";
      if (index === 0) ledger.missed(node.place, service.off, "it stands in the description as a comment");
    }
    facts.services.push(service);
  }
}

const emptyTunnel = { type: "ipip", port: null, checksum: "none" } as const;

function entriesOf({ words, place }: Node, groups: Groups, { names, ledger }: Reading): readonly GroupEntry[] {
  const [first, second] = words;
  if (first?.text === "group") {
    const entries = groups.get(second?.text ?? "");
    if (entries === undefined)
      ledger.missed(
        place,
        `there is no virtual_server_group "${(second?.text ?? "").slice(0, 60)}"`,
        "write the group, or its addresses",
      );
    else if (entries.length > 1 && !names.spend(entries.length)) {
      ledger.missed(
        place,
        `a group of ${entries.length} entries, each a service of its own: groups and ranges together may have ${mostRangeAddresses}`,
        "use a firewall mark for them",
      );
      return [];
    } else ledger.taken(place);
    return entries ?? [];
  }
  const entry = readEntry(words, place, names);
  if ("reason" in entry) {
    ledger.missed(place, entry.reason, entry.remedy);
    return [];
  }
  ledger.taken(place);
  return entry.value;
}

function fillOptions(
  service: FoundService,
  block: Block,
  entry: GroupEntry,
  tells: boolean,
  { ledger }: Reading,
): void {
  service.scheduler = block.scheduler ?? "wlc";
  service.engine = block.engine;
  service.onePacket = block.onePacket;
  service.label = block.label;
  for (const { text, node } of block.flags) {
    const read = readFlags(text, service.scheduler);
    if (!("reason" in read)) service.flags.push(...read.value.filter((flag) => !service.flags.includes(flag)));
    else if (tells) ledger.missed(node.place, read.reason, read.remedy);
  }
  const family = service.frontend.kind === "fwmark" ? service.frontend.family : entry.address.includes(":") ? 6 : 4;
  if (block.persistence !== null) service.persistence = { timeout: block.persistence, prefix: null };
  if (block.granularity !== null) {
    const mask = readMask(block.granularity.text, family);
    if (!("reason" in mask)) service.persistence = { timeout: block.persistence ?? 360, prefix: mask.value };
    else if (tells) ledger.missed(block.granularity.node.place, mask.reason, mask.remedy);
  }
  // keepalived sets it where every port is served, and lvsgen asks for it.
  if (service.persistence === null && entry.kind === "address" && entry.port === 0)
    service.persistence = { timeout: 360, prefix: null };
  if (!tells || service.frontend.kind === "fwmark") {
    if (tells && block.protocolNode !== null) ledger.ignored(block.protocolNode.place, "a mark has no protocol");
    return;
  }
  if (block.protocol === null)
    ledger.missed(
      service.place,
      "no protocol: keepalived 2 takes UDP for it",
      'see whether TCP is meant: "protocol" in the description',
    );
  if (block.onePacket && service.frontend.protocol !== "udp") {
    service.onePacket = false;
    ledger.missed(service.place, "ops is for UDP, and keepalived leaves it out", "see what was meant");
  }
}

function readSorry(service: FoundService, block: Block, usual: Method, port: number | null, reading: Reading): void {
  if (block.sorry === null) return;
  const target = readAddress(block.sorry, reading);
  if (target === null) return;
  const { mode } = block.sorryMethod ?? usual;
  service.sorry = {
    place: block.sorry.place,
    address: target.address,
    port: portOf(target, mode, port),
    weight: 1,
    upperThreshold: 0,
    lowerThreshold: 0,
    mode,
    off: null,
    notes: [],
  };
  reading.ledger.taken(block.sorry.place);
}
