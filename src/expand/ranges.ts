/** Ranges as they are written, in names, addresses and ports, to what they stand for. */
import type { Code } from "../diagnostics/index.ts";
import { type Address, addressAfter, parseAddress } from "../net.ts";

/** Why a range stands for nothing. */
export interface Problem {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
}

export type Range<Item> = { readonly items: readonly Item[] } | { readonly problem: Problem };

/** A /16 of addresses: beyond, a slip of the pen is likelier than a cluster. */
export const maxRange = 65_536;

export function isNameRange(text: string): boolean {
  return text.includes("[");
}

export function isAddressRange(text: string): boolean {
  return text.includes("-");
}

/** `web01` to `web40` of `web[01-40]`; a name without brackets is itself. */
export function namesOf(text: string): Range<string> {
  const found = /^([^[]*)\[([0-9]+)-([0-9]+)\](.*)$/.exec(text);
  if (found === null) return { items: [text] };
  const [, before = "", first = "", last = "", behind = ""] = found;
  const isPadded = first.length !== last.length && (isLed(first) || isLed(last));
  const width = Math.max(first.length, last.length);
  if (isPadded) {
    return refused("RANGE_PADDING", {
      message: `${quote(text)} counts from ${first} to ${last}, with zeros before some of the numbers only`,
      hint: `write [${first.padStart(width, "0")}-${last.padStart(width, "0")}] for names of one length, or [${Number(first)}-${Number(last)}] for names without zeros`,
    });
  }
  if (!Number.isSafeInteger(Number(first))) {
    return refused("RANGE_TOO_LARGE", {
      message: `${quote(text)} counts with numbers above 2^53`,
      hint: "number the hosts of a range from 0 or 1",
    });
  }
  const count = Number(last) - Number(first) + 1;
  const wrong = wrongCount(text, count, `${before}[${last}-${first}]${behind}`);
  if (wrong !== null) return wrong;
  const padding = isLed(first) ? width : 0;
  const items = Array.from(
    { length: count },
    (_, index) => before + String(Number(first) + index).padStart(padding, "0") + behind,
  );
  const long = items.find((name) => name.length > 253 || name.split(".").some((label) => label.length > 63));
  if (long === undefined) return { items };
  return refused("BAD_FORMAT", {
    message: `${quote(text)} stands for ${quote(long)}, which is too long for a host name`,
    hint: "a part between dots has up to 63 characters, a name up to 253",
  });
}

function isLed(digits: string): boolean {
  return digits.length > 1 && digits.startsWith("0");
}

/** The addresses of `FIRST-LAST`, or the one that there is. What is no address is left to who reads it. */
export function addressesOf(text: string): Range<string> {
  const [from = "", to] = text.split("-");
  if (to === undefined) return { items: [text] };
  const [first, last] = [parseAddress(from), parseAddress(to)];
  if (first === null || last === null) {
    return refused("BAD_ADDRESS", {
      message: `${quote(first === null ? from : to)} is no IP address`,
      hint: "a range is its first and its last address, both in full",
    });
  }
  if (first.family !== last.family) {
    return refused("RANGE_MIXES_FAMILIES", {
      message: `${quote(text)} goes from IPv${first.family} to IPv${last.family}`,
      hint: "let both ends be of one family; write a range for each",
    });
  }
  const distance = last.value - first.value;
  const wrong = wrongCount(text, Number(distance) + 1, `${to}-${from}`);
  return wrong ?? { items: counted(first, Number(distance) + 1) };
}

/** So many addresses from this one; null where the family has not that many. */
export function addressesFrom(first: Address, count: number): string[] | null {
  return addressAfter(first, count - 1) === null ? null : counted(first, count);
}

function counted(first: Address, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addressAfter(first, index)?.text ?? first.text);
}

/** A port of a service, with where it is written below its `port`. */
export interface WrittenPort {
  readonly port: number;
  readonly below: string;
}

export type Ports = number | string | readonly (number | string)[];

/** Every port of a number, a range and a list, and what is wrong with some of them. */
export function portsOf(written: Ports): {
  readonly ports: readonly WrittenPort[];
  readonly problems: readonly (Problem & { readonly below: string; readonly first?: string })[];
} {
  const parts = typeof written === "object" ? [...written.entries()] : [[null, written] as const];
  const places = new Map<number, string>();
  const problems: (Problem & { readonly below: string; readonly first?: string })[] = [];
  for (const [index, part] of parts) {
    const below = index === null ? "" : `/${index}`;
    const [from = 0, to = from] = typeof part === "number" ? [part] : part.split("-").map(Number);
    if (from > to || to > 65_535) {
      problems.push({ ...badPorts(part), below });
      continue;
    }
    let twice: number | null = null;
    for (let port = from; port <= to; port++) {
      if (places.has(port)) twice ??= port;
      else places.set(port, below);
    }
    if (twice !== null) problems.push({ ...portTwice(twice), below, first: places.get(twice) ?? "" });
  }
  return { ports: Array.from(places, ([port, below]) => ({ port, below })), problems };
}

function badPorts(part: number | string): Problem {
  return {
    code: "BAD_PORT_RANGE",
    message: `${quote(part)} is no range of ports`,
    hint: 'the first port is not above the last, and that is not above 65535, as in "8000-8010"',
  };
}

function portTwice(port: number): Problem {
  return {
    code: "DUPLICATE_PORT",
    message: `port ${port} is one of this service's already`,
    hint: "name each port once; let ranges not overlap",
  };
}

function wrongCount(text: string, count: number, turned: string): { readonly problem: Problem } | null {
  if (count < 1) {
    return refused("RANGE_REVERSED", {
      message: `${quote(text)} ends before it begins`,
      hint: `write the lower end first: ${quote(turned)}`,
    });
  }
  return count > maxRange ? tooLarge(text, count) : null;
}

function tooLarge(text: string, count: number): { readonly problem: Problem } {
  return refused("RANGE_TOO_LARGE", {
    message: `${quote(text)} stands for ${Number.isSafeInteger(count) ? count : "more than 2^53"} of them`,
    hint: `a range goes up to ${maxRange}: look at its ends, or write several`,
  });
}

function refused(code: Code, said: Omit<Problem, "code">): { readonly problem: Problem } {
  return { problem: { code, ...said } };
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}
