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

/** `iptables -t mangle -A PREROUTING -d VIP -p tcp --dport 80 -j MARK --set-mark 1` */
function iptables(words: readonly string[], place: Place, { facts, ledger, names }: Reading): void {
  const after = (...options: readonly string[]): string | undefined => {
    const index = words.findIndex((word) => options.includes(word));
    return index < 0 ? undefined : words[index + 1];
  };
  const text = after("--set-mark", "--set-xmark");
  if (text === undefined) {
    ledger.ignored(place, "it sets no firewall mark");
    return;
  }
  const mark = Number(/^(0x[0-9a-f]{1,8}|[0-9]{1,10})/i.exec(text)?.[0] ?? Number.NaN);
  const vip = names.address(
    (after("-d", "--destination", "--dst") ?? "").replace(/\/(?:32|128|255\.255\.255\.255)$/, ""),
  );
  const protocol = (after("-p", "--protocol") ?? "tcp").toLowerCase();
  const ports = after("--dport", "--destination-port", "--dports", "--destination-ports");
  const known = ["tcp", "udp", "sctp"] as const;
  const found = known.find((one) => one === protocol);
  if (!Number.isInteger(mark) || mark < 1 || vip === null || found === undefined || ports === undefined) {
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
