import { addressSlip, hostSlip, takesPort, type Wanted } from "../address-slips.ts";
import { createCollector } from "../diagnostics/collector.ts";
import type { Code, Diagnostic, Finding } from "../diagnostics/index.ts";
import type { ExpandedConfig, Lost } from "../expand/index.ts";
import type { Address, Cidr, Family } from "../model.ts";
import { addressReader, parseCidr } from "../net.ts";
import { child } from "../pointer.ts";
import { hostSuggester, type Reference } from "./suggested-hosts.ts";

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
  /** Whether there is a host of this name; reports when not, unless one of this name has been reported as faulty. */
  isHost(name: string, pointer: string, reference: Reference): boolean;
  /** Whether a host may be referred to by what was left out: then nobody knows which ones have no role. */
  areReferencesLost(): boolean;
}

const plainAddress: Wanted = { family: null, prefix: "none", name: "this address", takesPort: false, otherKey: null };

/** A context for one run of the resolve stage; each address text is parsed once in it. */
export function createContext(config: ExpandedConfig, lost: Lost): Context {
  const { report, collected } = createCollector();
  const incomplete = new Set<string>();
  const readAddress = addressReader();
  const hostNames = new Set(Object.keys(config.hosts));
  const suggestHost = hostSuggester(config);
  let unknown = 0;
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
      const slip = hostSlip(text, pointer, (name) => hostNames.has(name));
      if (slip !== null) unknown++;
      const wanted = { ...plainAddress, family: family ?? null, takesPort: takesPort(pointer) };
      report("BAD_ADDRESS", {
        pointer,
        ...(slip === null
          ? badAddress(text, address, wanted)
          : { message: `${JSON.stringify(text)} ${slip.what}`, hint: slip.hint }),
      });
      return null;
    },
    cidr: (text, pointer, family) => {
      const cidr = parseCidr(text);
      if (cidr !== null && cidr.address.family === family) return cidr;
      report("BAD_ADDRESS", {
        pointer,
        ...badAddress(text, cidr?.address ?? null, { ...plainAddress, family, prefix: "with" }),
      });
      return null;
    },
    isHost: (name, pointer, reference) => {
      if (hostNames.has(name)) return true;
      unknown++;
      if (!lost.has(child("/hosts", name)))
        report("UNKNOWN_HOST", () => ({
          pointer,
          message: `no host ${JSON.stringify(name)} in "hosts"`,
          hint: suggestHost(name, reference),
        }));
      return false;
    },
    areReferencesLost: () => unknown > 0 || areReferencesLeftOut(config, lost),
  };
}

/** Where hosts are referred to. */
const references =
  /^\/(?:services$|services\/[0-9]+\/(?:realservers|sorryServer)(?:\/|$)|(?:directors|clients|nfs|pools)(?:\/|$))/;

/** Whether something was left out by the stages before that may have named a host: a list, an entry, or a part of one. */
function areReferencesLeftOut({ services }: ExpandedConfig, lost: Lost): boolean {
  for (const pointer of lost.values()) if (references.test(pointer)) return true;
  return services.some(({ realservers }, index) => lost.has(`/services/${index}`) && (realservers ?? []).length === 0);
}

function badAddress(text: string, parsed: Address | null, wanted: Wanted): Pick<Finding, "message" | "hint"> {
  const shown = JSON.stringify(text);
  if (parsed !== null && wanted.family !== null && parsed.family !== wanted.family) {
    return {
      message: `${shown} is an IPv${parsed.family} address`,
      hint: `an IPv${wanted.family} address belongs here${wanted.family === 4 ? '; "…6" keys take IPv6' : ""}`,
    };
  }
  const slip = addressSlip(text, wanted);
  if (slip !== null) return { message: `${shown} ${slip.what}`, hint: slip.hint };
  return {
    message: `${shown} is no IP address`,
    hint: "IPv4 is four numbers of 0 to 255 without leading zeros, IPv6 groups of hexadecimal digits",
  };
}
