import type { Protocol } from "../../ipvs.ts";
import { bits, type Family, networkText, parseAddress, parseCidr, prefixOfMask } from "../../net.ts";
import type { Place } from "../place.ts";
import type { Reading } from "../reading.ts";

/** Each is compared with each other one. */
const mostMarks = 512;

/** Options of iptables that a mark for an address, a protocol and ports has, by what they are called here. */
const markOptions: ReadonlyMap<string, string> = new Map([
  ["-t", "table"],
  ["--table", "table"],
  ["-A", "chain"],
  ["--append", "chain"],
  ["-I", "chain"],
  ["--insert", "chain"],
  ["-s", "source"],
  ["--src", "source"],
  ["--source", "source"],
  ["-i", "interface"],
  ["--in-interface", "interface"],
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

/** What a rule for a mark says; null where it says more than a description can, or the same twice. */
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
    if (option === "chain" && (word === "-I" || word === "--insert")) {
      const isNumbered = /^[0-9]{1,9}$/.test(words[index + 1] ?? "");
      if (!isNumbered || words[index + 1] === "1") found.set("first", "");
      if (isNumbered) index++;
    }
  }
  const isPlain =
    found.get("table") === "mangle" && found.get("chain") === "PREROUTING" && found.get("target") === "MARK";
  return isPlain ? found : null;
}

/** `iptables -t mangle -A PREROUTING -s 10.0.0.0/8 -i eth0 -d VIP -p tcp --dport 80 -j MARK --set-mark 1` */
export function markRule(words: readonly string[], family: Family, place: Place, reading: Reading): void {
  const { facts, ledger, names } = reading;
  if (!words.some((word) => /^--(?:set-x?mark|or-mark|and-mark|xor-mark)$/.test(word))) {
    ledger.ignored(place, "it sets no firewall mark");
    return;
  }
  const rule = readMarkRule(words);
  if (rule === null) {
    ledger.missed(
      place,
      "a mark that depends on more than addresses, an interface, a protocol and ports",
      'say it in "match" of the service, or set the mark beside lvsgen',
    );
    return;
  }
  const mark = Number(/^(0x[0-9a-f]{1,8}|[0-9]{1,10})(?:\/0xf{8})?$/i.exec(rule.get("mark") ?? "")?.[1] ?? Number.NaN);
  const vip = names.address((rule.get("vip") ?? "").replace(/\/(?:32|128|255\.255\.255\.255)$/, ""));
  const protocol = protocolOf(rule.get("protocol"));
  const ports = rule.get("ports");
  const source = sourceOf(rule.get("source"), family);
  const nic = interfaceOf(rule.get("interface"));
  const isForPort = ports === undefined || (protocol !== null && protocol !== "bad");
  if (!(mark >= 1 && mark < 2 ** 32) || vip === null || protocol === "bad" || !isForPort) {
    ledger.missed(
      place,
      "a mark, an address or a protocol that the description has no words for",
      'say it in "match" of the service',
    );
    return;
  }
  if (source === "bad" || nic === "bad") {
    const what =
      source === "bad"
        ? `the source "${rule.get("source")}" is not one network`
        : `the interface "${rule.get("interface")}" is not one by name`;
    ledger.missed(place, what, 'write a "match" of the service for each');
    return;
  }
  const count = facts.marks.length;
  const common = {
    ...{ place, mark, vip: vip.text, protocol, source, interface: nic },
    position: rule.has("first") ? -count - 1 : count,
  };
  for (const one of ports?.split(",") ?? [null]) {
    const [first, last] = one?.split(":").map((port) => names.port(port)) ?? [0];
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
    facts.marks.push({ ...common, port: isRange ? `${first}-${last}` : first });
    ledger.taken(place);
  }
}

/** Null: every one. */
function protocolOf(text = "all"): Protocol | null | "bad" {
  const known = ["tcp", "udp", "sctp"] as const;
  const numbers: Readonly<Record<string, Protocol>> = { 6: "tcp", 17: "udp", 132: "sctp" };
  const lower = text.toLowerCase();
  if (lower === "all" || lower === "0") return null;
  return known.find((one) => one === lower) ?? numbers[lower] ?? "bad";
}

/** The network; null: from anywhere. A list, a name and what is excluded are none. */
function sourceOf(text: string | undefined, family: Family): string | null | "bad" {
  if (text === undefined) return null;
  const [address = "", length = String(bits(family))] = text.split("/");
  const prefix = prefixOfMask(length) ?? length;
  const cidr = parseCidr(`${address}/${prefix}`);
  if (cidr === null || parseAddress(address)?.family !== family) return "bad";
  return cidr.prefix === 0 ? null : networkText(cidr);
}

/** Null: any. `eth+` is several, and lo brings no client. */
function interfaceOf(text: string | undefined): string | null | "bad" {
  if (text === undefined) return null;
  return /^(?!(?:lo|all|default|renderer)$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/.test(text) ? text : "bad";
}
