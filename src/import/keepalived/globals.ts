import type { FoundSync } from "../facts.ts";
import type { Reading } from "../reading.ts";
import type { Node } from "./tree.ts";
import { judge } from "./verdicts.ts";

/** What `global_defs` says that a description has words for. */
export interface Globals {
  /** That of VRRP, where an instance says none. */
  version: number | null;
  sync: FoundSync | null;
  /** `router_id`, where a host may be called so. */
  name: string | null;
}

export function readGlobals(node: Node, globals: Globals, reading: Reading): void {
  const { ledger } = reading;
  ledger.taken(node.place);
  for (const child of node.block ?? []) {
    const text = child.words[0]?.text ?? "";
    if (child.keyword === "vrrp_version" && (text === "2" || text === "3")) {
      globals.version = Number(text);
      ledger.taken(child.place);
    } else if (child.keyword === "lvs_timeouts") readTimeouts(child, reading);
    else if (child.keyword === "lvs_sync_daemon") readSync(child, globals, reading);
    else if (child.keyword === "router_id" && isHostName(text)) {
      globals.name = text;
      ledger.taken(child.place);
    } else if (/^(?:checker|lvs)_process_name$/.test(child.keyword) && /^lvsgen-[0-9a-f]{8}$/.test(text))
      ledger.isDefault(child.place, "lvsgen names the process after the file that it has read");
    else judge(child, "global_defs", ledger);
  }
}

/** `LVS_DEVEL`, as the samples have it, is none. */
function isHostName(text: string): boolean {
  return /^(?=.{1,63}$)[A-Za-z0-9]+(?:[.-]+[A-Za-z0-9]+)*$/.test(text) && /[A-Za-z]/.test(text) && !text.includes("..");
}

function readTimeouts({ words, place }: Node, { ledger, facts }: Reading): void {
  const value = (name: string): number => {
    const at = words.findIndex((word) => word.text === name);
    const word = at < 0 ? "" : (words[at + 1]?.text ?? "");
    return /^[0-9]{1,7}$/.test(word) && Number(word) <= 2678400 ? Number(word) : 0;
  };
  facts.timeouts = { place, tcp: value("tcp"), tcpfin: value("tcpfin"), udp: value("udp") };
  ledger.taken(place);
}

/** `INTERFACE [INSTANCE] [id N] [maxlen N] [port N] [ttl N] [group ADDRESS]`; up to 2.0 the number stands alone as well. */
function readSync({ words, place }: Node, globals: Globals, { ledger }: Reading): void {
  const [first, ...rest] = words.map(({ text }) => text);
  if (first === undefined || !/^[\w.@-]{1,15}$/.test(first)) {
    ledger.missed(place, "no interface that connections could be told by", 'say it by "sync" of "ha"');
    return;
  }
  const behind = (word: string): string => rest[rest.indexOf(word) + 1] ?? "";
  const number = rest.includes("id")
    ? behind("id")
    : (rest.slice(0, 2).find((word) => /^[0-9]{1,3}$/.test(word)) ?? "");
  const id = /^[0-9]{1,3}$/.test(number) && Number(number) <= 255 ? Number(number) : null;
  const group = rest.includes("group") ? behind("group") : null;
  globals.sync = { place, interface: first, id, family: group?.includes(":") ? 6 : 4 };
  const other = ["maxlen", "port", "ttl"].filter((word) => rest.includes(word));
  if (other.length > 0 || (group !== null && !usualGroups.includes(group.toLowerCase())))
    ledger.missed(
      place,
      `the ${[...other, ...(group === null ? [] : ["group"])].join(", ")} of the sync of connections: lvsgen has the kernel's own`,
      "see whether something asks for it: directors with another one do not hear each other",
    );
  else ledger.taken(place);
}

/** The kernel's, and what lvsgen has for IPv6. */
const usualGroups = ["224.0.0.81", "ff12::8848"];
