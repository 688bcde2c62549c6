/** What a person types, as what is meant by it. Whether the parts are right is for the compiler to say. */
import { suggest } from "../../diagnostics/suggest.ts";
import { parseAddress, parseCidr, prefixOfMask } from "../../net.ts";
import type { NamedAddress } from "./answers.ts";

export type Read<T> =
  | { readonly kind: "value"; readonly value: T }
  /** Why it cannot be read, for a person. */
  | { readonly kind: "wrong"; readonly message: string };

export function value<T>(read: T): Read<T> {
  return { kind: "value", value: read };
}

export function wrong(message: string): Read<never> {
  return { kind: "wrong", message };
}

/** Without the full-width characters of an input method, which mean what the ASCII ones do; the ideographic stop is a dot, its comma a comma. */
export function plainText(text: string): string {
  return text.normalize("NFKC").replaceAll("\u3002", ".").replaceAll("\u3001", ",").trim();
}

/** The words of a list: between commas or blanks. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}

/** The answer that means nothing of the kind. */
export const none = "none";

/** The words of a list, which has none where `none` is all that it says. */
export function readWords(text: string): Read<readonly string[]> {
  const words = wordsOf(text);
  if (!words.includes(none)) return value(words);
  return words.length === 1 ? value([]) : wrong(`"${none}" stands alone: it says that there is nothing to list`);
}

/**
 * `web1=192.168.80.12/24`, or an address with its prefix length alone.
 *
 * @param usualName what a host is called that has no name
 * @param example what to show where it cannot be read
 */
export function readHost(text: string, usualName: string, example: string): Read<NamedAddress> {
  const equals = text.indexOf("=");
  const name = equals === -1 ? usualName : text.slice(0, equals).trim();
  const cidr = text.slice(equals + 1).trim();
  if (name !== "" && !/\s/.test(name) && /^[0-9A-Fa-f:.]+\/[0-9]+$/.test(cidr)) {
    const parsed = parseCidr(cidr);
    if (parsed !== null) return value({ name, cidr });
    const [address = "", prefix = ""] = cidr.split("/");
    return wrong(
      parseAddress(address) === null
        ? `${JSON.stringify(address)} is no IP address`
        : address.includes(":")
          ? `the prefix length ${prefix} does not exist: 0 to 128`
          : `the prefix length ${prefix} does not exist: 0 to 32`,
    );
  }
  const [bare = "", mask = ""] = cidr.split("/");
  const prefix = parseAddress(bare)?.family === 4 ? prefixOfMask(mask) : null;
  if (prefix !== null) return wrong(`${mask} is a mask: write ${equals === -1 ? "" : `${name}=`}${bare}/${prefix}`);
  const address = parseAddress(cidr);
  if (address !== null && name !== "")
    return wrong(
      `the prefix length is missing, such as ${address.text}/${prefixLike(example, address.family)}, in ${JSON.stringify(text)}`,
    );
  return wrong(`${JSON.stringify(text)} is not NAME=ADDRESS/PREFIX, such as ${example}`);
}

/** The prefix length of the example where that is of the family, else what most networks have. */
function prefixLike(example: string, family: 4 | 6): number {
  const cidr = parseCidr(example.slice(example.indexOf("=") + 1));
  return cidr?.address.family === family ? cidr.prefix : family === 4 ? 24 : 64;
}

/** A director; of several, why there is one. */
export function readDirector(text: string, usualName: string, example: string): Read<NamedAddress> {
  const [first = "", ...others] = wordsOf(text);
  const isHost = (word: string): boolean => readHost(word, usualName, example).kind === "value";
  return others.length > 0 && [first, ...others].every(isHost)
    ? wrong(oneDirector(first))
    : readHost(text, usualName, example);
}

/** @param first as it would be typed */
export function oneDirector(first: string): string {
  return `init describes one director: give ${first} alone. The file takes the second one afterwards, in "hosts" and "directors", with "ha": { "routerId": 1 to 255 } (docs/failover.md)`;
}

export function readPort(text: string): Read<number> {
  if (/^[0-9]{1,5}(?:[\s,;]+[0-9]{1,5})+$/.test(text))
    return wrong(
      `init describes a service of one port: give ${wordsOf(text)[0]} alone. The file takes several afterwards: "port": [${wordsOf(text).join(", ")}]`,
    );
  const port = /^[1-9][0-9]{0,4}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? value(port) : wrong(`${JSON.stringify(text)} is not a port (1 to 65535)`);
}

/** A VIP: an address that has no prefix length. */
export function readAddress(text: string): Read<string> {
  if (parseAddress(text) !== null) return value(text);
  const [address = ""] = text.split("/");
  if (text.includes("/") && parseAddress(address) !== null)
    return wrong(`a virtual IP address is written without a prefix length: ${address}`);
  return wrong(`${JSON.stringify(text)} is no IP address, such as 192.168.80.188`);
}

/** What hosts of a list are called that have no name: `lvs1`, `web1`, `pc`. */
export type Stem = "lvs" | "web" | "pc";

/**
 * The hosts of a line, between commas or blanks. Of clients, which nobody needs, there may be `none`.
 *
 * @param others the hosts that there are
 * @param names more names that are taken
 * @param example what to show where one cannot be read
 */
export function readHosts(
  text: string,
  stem: Stem,
  others: readonly NamedAddress[],
  names: readonly string[],
  example: string,
): Read<readonly NamedAddress[]> {
  const taken = [...names, ...namesIn(text)];
  const words = stem === "pc" ? readWords(text) : value(wordsOf(text));
  if (words.kind === "wrong") return words;
  const added: NamedAddress[] = [];
  for (const word of words.value) {
    const all = [...others, ...added];
    const read = readHost(word, freeName(stem, [...taken, ...all.map(({ name }) => name)]), example);
    if (read.kind === "wrong") return read;
    const clash = clashOf(read.value, all);
    if (clash !== null) return wrong(clash);
    added.push(read.value);
  }
  return value(added);
}

/** The names that a line of hosts gives. */
export function namesIn(text: string): string[] {
  return wordsOf(text).flatMap((word) => (word.includes("=") ? [word.slice(0, word.indexOf("="))] : []));
}

/** The usual name that is not taken: `web1`, `web2`; of clients `pc`, `pc2`. */
export function freeName(stem: Stem, names: readonly string[]): string {
  const taken = new Set(names);
  for (let number = 1; ; number++) {
    const name = stem === "pc" && number === 1 ? stem : `${stem}${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Why a host cannot join those that are there: one name stands for one machine. Null: it can. */
export function clashOf({ name, cidr }: NamedAddress, hosts: readonly NamedAddress[]): string | null {
  const other = hosts.find((host) => host.name === name && host.cidr !== cidr);
  return other === undefined ? null : `${name} is ${other.cidr} already: another machine needs another name`;
}

/** What stands in quotes in a text and is written much like another text; null: nothing. */
export function quotedNear(text: string, other: string): string | null {
  const quoted = Array.from(text.matchAll(/"([^"\n]+)"/g), ([, one = ""]) => one);
  return suggest(
    other,
    quoted.filter((one) => one !== other),
  );
}
