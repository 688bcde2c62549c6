import { parseAddress, parseCidr, prefixOfMask } from "../../net.ts";
import type { Place } from "../place.ts";
import type { Reading } from "../reading.ts";
import type { Word } from "../word.ts";

/** Each is compared with each other one. */
const mostMarks = 512;

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
      iptables(texts, place, reading);
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

/** Options of iptables that a mark for an address, a protocol and ports has, by what they are called here. */
const markOptions: ReadonlyMap<string, string> = new Map([
  ["-t", "table"],
  ["--table", "table"],
  ["-A", "chain"],
  ["--append", "chain"],
  ["-I", "chain"],
  ["--insert", "chain"],
  ["-d", "vip"],
  ["--dst", "vip"],
  ["--destination", "vip"],
  ["-p", "protocol"],
  ["--protocol", "protocol"],
  ["--dport", "ports"],
  ["--dports", "ports"],
  ["--destination-port", "ports"],
  ["--destination-ports", "ports"],
  ["-j", "target"],
  ["--jump", "target"],
  ["--set-mark", "mark"],
  ["--set-xmark", "mark"],
]);

/** What a rule for a mark says; null where it says more than an address, a protocol and ports, or the same twice. */
function readMarkRule(words: readonly string[]): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const next = words[index + 1];
    if (word === "-w" || word === "--wait") continue;
    if (next === undefined) return null;
    index++;
    if (word === "-m" || word === "--match") {
      if (!/^(?:tcp|udp|sctp|multiport|comment)$/.test(next)) return null;
      continue;
    }
    if (word === "--comment") continue;
    const option = markOptions.get(word);
    if (option === undefined || found.has(option)) return null;
    found.set(option, next);
    // The place of a rule in its chain does not matter to a mark.
    if (option === "chain" && /^[0-9]{1,9}$/.test(words[index + 1] ?? "")) index++;
  }
  const isPlain =
    found.get("table") === "mangle" && found.get("chain") === "PREROUTING" && found.get("target") === "MARK";
  return isPlain ? found : null;
}

/** `iptables -t mangle -A PREROUTING -d VIP -p tcp --dport 80 -j MARK --set-mark 1` */
function iptables(words: readonly string[], place: Place, { facts, ledger, names }: Reading): void {
  if (!words.some((word) => /^--(?:set-x?mark|or-mark|and-mark|xor-mark)$/.test(word))) {
    ledger.ignored(place, "it sets no firewall mark");
    return;
  }
  const rule = readMarkRule(words);
  if (rule === null) {
    ledger.missed(
      place,
      "a mark that depends on more than an address, a protocol and ports",
      'say it in "match" of the service, or set the mark beside lvsgen',
    );
    return;
  }
  const mark = Number(/^(0x[0-9a-f]{1,8}|[0-9]{1,10})(?:\/0xf{8})?$/i.exec(rule.get("mark") ?? "")?.[1] ?? Number.NaN);
  const vip = names.address((rule.get("vip") ?? "").replace(/\/(?:32|128|255\.255\.255\.255)$/, ""));
  const known = ["tcp", "udp", "sctp"] as const;
  const found = known.find((one) => one === rule.get("protocol")?.toLowerCase());
  const ports = rule.get("ports");
  if (!(mark >= 1 && mark < 2 ** 32) || vip === null || found === undefined || ports === undefined) {
    ledger.missed(
      place,
      "a mark for traffic that has no address, protocol or port",
      'say it in "match" of the service',
    );
    return;
  }
  for (const one of ports.split(",")) {
    const [first, last] = one.split(":").map((port) => names.port(port));
    if (typeof first !== "number" || last === null) {
      ledger.missed(place, `the port "${one}" has no number`, "write the number of the port");
      continue;
    }
    if (facts.marks.length >= mostMarks) {
      ledger.missed(
        place,
        `more than ${mostMarks} ports that get marks`,
        "use ranges of ports, or a mark for a service of every port",
      );
      return;
    }
    const isRange = typeof last === "number" && last !== first;
    facts.marks.push({ place, mark, vip: vip.text, protocol: found, port: isRange ? `${first}-${last}` : first });
    ledger.taken(place);
  }
}
