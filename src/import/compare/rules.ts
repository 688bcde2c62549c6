/** The rules that an imported description builds against those that were imported. */
import { ipvsRules } from "../../lvs/table.ts";
import type { Cluster } from "../../model.ts";
import { bits, dottedMask, parseAddress } from "../../net.ts";
import type { Facts, FoundFrontend, FoundServer, FoundService } from "../facts.ts";
import type { InputFile } from "../ledger.ts";
import type { Place } from "../place.ts";
import { shown } from "../secrets.ts";

/** A rule that was imported and is not built as it was. */
export interface MissingRule {
  readonly place: Place;
  readonly was: string;
  /** The rule that is built for the same service, or the same real server; null: none. */
  readonly becomes: string | null;
  /** What the import said of its line. */
  readonly reason: string;
  readonly remedy: string;
}

export interface RuleComparison {
  /** Rules that are the same byte for byte. */
  readonly same: number;
  /** Rules that say the same in other words: names, long options, what is left out. */
  readonly reworded: number;
  /** Rules that are not built. */
  readonly missing: readonly MissingRule[];
  /** Rules that are built and that no input has. */
  readonly added: readonly string[];
}

/** What rules are made of. */
export type RuleFacts = { readonly services: readonly FoundService[] } & Pick<Facts, "printsTunnelType">;

/**
 * @param facts what was read
 * @param said what the import said of a line
 */
export function compareRules(
  facts: RuleFacts,
  files: readonly InputFile[],
  { services }: Pick<Cluster, "services">,
  said: (place: Place) => string = () => "",
): RuleComparison {
  const prints = facts.printsTunnelType ?? true;
  const built = new Set(
    ipvsRules(services, prints).flatMap((chunk) => chunk.split("\n").filter((line) => line !== "")),
  );
  const texts = new Map(files.filter(({ kind }) => kind === "ipvsadm-rules").map(({ file, lines }) => [file, lines]));
  const lost: { readonly place: Place; readonly was: string; readonly rule: string; readonly reason: string }[] = [];
  const expected = new Set<string>();
  let same = 0;
  let reworded = 0;
  for (const service of facts.services) {
    for (const { place, rule } of rulesOf(service, prints)) {
      expected.add(rule);
      const raw = texts.get(place.file)?.[place.line - 1]?.trimEnd() ?? rule;
      const reason = said(place);
      if (!built.has(rule)) lost.push({ place, was: rule, rule, reason: reason === "" ? said(service.place) : reason });
      else if (raw === rule) same++;
      // What was read without a part of it is not the same in other words.
      else if (reason === "") reworded++;
      else lost.push({ place, was: shown(raw, "ipvsadm-rules"), rule, reason });
    }
  }
  const added = [...built].filter((rule) => !expected.has(rule));
  const instead = lost.length === 0 ? null : new Map([...built].map((rule) => [subjectOf(rule), rule]));
  const missing = lost.map(({ place, was, rule, reason }): MissingRule => {
    const becomes = instead?.get(subjectOf(rule)) ?? null;
    const remedy =
      becomes === null
        ? "see in the description why it is none, or only a comment: NOT TAKEN stands at its place with the reason"
        : "say in the description what the rule has, where it is to stay so";
    return { place, was, becomes, reason, remedy };
  });
  return { same, reworded, missing, added };
}

/** What a rule is of: all but its options. */
function subjectOf(rule: string): string {
  return /^-A -\S+ \S+(?: -6)?|^-a -\S+ \S+(?: -6)? -r \S+/.exec(rule)?.[0] ?? rule;
}

const protocolOption = { tcp: "-t", udp: "-u", sctp: "--sctp-service" } as const;
const methodOption = { dr: "-g", tun: "-i", nat: "-m" } as const;
const checksumOption = { none: "--tun-nocsum", full: "--tun-csum", remote: "--tun-remcsum" } as const;

/** The rules of a service as `ipvsadm-save -n` prints them, made from what was read alone. */
function rulesOf(service: FoundService, prints: boolean): { place: Place; rule: string }[] {
  const name = nameOf(service.frontend);
  return [
    { place: service.place, rule: `-A ${name}${optionsOf(service)}` },
    ...service.servers.map((server) => ({
      place: server.place,
      rule: `-a ${name} ${serverOf(server, service, prints)}`,
    })),
  ];
}

function endpoint(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function nameOf(frontend: FoundFrontend): string {
  if (frontend.kind === "fwmark") return `-f ${frontend.mark}${frontend.family === 6 ? " -6" : ""}`;
  return `${protocolOption[frontend.protocol]} ${endpoint(frontend.vip, frontend.port)}`;
}

function optionsOf({ frontend, scheduler, persistence, engine, onePacket, flags }: FoundService): string {
  const family = frontend.kind === "fwmark" ? frontend.family : (parseAddress(frontend.vip)?.family ?? 4);
  let text = ` -s ${scheduler}`;
  if (persistence !== null) {
    text += ` -p ${persistence.timeout}`;
    const { prefix } = persistence;
    if (prefix !== null && prefix !== bits(family)) text += ` -M ${family === 4 ? dottedMask(prefix) : prefix}`;
  }
  if (engine !== null) text += ` --pe ${engine}`;
  if (onePacket) text += " -o";
  return flags.length === 0 ? text : `${text} -b ${[...flags].sort().join(",")}`;
}

function serverOf({ address, port, mode, weight }: FoundServer, { tunnel }: FoundService, prints: boolean): string {
  const { type, port: outer, checksum } = tunnel;
  const wrap =
    mode !== "tun" || !prints
      ? ""
      : type === "ipip"
        ? " --tun-type ipip"
        : ` --tun-type ${type}${outer === null ? "" : ` --tun-port ${outer}`} ${checksumOption[checksum]}`;
  return `-r ${endpoint(address, port)} ${methodOption[mode]} -w ${weight}${wrap}`;
}
