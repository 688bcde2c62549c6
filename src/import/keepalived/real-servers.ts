import type { Mode } from "../../ipvs.ts";
import { type Family, parseAddress } from "../../net.ts";
import type { FoundCheck, FoundServer } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import type { Reading } from "../reading.ts";
import { checkerKinds, readChecker } from "./checkers.ts";
import { readEntry } from "./frontends.ts";
import { type Method, readMethod } from "./method.ts";
import { readSetting, type Settings } from "./server-settings.ts";
import type { Node } from "./tree.ts";
import { judge } from "./verdicts.ts";

/** A real server before it is known what its service leaves to it. */
export interface ReadServer {
  readonly node: Node;
  readonly address: string;
  readonly family: Family;
  /** Null: none was given. */
  readonly port: number | null;
  readonly weight: number;
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  readonly method: Method | null;
  readonly checks: readonly FoundCheck[];
  /** Whether it has a checker that lvsgen has no words for, or that says nothing but that it is out. */
  readonly asksOtherwise: boolean;
  readonly inhibits: boolean;
}

/** `ADDRESS [PORT]` of a real server or a sorry server. */
export function readAddress(
  { words, place }: Node,
  { names, ledger }: Reading,
): { address: string; family: Family; port: number | null } | null {
  const entry = readEntry(words, place, names);
  const [only] = "value" in entry ? entry.value : [];
  const address = only === undefined ? null : parseAddress(only.address);
  if ("reason" in entry || only === undefined || entry.value.length !== 1 || address === null) {
    const { reason, remedy } =
      "reason" in entry ? entry : { reason: "no address of one machine", remedy: "write its address" };
    ledger.missed(place, reason, remedy);
    return null;
  }
  return { address: address.text, family: address.family, port: only.port === 0 ? null : only.port };
}

/** @param usualWeight that of the virtual server */
export function readServer(node: Node, inherited: Settings, usualWeight: number, reading: Reading): ReadServer | null {
  const { ledger } = reading;
  const target = readAddress(node, reading);
  const settings = { ...inherited };
  let weight = usualWeight;
  let upperThreshold = 0;
  let lowerThreshold = 0;
  let method: Method | null = null;
  const checkers: Node[] = [];
  if (target !== null) ledger.taken(node.place);
  for (const child of node.block ?? []) {
    const number = /^[0-9]{1,9}$/.test(child.words[0]?.text ?? "") ? Number(child.words[0]?.text) : null;
    const count = (highest: number, set: (value: number) => void): void => {
      if (number === null || number > highest)
        ledger.missed(child.place, `not 0 to ${highest}`, "say it in the description");
      else {
        set(number);
        ledger.taken(child.place);
      }
    };
    if (readSetting(child, settings, ledger)) continue;
    switch (child.keyword) {
      case "weight":
        count(65535, (value) => {
          weight = value;
        });
        break;
      case "uthreshold":
        count(65535, (value) => {
          upperThreshold = value;
        });
        break;
      case "lthreshold":
        count(65535, (value) => {
          lowerThreshold = value;
        });
        break;
      // The other word, lb_kind, is one of services alone.
      case "lvs_method": {
        const read = readMethod(child.words);
        if ("reason" in read) ledger.missed(child.place, read.reason, read.remedy);
        else {
          method = read.value;
          ledger.taken(child.place);
        }
        break;
      }
      case "snmp_name":
        ledger.ignored(child.place, "a name for SNMP");
        break;
      default:
        if (checkerKinds.includes(child.keyword)) checkers.push(child);
        else judge(child, "real_server", ledger);
    }
  }
  // Settings behind a checker count for it as well.
  const asked = weight === 0 ? checkers.filter((one) => !isOut(one, ledger)) : checkers;
  const checks = asked.flatMap((one) => readChecker(one, settings, ledger) ?? []);
  if (target === null) return null;
  return {
    node,
    ...target,
    weight,
    upperThreshold,
    lowerThreshold,
    method,
    checks,
    asksOtherwise: checks.length < checkers.length,
    inhibits: settings.inhibits,
  };
}

/** What lvsgen writes for a weight of 0 where keepalived makes 1 of it: a check that always fails. */
function isOut({ keyword, block, place }: Node, ledger: Ledger): boolean {
  const [path, ...more] = block ?? [];
  if (keyword !== "MISC_CHECK" || path?.keyword !== "misc_path" || more.length > 0) return false;
  if (!/^(?:\/usr)?\/bin\/false$/.test(path.words[0]?.text ?? "") || path.words.length > 1) return false;
  for (const one of [place, path.place]) ledger.isDefault(one, "a weight of 0 stays 0 with lvsgen");
  return true;
}

/** The port that keepalived gives a real server (check_data.c): its own only where NAT can change it. */
export function portOf(server: Pick<ReadServer, "port">, mode: Mode, frontendPort: number | null): number {
  if (frontendPort === null) return mode === "nat" ? (server.port ?? 0) : 0;
  return mode === "nat" ? (server.port ?? frontendPort) : frontendPort;
}

export function foundServer(server: ReadServer, mode: Mode, port: number): FoundServer {
  const { address, weight, upperThreshold, lowerThreshold, checks, asksOtherwise } = server;
  return {
    place: server.node.place,
    address,
    port,
    weight,
    upperThreshold,
    lowerThreshold,
    mode,
    // What is asked besides was told at its place.
    ...(asksOtherwise ? {} : { checks }),
    off: null,
    notes: [],
  };
}
