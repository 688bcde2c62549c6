import type { Mode } from "../../ipvs.ts";
import { type Family, parseAddress } from "../../net.ts";
import type { FoundServer, FoundService } from "../facts.ts";
import { unresolved, type Value } from "../ipvsadm/values.ts";
import { mostRangeAddresses, type Names } from "../names.ts";
import type { Reading } from "../reading.ts";
import type { Setting } from "./lines.ts";

const modes: ReadonlyMap<string, Mode> = new Map([
  ["gate", "dr"],
  ["masq", "nat"],
  ["ipip", "tun"],
]);

const host = String.raw`\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]*[A-Za-z0-9_]`;
const form = new RegExp(`^(${host})(?:->(${host}))?(?::+([0-9A-Za-z_-]+))?(?:\\s+(\\w+)(.*))?$`);

/** `10.0.0.1->10.0.0.9:80 masq 5 "/test", "good" l:10 u:20` */
export function readReal(setting: Setting, service: FoundService, family: Family, reading: Reading): void {
  const { ledger, names } = reading;
  const { value, place } = setting;
  const wrong = ({ reason, remedy }: { reason: string; remedy: string }): void => ledger.missed(place, reason, remedy);
  const match = form.exec(value);
  const mode = modes.get(match?.[4] ?? "");
  if (match === null || mode === undefined) {
    wrong({
      reason: "no real server as ldirectord writes them: ADDRESS:PORT gate|masq|ipip",
      remedy: "say it in the description",
    });
    return;
  }
  const own = service.frontend.kind === "address" ? service.frontend.port : 0;
  const port = match[3] === undefined ? own : names.port(match[3]);
  if (port === null) {
    wrong({ reason: `the port "${match[3]}" has no number`, remedy: "write the number of the port" });
    return;
  }
  const options = readOptions(match[5] ?? "");
  if (options === null) {
    wrong({
      reason: "what stands behind the forwarding method is nothing that ldirectord knows",
      remedy: "say it in the description",
    });
    return;
  }
  const addresses = readRange(match[1] ?? "", match[2], family, names);
  if ("reason" in addresses) {
    wrong(addresses);
    return;
  }
  ledger.taken(place);
  if (options.isClamped)
    wrong({ reason: "a number beyond 65535, which stands in its place", remedy: "see what was meant" });
  if (options.hasRequest) {
    ledger.hide(place);
    wrong({
      reason: "a service has one check: what this real server is asked for itself is left out",
      remedy: "make a service of its own of it",
    });
  }
  for (const address of addresses.value) {
    const server: FoundServer = {
      place,
      address,
      port,
      weight: options.weight,
      upperThreshold: options.upper,
      lowerThreshold: options.lower,
      mode,
      off: null,
      notes: [],
    };
    service.servers.push(server);
    if (parseAddress(address) !== null) continue;
    const problem = unresolved(address);
    wrong(problem);
    server.notes.push({ place, text: `${problem.reason}: ${problem.remedy}` });
  }
}

/** `ADDRESS[:PORT] [METHOD]` of a fallback, which forwards by `gate` unless it says otherwise. */
export function readFallback({ value, place }: Setting, service: FoundService, { names, ledger }: Reading): void {
  const match = form.exec(value);
  const mode = modes.get(match?.[4] ?? "gate");
  const own = service.frontend.kind === "address" ? service.frontend.port : 0;
  const port = match?.[3] === undefined ? own : names.port(match[3]);
  const address = names.address((match?.[1] ?? "").replace(/^\[|\]$/g, ""));
  if (match === null || mode === undefined || port === null || address === null) {
    ledger.missed(place, "no fallback whose address is known", 'say it as "sorryServer"');
    return;
  }
  ledger.taken(place);
  service.sorry = {
    place,
    address: address.text,
    port,
    weight: 1,
    upperThreshold: 0,
    lowerThreshold: 0,
    mode,
    off: null,
    notes: [],
  };
}

function readOptions(
  text: string,
): { weight: number; hasRequest: boolean; lower: number; upper: number; isClamped: boolean } | null {
  const match =
    /^(?:\s+([0-9]{1,5}))?(\s+"[^"]*"[, ]\s*"[^"]*")?(?:\s+"?l:([0-9]{1,5})"?)?(?:\s+"?u:([0-9]{1,5})"?)?\s*$/.exec(
      text,
    );
  if (match === null) return null;
  const number = (group: string | undefined, otherwise: number): number =>
    Math.min(65535, group === undefined ? otherwise : Number(group));
  return {
    weight: number(match[1], 1),
    hasRequest: match[2] !== undefined,
    lower: number(match[3], 0),
    upper: number(match[4], 0),
    isClamped: [match[1], match[3], match[4]].some((group) => Number(group ?? 0) > 65535),
  };
}

function readRange(first: string, last: string | undefined, family: Family, names: Names): Value<readonly string[]> {
  const bare = (text: string): string => text.replace(/^\[|\]$/g, "");
  const from = names.address(bare(first));
  if (last === undefined) return { value: [from?.text ?? bare(first)] };
  const to = names.address(bare(last));
  if (from === null || to === null) return unresolved(bare(from === null ? first : last));
  if (family === 6 || from.number === null || to.number === null)
    return { reason: "ldirectord has no ranges of IPv6", remedy: "write the addresses" };
  const count = to.number - from.number + 1;
  if (count < 1) return { reason: "a range whose last address is before its first", remedy: "write the addresses" };
  if (!names.spend(count))
    return {
      reason: `a range of ${count} addresses: all ranges together may have ${mostRangeAddresses}`,
      remedy: "write the addresses that are machines",
    };
  const start = from.number;
  return {
    value: Array.from({ length: count }, (_, index) =>
      [24, 16, 8, 0].map((shift) => ((start + index) >>> shift) & 255).join("."),
    ),
  };
}
