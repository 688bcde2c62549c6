import { createCollector } from "../diagnostics/collector.ts";
import type { Code, Diagnostic, Finding } from "../diagnostics/index.ts";
import { remedies } from "../diagnostics/suggest.ts";
import type { ExpandedConfig, Lost } from "../expand/index.ts";
import type { Address, Cidr, Family } from "../model.ts";
import { addressReader, parseCidr } from "../net.ts";

/** What the parts of the resolve stage share: the description, and where findings go. */
export interface Context {
  readonly config: ExpandedConfig;
  diagnostics(): readonly Diagnostic[];
  /** Pointers to the objects in which something was left out because it could not be resolved. */
  readonly incomplete: ReadonlySet<string>;
  report(code: Code, finding: Finding | (() => Finding)): void;
  /** Whether a value stood at the pointer that was left out because it is faulty. */
  wasWritten(pointer: string): boolean;
  /** Notes that the object lost a part; findings about what it lacks would mislead. */
  lose(pointer: string): void;
  /** The address, or null; reports nothing. */
  readAddress(text: string): Address | null;
  /** The address, or null after a report. */
  address(text: string, pointer: string, family?: Family): Address | null;
  /** The address with its prefix length, or null after a report. */
  cidr(text: string, pointer: string, family: Family): Cidr | null;
  /** Whether there is a host of this name; reports when not. */
  isHost(name: string, pointer: string): boolean;
}

/** A context for one run of the resolve stage; each address text is parsed once in it. */
export function createContext(config: ExpandedConfig, lost: Lost): Context {
  const { report, collected } = createCollector();
  const incomplete = new Set<string>();
  const readAddress = addressReader();
  const hostNames = new Set(Object.keys(config.hosts));
  const hostRemedy = remedies([...hostNames]);
  return {
    config,
    diagnostics: collected,
    incomplete,
    report,
    wasWritten: (pointer) => lost.has(pointer),
    lose: (pointer) => void incomplete.add(pointer),
    readAddress,
    address: (text, pointer, family) => {
      const address = readAddress(text);
      if (address !== null && (family === undefined || address.family === family)) return address;
      report("BAD_ADDRESS", { pointer, ...badAddress(text, address, family) });
      return null;
    },
    cidr: (text, pointer, family) => {
      const cidr = parseCidr(text);
      if (cidr !== null && cidr.address.family === family) return cidr;
      report("BAD_ADDRESS", { pointer, ...badAddress(text, cidr?.address ?? null, family) });
      return null;
    },
    isHost: (name, pointer) => {
      if (hostNames.has(name)) return true;
      report("UNKNOWN_HOST", () => ({
        pointer,
        message: `no host ${JSON.stringify(name)} in "hosts"`,
        hint: hostRemedy(name),
      }));
      return false;
    },
  };
}

function badAddress(text: string, parsed: Address | null, family?: Family): Pick<Finding, "message" | "hint"> {
  if (parsed !== null && family !== undefined) {
    return {
      message: `${JSON.stringify(text)} is an IPv${parsed.family} address`,
      hint: `an IPv${family} address belongs here${family === 4 ? '; "…6" keys take IPv6' : ""}`,
    };
  }
  return {
    message: `${JSON.stringify(text)} is no IP address`,
    hint: "IPv4 is four numbers of 0 to 255 without leading zeros, IPv6 groups of hexadecimal digits",
  };
}
