import { parseAddress, parseCidr, prefixOfMask } from "../../net.ts";
import type { Place } from "../place.ts";
import type { Reading } from "../reading.ts";
import type { Word } from "../word.ts";
import { markRule } from "./mark-rules.ts";

/** What else a script of a director does. */
export function otherCommand(name: string, words: readonly Word[], place: Place, reading: Reading): void {
  const { ledger } = reading;
  const base = name.slice(name.lastIndexOf("/") + 1);
  const texts = words.map(({ text }) => text);
  switch (base) {
    case "ifconfig":
      ifconfig(texts, place, reading);
      return;
    case "ip":
      ip(texts, place, reading);
      return;
    case "iptables":
    case "ip6tables":
      markRule(texts, base === "ip6tables" ? 6 : 4, place, reading);
      return;
    case "route":
      ledger.isDefault(place, "lvsgen brings the routes of VIPs along");
      return;
    case "sysctl":
    case "modprobe":
    case "insmod":
      ledger.isDefault(place, "lvsgen sets what the forwarding method needs");
      return;
    case "arptables":
      ledger.isDefault(place, "real servers stay quiet by arp_ignore and arp_announce");
      return;
    case "ipvsadm-save":
    case "ipvsadm-restore":
    case "systemctl":
    case "service":
    case "chkconfig":
      ledger.isDefault(place, "lvsgen loads the rules at boot itself");
      return;
    default:
      // Its arguments may be an account.
      ledger.hide(place);
      ledger.ignored(place, "it is no call of ipvsadm");
      return;
  }
}

/** `ifconfig eth0:0 192.168.80.188 netmask 255.255.255.255 up` */
function ifconfig(words: readonly string[], place: Place, { facts, ledger }: Reading): void {
  const [device = "", text = ""] = words;
  const address = parseAddress(text);
  if (address === null) {
    ledger.ignored(place, "it brings no address");
    return;
  }
  const mask = words[words.indexOf("netmask") + 1];
  facts.vips.push({
    place,
    address: address.text,
    prefix: mask === undefined ? null : prefixOfMask(mask),
    device: device.replace(/:.*$/, ""),
  });
  ledger.taken(place);
}

/** `ip addr add 192.168.80.188/32 dev eth0` */
function ip(words: readonly string[], place: Place, { facts, ledger }: Reading): void {
  const rest = words.filter((word) => !word.startsWith("-"));
  if (!/^a(?:ddr(?:ess)?)?$/.test(rest[0] ?? "") || !/^(?:add|a|replace)$/.test(rest[1] ?? "")) {
    ledger.ignored(place, "it brings no address");
    return;
  }
  const text = rest[2] ?? "";
  const cidr = parseCidr(text);
  const address = cidr?.address ?? parseAddress(text);
  if (address === null) {
    ledger.missed(place, `"${text}" is no address`, "write the address");
    return;
  }
  const device = rest[rest.indexOf("dev") + 1];
  facts.vips.push({
    place,
    address: address.text,
    prefix: cidr?.prefix ?? null,
    device: rest.includes("dev") ? (device ?? null) : null,
  });
  ledger.taken(place);
}
