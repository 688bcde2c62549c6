import type { Protocol } from "../../ipvs.ts";
import type { Reading } from "../reading.ts";
import { quotable } from "../secrets.ts";
import { type Method, readMethod } from "./method.ts";
import { type ReadServer, readServer } from "./real-servers.ts";
import { daemonSettings, readSetting, type Settings } from "./server-settings.ts";
import type { Node } from "./tree.ts";
import { judge } from "./verdicts.ts";

/** What the block of a virtual server says, whatever it is for. */
export interface Block {
  settings: Settings;
  scheduler: string | null;
  readonly flags: { readonly text: string; readonly node: Node }[];
  method: Method | null;
  persistence: number | null;
  granularity: { readonly text: string; readonly node: Node } | null;
  engine: string | null;
  protocol: Protocol | null;
  protocolNode: Node | null;
  onePacket: boolean;
  /** What real servers have that say none of their own. */
  weight: number;
  family: 4 | 6 | null;
  label: string | null;
  sorry: Node | null;
  sorryMethod: Method | null;
  readonly servers: ReadServer[];
}

const schedulers = ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh", "twos"];

export function readBlock(node: Node, reading: Reading): Block {
  const { ledger } = reading;
  const block: Block = {
    settings: { ...daemonSettings },
    scheduler: null,
    flags: [],
    method: null,
    persistence: null,
    granularity: null,
    engine: null,
    protocol: null,
    protocolNode: null,
    onePacket: false,
    weight: 1,
    family: null,
    label: null,
    sorry: null,
    sorryMethod: null,
    servers: [],
  };
  const servers: Node[] = [];
  for (const child of node.block ?? []) {
    if (readSetting(child, block.settings, ledger)) continue;
    if (child.keyword === "real_server") servers.push(child);
    else if (!readKeyword(child, block, reading)) judge(child, "virtual_server", ledger);
  }
  for (const child of servers) {
    const server = readServer(child, block.settings, block.weight, reading);
    if (server !== null) block.servers.push(server);
  }
  return block;
}

/** False for a keyword that nothing is made of. */
function readKeyword(node: Node, block: Block, { ledger }: Reading): boolean {
  const text = node.words[0]?.text ?? "";
  const accept = (isValid: boolean, set: () => void): true => {
    if (isValid) {
      set();
      ledger.taken(node.place);
    } else
      ledger.missed(
        node.place,
        `"${text === "0" ? text : quotable(text)}" is nothing that keepalived knows here`,
        "say it in the description",
      );
    return true;
  };
  switch (node.keyword) {
    case "lb_algo":
    case "lvs_sched":
      return accept(schedulers.includes(text), () => {
        block.scheduler = text;
      });
    case "lb_kind":
    case "lvs_method":
    case "sorry_server_lvs_method": {
      const method = readMethod(node.words);
      if ("reason" in method) ledger.missed(node.place, method.reason, method.remedy);
      else {
        if (node.keyword === "sorry_server_lvs_method") block.sorryMethod = method.value;
        else block.method = method.value;
        ledger.taken(node.place);
      }
      return true;
    }
    case "persistence_timeout":
      return accept(text === "" || (/^[0-9]{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= 2678400), () => {
        block.persistence = text === "" ? 360 : Number(text);
      });
    case "persistence_granularity":
      return accept(text !== "", () => {
        block.granularity = { text, node };
      });
    case "persistence_engine":
      return accept(text === "sip", () => {
        block.engine = text;
      });
    case "protocol":
      block.protocolNode = node;
      return accept(/^(?:tcp|udp|sctp)$/i.test(text), () => {
        block.protocol = text.toLowerCase() as Protocol;
      });
    case "weight":
      return accept(/^[0-9]{1,5}$/.test(text) && Number(text) <= 65535, () => {
        block.weight = Number(text);
      });
    case "ip_family":
      return accept(text === "inet" || text === "inet6", () => {
        block.family = text === "inet6" ? 6 : 4;
      });
    case "ops":
      block.onePacket = true;
      ledger.taken(node.place);
      return true;
    case "flag-1":
    case "flag-2":
    case "flag-3":
    case "sh-port":
    case "sh-fallback":
    case "mh-port":
    case "mh-fallback":
      block.flags.push({ text: node.keyword, node });
      ledger.taken(node.place);
      return true;
    case "snmp_name":
      return accept(true, () => {
        block.label = text;
      });
    case "quorum":
      if (text === "1") ledger.isDefault(node.place, "a single real server is enough");
      else
        ledger.missed(
          node.place,
          "lvsgen counts no quorum: the service goes on with what is left",
          "see whether the VIP has to go, or a sorry server has to answer",
        );
      return true;
    case "hysteresis":
      if (text !== "0") return false;
      ledger.isDefault(node.place, "lvsgen counts no quorum");
      return true;
    case "sorry_server_inhibit":
      ledger.isDefault(node.place, "a sorry server stays in the table, with weight 0 while it is not needed");
      return true;
    case "sorry_server":
      block.sorry = node;
      return true;
    default:
      return false;
  }
}
