import { parseAddress, parseCidr } from "../../net.ts";
import type { FoundInstance, FoundVip } from "../facts.ts";
import type { Place } from "../place.ts";
import type { Reading } from "../reading.ts";
import { entryWords } from "./frontends.ts";
import type { Node } from "./tree.ts";
import { judge } from "./verdicts.ts";

type Draft = { -readonly [K in keyof FoundInstance]: FoundInstance[K] };

export function readInstance(node: Node, version: number | null, reading: Reading): void {
  const { ledger, facts } = reading;
  const vips: FoundVip[] = [];
  const peers: string[] = [];
  const settings = new Map<string, Place>();
  const instance: Draft = {
    place: node.place,
    name: node.words[0]?.text.slice(0, 60) ?? "",
    family: null,
    isMaster: null,
    interface: null,
    routerId: null,
    priority: null,
    advertInterval: null,
    version,
    preempt: true,
    source: null,
    peers,
    vips,
    sync: null,
    settings,
  };
  ledger.taken(node.place);
  for (const child of node.block ?? []) {
    const text = child.words[0]?.text ?? "";
    settings.set(child.keyword, child.place);
    const number = /^[0-9]{1,5}(?:\.[0-9]{1,6})?$/.test(text) ? Number(text) : null;
    const accept = (isValid: boolean, set: () => void): void => {
      if (isValid) {
        set();
        ledger.taken(child.place);
      } else ledger.missed(child.place, "no value that keepalived would take", "say it in the description");
    };
    switch (child.keyword) {
      case "interface":
        accept(/^[\w.@:-]{1,15}$/.test(text), () => {
          instance.interface = text;
        });
        break;
      case "virtual_router_id":
        accept(number !== null && number >= 1 && number <= 255, () => {
          instance.routerId = number;
        });
        break;
      case "priority":
        accept(number !== null && number <= 255, () => {
          instance.priority = number;
        });
        break;
      case "advert_int":
        accept(number !== null && number > 0, () => {
          instance.advertInterval = number;
        });
        break;
      case "state":
        accept(text === "MASTER" || text === "BACKUP", () => {
          instance.isMaster = text === "MASTER";
        });
        break;
      case "version":
        accept(number === 2 || number === 3, () => {
          instance.version = number;
        });
        break;
      case "nopreempt":
        instance.preempt = false;
        ledger.taken(child.place);
        break;
      case "preempt":
        ledger.taken(child.place);
        break;
      case "unicast_src_ip":
      case "mcast_src_ip":
        accept(parseAddress(text) !== null, () => {
          instance.source = parseAddress(text)?.text ?? null;
        });
        break;
      case "unicast_peer":
        ledger.taken(child.place);
        for (const peer of child.block ?? []) {
          const address = parseAddress(peer.keyword);
          if (address === null) ledger.missed(peer.place, "no address of a director", "write its address");
          else {
            peers.push(address.text);
            ledger.taken(peer.place);
          }
        }
        break;
      case "virtual_ipaddress":
      case "virtual_ipaddress_excluded":
        ledger.taken(child.place);
        for (const one of child.block ?? []) {
          if (isSign(one)) ledger.isDefault(one.place, "what advertisements of lvsgen's own directors name");
          else readVip(one, vips, instance.interface, reading);
        }
        break;
      case "lvs_sync_daemon_interface":
        accept(/^[\w.@:-]{1,15}$/.test(text), () => {
          instance.sync = text;
        });
        break;
      case "authentication":
        judge(child, "vrrp_instance", ledger, true);
        break;
      default:
        judge(child, "vrrp_instance", ledger);
    }
  }
  const [first] = vips;
  instance.family = first === undefined ? null : (parseAddress(first.address)?.family ?? null);
  facts.instances.push(instance);
}

/** `169.254.112.80/32 dev lo`, which is no address of a service (`signOf` of the plan). */
function isSign(node: Node): boolean {
  const [address = "", dev, device] = entryWords(node).map(({ text }) => text);
  return dev === "dev" && device === "lo" && /^(?:169\.254\.112\.\d{1,3}|fe80::70:[0-9a-f]{1,2})\//.test(address);
}

/** `192.168.200.18/25 brd … dev eth0 scope global label eth0:0` */
function readVip(node: Node, vips: FoundVip[], device: string | null, { ledger }: Reading): void {
  const words = entryWords(node).map(({ text }) => text);
  const [first = "", ...rest] = words;
  const cidr = parseCidr(first);
  const address = cidr?.address ?? parseAddress(first);
  if (address === null) {
    ledger.missed(node.place, "no address that a director could carry", "write the VIP");
    return;
  }
  const behind = (word: string): string | null => (rest.includes(word) ? (rest[rest.indexOf(word) + 1] ?? null) : null);
  const label = behind("label");
  vips.push({
    place: node.place,
    address: address.text,
    prefix: cidr?.prefix ?? null,
    device: behind("dev") ?? device,
    ...(label === null ? {} : { label }),
  });
  ledger.taken(node.place);
}

/** Members of a group stand in a block of their own, or, in old files, in the group itself. */
export function readSyncGroup(node: Node, { ledger }: Reading): void {
  ledger.isDefault(node.place, "lvsgen moves all VIPs of a cluster together");
  for (const child of node.block ?? []) {
    if (child.keyword === "group") {
      ledger.isDefault(child.place, "lvsgen moves all VIPs of a cluster together");
      for (const member of child.block ?? [])
        ledger.isDefault(member.place, "lvsgen moves all VIPs of a cluster together");
    } else if (
      child.words.length === 0 &&
      child.block === null &&
      !/^(?:smtp_alert|global_tracking|sync_group_tracking_weight)$/.test(child.keyword)
    )
      ledger.isDefault(child.place, "lvsgen moves all VIPs of a cluster together");
    else judge(child, "vrrp_instance", ledger);
  }
}
