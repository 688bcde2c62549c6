import type { Mode, Tunnel } from "../../ipvs.ts";
import { bits, type Family, prefixOfMask } from "../../net.ts";
import { ipip } from "../facts.ts";
import type { Names } from "../names.ts";
import { resolveHint } from "../names.ts";
import type { Word } from "../word.ts";

/** A value that was read, or why it cannot be carried over and what to do. */
export type Value<T> = { readonly value: T } | Wrong;

export interface Wrong {
  readonly reason: string;
  readonly remedy: string;
}

export function isWrong<T>(value: Value<T>): value is Wrong {
  return "reason" in value;
}

export interface Endpoint {
  /** Canonical, or the name that nothing resolves. */
  readonly address: string;
  readonly family: Family;
  /** Null: none was given. */
  readonly port: number | null;
  readonly isName: boolean;
}

/** `192.168.80.188:80`, `[fd00::1]:http`, `www:http`, or without a port. */
export function readEndpoint(text: string, names: Names): Value<Endpoint> {
  const match = /^(?:\[([^\]]*)\]|([^:]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*))(?::([^:]*))?$/.exec(text);
  if (match === null) return { reason: `"${text}" is no address and port`, remedy: "write ADDRESS:PORT" };
  const host = match[1] ?? match[2] ?? "";
  const port = match[3] === undefined ? null : names.port(match[3]);
  if (match[3] !== undefined && port === null)
    return { reason: `the port "${match[3]}" has no number`, remedy: "write the number of the port" };
  const address = names.address(host);
  if (address !== null) return { value: { address: address.text, family: address.family, port, isName: false } };
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(host) || /^[0-9.]+$/.test(host))
    return { reason: `"${host}" is no address`, remedy: "write the address" };
  return { value: { address: host, family: 4, port, isName: true } };
}

export function unresolved(name: string): Wrong {
  return { reason: `nobody says which address "${name}" is`, remedy: resolveHint(name) };
}

export function readNumber(word: Word, what: string, lowest: number, highest: number): Value<number> {
  const number = /^[0-9]{1,10}$/.test(word.text) ? Number(word.text) : Number.NaN;
  if (number >= lowest && number <= highest) return { value: number };
  return { reason: `${what} ${word.text} is not ${lowest} to ${highest}`, remedy: `write ${lowest} to ${highest}` };
}

/** 24 of `255.255.255.0` or, for IPv6, of `24`. */
export function readMask(text: string, family: Family): Value<number> {
  const prefix = family === 4 ? prefixOfMask(text) : /^[0-9]{1,3}$/.test(text) ? Number(text) : null;
  if (prefix !== null && prefix >= 1 && prefix <= bits(family)) return { value: prefix };
  return {
    reason: `the client mask ${text} is no prefix`,
    remedy: 'say the group of clients by "persistence": { "prefix": … }',
  };
}

const flagNames: Readonly<Record<string, (scheduler: string) => string | null>> = {
  "flag-1": (scheduler) => (scheduler === "sh" || scheduler === "mh" ? `${scheduler}-fallback` : null),
  "flag-2": (scheduler) => (scheduler === "sh" || scheduler === "mh" ? `${scheduler}-port` : null),
  "flag-3": () => null,
  "sh-fallback": () => "sh-fallback",
  "sh-port": () => "sh-port",
  "mh-fallback": () => "mh-fallback",
  "mh-port": () => "mh-port",
};

/** Flags by the names that the description has; `flag-1` is the first one of the scheduler. */
export function readFlags(text: string, scheduler: string): Value<string[]> {
  const flags: string[] = [];
  for (const word of text.split(",")) {
    const flag = Object.hasOwn(flagNames, word) ? (flagNames[word]?.(scheduler) ?? null) : null;
    if (flag === null)
      return {
        reason: `the flag ${word} means nothing to the scheduler ${scheduler}`,
        remedy: "see whether it is needed",
      };
    if (!flags.includes(flag)) flags.push(flag);
  }
  return { value: flags.sort() };
}

/** The forwarding method and the tunnel of a real server. */
export function readMethod(options: ReadonlyMap<string, Word>): Value<{ mode: Mode; tunnel: Tunnel | null }> {
  const modes: Mode[] = [];
  if (options.has("gatewaying")) modes.push("dr");
  if (options.has("masquerading")) modes.push("nat");
  if (options.has("ipip")) modes.push("tun");
  if (modes.length > 1) return { reason: "two forwarding methods", remedy: "leave one of -g, -i and -m" };
  const [mode = "dr"] = modes;
  if (mode !== "tun") return { value: { mode, tunnel: null } };
  const type = options.get("tun-type")?.text ?? "ipip";
  if (type !== "ipip" && type !== "gre" && type !== "gue")
    return { reason: `there is no tunnel of type ${type}`, remedy: "write ipip, gue or gre" };
  if (type === "ipip") return { value: { mode, tunnel: ipip } };
  const port = options.get("tun-port");
  const checksum = options.has("tun-csum") ? "full" : options.has("tun-remcsum") ? "remote" : "none";
  if (type === "gre") return { value: { mode, tunnel: { type, port: null, checksum } } };
  if (port === undefined) return { reason: "a GUE tunnel without --tun-port", remedy: "say its UDP port" };
  const number = readNumber(port, "the port of GUE", 1, 65535);
  return isWrong(number) ? number : { value: { mode, tunnel: { type, port: number.value, checksum } } };
}
