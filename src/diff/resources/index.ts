/** What each host gets, resource by resource; the same on several hosts is told once. */
import { type Change, change } from "../change.ts";
import { vipOf } from "../read/rules.ts";
import { withName } from "../renamed.ts";
import { type Part, partOf, type Snapshot } from "../snapshot.ts";
import type { DirectorSide, Names } from "../topics/pair.ts";
import { harmless, unknown } from "../verdict.ts";
import { isOwnFile, isOwnTimer } from "./content.ts";
import { type Difference, differencesOf } from "./differences.ts";
import { ruleOf } from "./kinds.ts";
import type { Around, Told } from "./rule.ts";

/** @param sides the tables of a director, which say what is served where */
export function resourceChanges(
  old: Snapshot,
  next: Snapshot,
  sides: { readonly old: DirectorSide; readonly new: DirectorSide },
  names: Names,
): readonly Change[] {
  const served = { old: servedBy(sides.old, names), new: servedBy(sides.new, names) };
  return next.parts.flatMap((part) => {
    const former = partOf(old, part.host, part.role);
    if (former === null) return [];
    const found = differencesOf(part, former.declared, part.declared);
    const around = aroundOf(part, old, next, sides, served);
    const changes = found
      .filter((one) => !isOwn(one))
      .flatMap((one) => ruleOf(one, around).map((told) => ofHost(part, told)));
    const formerName = (name: string): string => withName(name, next.cluster, old.cluster);
    return [...changes, ...ownFiles(part, found, formerName), ...reordered(part, former, found)];
  });
}

function isOwn({ kind, name }: Difference): boolean {
  return kind === "file" && isOwnFile(name);
}

function ofHost({ host, role }: Part, { rule, what, was, becomes, judgement }: Told): Change {
  return change(rule, { kind: "hosts", names: [host], role }, what, [was, becomes], judgement);
}

/** Files that make other resources last: alone they would say that something differs which nothing else tells. */
function ownFiles(part: Part, found: readonly Difference[], formerName: (name: string) => string): readonly Change[] {
  const own = found.filter(isOwn);
  if (own.length === 0) return [];
  // (The copy of a script is another one whatever it is that differs.)
  const rest = found.some((one) => !isOwn(one) && one.kind !== "script");
  if (rest) {
    const was = paths(own.filter((one) => one.was !== null).map(({ name }) => formerName(name)));
    const becomes = paths(own.filter((one) => one.becomes !== null).map(({ name }) => name));
    const told: Told = {
      rule: "own-files",
      what: "lvsgen's own files that go along",
      was,
      becomes: was === becomes ? "the same, with another text" : becomes,
      judgement: harmless("they make what is said here last, and are read at boot"),
    };
    // It is a change of files, though the list of them may be the same.
    return [{ ...ofHost(part, told), action: "changed" }];
  }
  return own.map(({ name, was, becomes }) =>
    ofHost(part, {
      rule: isOwnTimer(name) ? "own-timer" : "own-file",
      what: `lvsgen's own file ${name}`,
      was: was === null ? null : "one text",
      becomes: becomes === null ? null : "another text",
      judgement: isOwnTimer(name) ? asking : unexplained,
    }),
  );
}

const asking = harmless(
  "lvsgen's own timer asks as it says from then on: it runs check and verify, which change nothing",
);
const unexplained = unknown(
  "nothing else of the host differs that it would follow from: check --diff of its script shows it",
);

function paths(files: readonly string[]): string | null {
  return files.length === 0 ? null : files.join(", ");
}

/** The same resources in another order. */
function reordered(part: Part, former: Part, found: readonly Difference[]): readonly Change[] {
  if (found.length > 0 || JSON.stringify(part.declared) === JSON.stringify(former.declared)) return [];
  const wanted = ({ declared }: Part): string => JSON.stringify(declared.filter(({ verb }) => verb === "want"));
  const judgement =
    wanted(part) === wanted(former)
      ? harmless("what verify proves, in another order")
      : unknown("they are the same, and come about in another order");
  return [ofHost(part, { rule: "order", what: "order of its resources", was: "one", becomes: "another", judgement })];
}

function aroundOf(
  { host, role, declared }: Part,
  old: Snapshot,
  next: Snapshot,
  sides: { readonly old: DirectorSide; readonly new: DirectorSide },
  served: { readonly old: ServedVips; readonly new: ServedVips },
): Around {
  const here = role === "realserver" ? host : null;
  const platform = ({ hosts }: Snapshot): string | undefined => hosts.find(({ name }) => name === host)?.platform;
  return {
    isServed: (vip) => served.new.get(here)?.has(vip) === true,
    wasServed: (vip) => served.old.get(here)?.has(vip) === true,
    wasGateway: (address) => gateways(old).has(address),
    carriesVips: declared.some(({ kind }) => kind === "address"),
    hasMark: (mark) => sides.new.table.has(`-f ${mark}`) || sides.new.table.has(`-f ${mark} -6`),
    hasOneInterface: hasOneInterface(next.hosts.find(({ name }) => name === host)?.interfaces ?? []),
    changesPlatform: platform(old) !== platform(next),
  };
}

/** Of real servers in NAT, as `route default via 192.0.2.1 dev ens33`. */
function gateways({ parts }: Snapshot): ReadonlySet<string> {
  const routes = parts.flatMap(({ role, declared }) =>
    role === "realserver" ? declared.filter(({ kind, words }) => kind === "route" && words[1] === "via") : [],
  );
  return new Set(routes.map(({ words }) => words[2] ?? ""));
}

/** `ens33 192.168.80.10/24`: every address with its interface. */
function hasOneInterface(interfaces: readonly string[]): boolean {
  return new Set(interfaces.map((one) => one.split(" ", 1)[0])).size === 1;
}

/** Virtual addresses of services: those that a real server serves by its name, all of them by null. */
type ServedVips = ReadonlyMap<string | null, ReadonlySet<string>>;

function servedBy({ table, marks }: DirectorSide, { servers }: Names): ServedVips {
  const served = new Map<string | null, Set<string>>();
  for (const [key, service] of table) {
    const hosts = new Set([...service.servers.values()].map(({ address }) => servers.get(address) ?? null)).add(null);
    const vips = vipsOf(key, marks);
    for (const host of hosts) {
      const own = served.get(host) ?? new Set();
      for (const vip of vips) own.add(vip);
      served.set(host, own);
    }
  }
  return served;
}

/** A mark has those of its rules: `7 tcp 192.0.2.80 80`. */
function vipsOf(key: string, marks: readonly string[]): readonly string[] {
  const vip = vipOf(key);
  if (vip !== null) return [vip];
  const [, mark] = key.split(" ");
  return marks.map((id) => id.split(" ")).flatMap(([own, , address = ""]) => (own === mark ? [address] : []));
}
