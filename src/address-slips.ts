/** What is wrong with the text of an address, for people: the usual slips, each with what to write instead. */
import { bits, type Family, parseAddress, prefixOfMask } from "./net.ts";

export interface Slip {
  /** What is wrong with it, after the text itself: `has no prefix length`. */
  readonly what: string;
  /** The remedy. */
  readonly hint: string;
}

/** What belongs there. */
export interface Wanted {
  /** Null: either. */
  readonly family: Family | null;
  /** `with`: an address of a host, `of a network`: that of a network, `none`: an address alone. */
  readonly prefix: "with" | "of a network" | "none";
  /** What it is, in a sentence: `a VIP`. */
  readonly name: string;
  /** Whether a port has a place beside it. */
  readonly takesPort: boolean;
  /** The key that takes such a text of the other family, null where there is none. */
  readonly otherKey: string | null;
}

/** Whether the text is an address, without a prefix length. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== null;
}

/** Whether the object in which the address of this pointer stands has a `port` as well: a service, a match, a real server. */
export function takesPort(pointer: string): boolean {
  return /\/vip$/.test(pointer) || isOfMachine(pointer);
}

/** The address of a real server or of a sorry server, which may be written by the name of a host as well. */
function isOfMachine(pointer: string): boolean {
  return /^\/(?:services\/[0-9]+\/(?:realservers\/[0-9]+|sorryServer)|pools\/[^/]+\/[0-9]+)\/address$/.test(pointer);
}

/** The name of a host in place of an address, where a host may stand; null where it is none. */
export function hostSlip(text: string, pointer: string, isHost: (name: string) => boolean): Slip | null {
  if (!isOfMachine(pointer) || !isHost(text)) return null;
  return {
    what: "is the name of a host, not an address",
    hint: `write "host": ${JSON.stringify(text)} in place of "address"`,
  };
}

/** The slip in `text`, null where it is none of the usual ones. */
export function addressSlip(text: string, wanted: Wanted): Slip | null {
  const plain = text.normalize("NFKC").replaceAll(/[\s\u2018-\u201f"']/g, "");
  if (plain !== text && isRight(plain, wanted)) {
    const what = /^[\x20-\x7e]*$/.test(text)
      ? "has blanks or quotes in it"
      : "has characters in it that only look like ASCII";
    return { what, hint: `write ${JSON.stringify(plain)}, typed anew` };
  }
  const [, address = "", slash = "", length = ""] = /^([^/]*)(\/?)(.*)$/s.exec(text) ?? [];
  const parsed = parseAddress(address);
  if (parsed === null) return badAddress(address, text, wanted);
  if (wanted.family !== null && parsed.family !== wanted.family) {
    const hint = `an IPv${wanted.family} address belongs here`;
    return {
      what: `is an IPv${parsed.family} address`,
      hint: wanted.otherKey === null ? hint : `${hint}; write it as "${wanted.otherKey}"`,
    };
  }
  if (wanted.prefix === "none") {
    if (slash === "") return null;
    return { what: "has a prefix length", hint: `write "${address}": ${wanted.name} is written without one` };
  }
  const usual = parsed.family === 4 ? 24 : 64;
  if (slash === "" || length === "") {
    return { what: "has no prefix length", hint: `write it with that of its network, as in "${address}/${usual}"` };
  }
  return badLength(address, length, parsed.family, wanted);
}

/** Whether the text would do, as far as can be told here. */
function isRight(text: string, wanted: Wanted): boolean {
  const [address = "", length, ...more] = text.split("/");
  const family = parseAddress(address)?.family;
  if (family === undefined || more.length > 0 || (wanted.family !== null && family !== wanted.family)) return false;
  if (wanted.prefix === "none") return length === undefined;
  return length !== undefined && /^(?:0|[1-9][0-9]{0,2})$/.test(length) && Number(length) <= bits(family);
}

function badLength(address: string, length: string, family: Family, { prefix }: Wanted): Slip | null {
  const most = bits(family);
  const mask = family === 4 ? prefixOfMask(length) : null;
  if (mask !== null) return { what: "has a mask for a prefix length", hint: `write "${address}/${mask}"` };
  if (!/^[0-9]+$/.test(length)) {
    return { what: "has no number for a prefix length", hint: `write one of 0 to ${most} behind the /` };
  }
  if (Number(length) > most) {
    return {
      what: `has a prefix longer than an IPv${family} address`,
      hint: `write a prefix length of at most ${most}, that of its network`,
    };
  }
  if (length !== String(Number(length)))
    return { what: "has a prefix length with zeros before it", hint: `write "${address}/${Number(length)}"` };
  if (prefix === "of a network" && Number(length) === 0) {
    return { what: "is every address", hint: "write a network: a prefix length of at least 1" };
  }
  return null;
}

function badAddress(address: string, text: string, wanted: Wanted): Slip | null {
  const slip = text === address ? portBehind(address, wanted) : null;
  if (slip !== null) return slip;
  if (address.includes("%")) {
    return {
      what: "names an interface",
      hint: `write ${JSON.stringify(text.replace(/%[^/]*/, ""))}: an address is written without one`,
    };
  }
  const octets = address.split(".");
  if (octets.every((octet) => /^[0-9]+$/.test(octet))) return badOctets(octets, text, wanted);
  if (/[g-z]/i.test(address) && !address.includes(":")) {
    return {
      what: "is a name, not an address",
      hint: `write ${wanted.prefix === "none" ? "the address" : "the address with its prefix length"}: names are not looked up`,
    };
  }
  return null;
}

/** `192.168.80.12:80` and `[fd00::12]:80`. */
function portBehind(address: string, wanted: Wanted): Slip | null {
  const [, bare = "", port] = /^\[?([0-9A-Fa-f.:]+?)\]?:([0-9]{1,5})$/.exec(address) ?? [];
  const family = parseAddress(bare)?.family;
  if (port === undefined || family === undefined || (wanted.family !== null && family !== wanted.family)) return null;
  const number = Number(port);
  if (wanted.prefix !== "none") {
    return {
      what: "has a port behind the address and no prefix length",
      hint: `write "${bare}/${family === 4 ? 24 : 64}": without the port, and with the prefix length of its network`,
    };
  }
  return {
    what: "has a port behind the address",
    hint:
      wanted.takesPort && number > 0 && number <= 65535
        ? `write "${bare}", and the port as "port": ${number}`
        : `write "${bare}": without the port`,
  };
}

function badOctets(octets: readonly string[], text: string, { prefix }: Wanted): Slip | null {
  if (octets.length !== 4) {
    const end = prefix === "none" ? "" : "/24";
    return {
      what: `has ${octets.length} number${octets.length === 1 ? "" : "s"}, not four`,
      hint: `write all four of an IPv4 address, as in "192.168.80.12${end}"`,
    };
  }
  const large = octets.find((octet) => Number(octet) > 255);
  if (large !== undefined)
    return {
      what: `has ${large} in it, which is more than 255`,
      hint: "correct the number: each of the four is one of 0 to 255",
    };
  const plain = octets.map((octet) => String(Number(octet))).join(".");
  return {
    what: "has a number that begins with 0",
    hint: `write "${plain}${text.slice(octets.join(".").length)}": some programs read such a number as octal`,
  };
}
