/** The description of what was found. */

import { listing } from "../../diagnostics/suggest.ts";
import { type DraftObject, type Item, object, plain, scalar, set } from "../../draft/draft.ts";
import type { Facts, FoundVip } from "../facts.ts";
import { isFrom } from "../host/folder.ts";
import type { Ledger } from "../ledger.ts";
import { tellOtherOrder } from "../mark-order.ts";
import type { ImportOptions } from "../options.ts";
import { lineOf, type Place } from "../place.ts";
import { aliasOf } from "./alias.ts";
import { type Apart, alone, describeFailover } from "./failover.ts";
import { hostDraft, placesOf } from "./host-draft.ts";
import { type PlannedHosts, planHosts } from "./hosts.ts";
import { describeNfs } from "./nfs.ts";
import { noteTexts } from "./notes.ts";
import type { PlannedHost } from "./planned.ts";
import { choosePlatform } from "./platforms.ts";
import { type DescribedServices, describeServices } from "./services.ts";
import { countIdle, tellUnused } from "./unused.ts";
import { withoutScript } from "./without-script.ts";

/** Something that no input says, and that the description needs. */
export interface Assumption {
  /** Where it stands in the description, for a person. */
  readonly what: string;
  readonly why: string;
}

/** What is assumed of machines that only the table names. */
export const machinesAsHosts = "real servers as hosts";

export interface Description extends Pick<DescribedServices, "places" | "marked"> {
  readonly top: DraftObject;
  /** Which host is from which input. */
  readonly planned: PlannedHosts;
  readonly assumptions: readonly Assumption[];
}

/** What is tried one way and, where that does not build, another. */
export interface Choices {
  /** Whether machines that only the table names become hosts, which get a script. */
  readonly namesRealServers: boolean;
  /** Why the directors do not agree by VRRP although there are several; null: they do. */
  readonly apart: Apart | null;
}

export function describe(facts: Facts, ledger: Ledger, options: ImportOptions, choices: Choices): Description {
  const assumptions: Assumption[] = [];
  const top = object();
  const planned = planHosts(facts, options, choices.namesRealServers, ledger);
  const platform = choosePlatform(options.platform, facts);

  set(top, "version", scalar(1));
  const cluster = facts.daemons.find((one) => one.cluster !== null)?.cluster;
  set(
    top,
    "name",
    scalar(options.name ?? cluster ?? "imported"),
    "Names the cluster in everything that lvsgen puts on a host.",
  );
  const { name: language } = options.spoken;
  if (language !== "en") set(top, "language", scalar(language), "Language of the bundle's documents.");
  const defaults = object();
  set(top, "defaults", defaults);
  const why = (text: string | null, what: string): readonly string[] => {
    if (text === null) return [];
    assumptions.push({ what, why: text });
    return [`ASSUMED (${text})`];
  };
  set(defaults, "platform", scalar(platform.name), ...why(platform.why, `the platform ${platform.name}`));
  set(
    defaults,
    "interface",
    scalar(planned.interface.name),
    ...why(planned.interface.why, `the interface ${planned.interface.name}`),
  );

  const hostPlaces = new Map<Item, Place>();
  const hosts = object();
  set(top, "hosts", hosts, "Every machine, with the address that it has already.");
  const [first] = planned.voices.values();
  for (const host of planned.hosts) {
    const alias = aliasOf(planned.voices.get(host.name) ?? (host.role === "director" ? first : undefined));
    const draft = hostDraft(host, alias, planned.interface.name, platform.name, ledger);
    const member = set(hosts, host.name, draft);
    for (const [item, place] of placesOf(draft, host)) hostPlaces.set(item, place);
    const origin = host.found?.interfaces[0]?.place;
    if (origin !== undefined) hostPlaces.set(member, origin);
    if (host.assumed === null) continue;
    const isTold = assumptions.some((one) => one.why === host.assumed);
    if (host.role === "director" || !isTold) {
      assumptions.push({
        what: host.role === "director" ? `the director ${host.name}, ${addressText(host)}` : machinesAsHosts,
        why: host.assumed,
      });
      member.comments.push(`ASSUMED (${host.assumed})`);
    }
  }

  const directors = planned.hosts.filter(({ role }) => role === "director");
  const agrees = facts.instances.length > 0 && choices.apart === null;
  const agreeing = agrees ? directors : directors.slice(0, 1);
  const left = directors.slice(agreeing.length);
  set(
    top,
    "directors",
    plain(agreeing.map(({ name }) => name)),
    ...otherDirectors(left, facts.instances.length === 0 ? '"ha" with a "routerId", which no input has' : '"ha"'),
  );
  const apart = choices.apart ?? (directors.length < 2 ? alone : null);
  describeFailover(top, facts, agreeing, planned.voices, apart, ledger);
  if (facts.timeouts !== null) {
    const { tcp, tcpfin, udp } = facts.timeouts;
    set(top, "timeouts", plain({ tcp, tcpfin, udp }));
  }
  const tables = new Set(facts.services.map(({ place }) => place.file));
  const moving = facts.instances.flatMap((one) => one.vips);
  const isDirectors = ({ place }: FoundVip): boolean =>
    tables.has(place.file) || directors.some(({ found }) => found !== null && isFrom(place.file, found.origin));
  const carried = new Map(
    [...facts.vips.filter(isDirectors), ...moving].map(({ address, device }) => [address, device]),
  );
  const own = namesOnAll(agreeing);
  const described = describeServices({
    facts,
    ledger,
    hosts: planned.byAddress,
    director: agreeing.length === 1 ? (agreeing[0]?.name ?? null) : null,
    vipInterface: (vip) => {
      const device = carried.get(vip) ?? null;
      return device === "lo" && directors.length > 0
        ? "lo"
        : device !== null && own.has(device) && device !== planned.interface.name
          ? device
          : null;
    },
  });
  const idle = countIdle(facts, ledger);
  if (idle > 0)
    assumptions.push({
      what: `weight 0 of ${idle} real ${idle === 1 ? "server" : "servers"}`,
      why: "a table does not say whether they are drained or were taken out by a check: it stays",
    });
  const scriptless = choices.namesRealServers ? withoutScript(facts, planned.byAddress) : [];
  if (scriptless.length > 0)
    assumptions.push({
      what: `no script for ${listing(scriptless, 4)}`,
      why: "in NAT as well, where a host needs its gateway: what carries the VIP there stays by hand (--realserver NAME=ADDRESS/PREFIX)",
    });
  tellUnused(facts, ledger);
  tellOtherOrder(facts, ledger);
  const services = set(top, "services", described.draft);
  if (described.draft.items.length === 0) {
    const place = facts.instances[0]?.place ?? ledger.files().map(({ file }) => lineOf(file, 1))[0];
    if (place !== undefined)
      ledger.missed(
        place,
        "no virtual server is in the inputs, and a description has one at least",
        "import the file that has them, or write the service",
      );
    services.comments.push("MISSING: no input has a virtual server. A service is such as:");
    described.draft.after.push(
      '{ "name": "web", "vip": "192.0.2.80", "port": 80, "realservers": [{ "address": "192.0.2.11" }] }',
    );
  }
  described.draft.after.push(...noteTexts(facts.notes));
  describeNfs(top, planned.hosts, ledger);
  return { top, planned, assumptions, places: new Map([...hostPlaces, ...described.places]), marked: described.marked };
}

/** Interfaces that each of the hosts has. */
function namesOnAll(hosts: readonly PlannedHost[]): ReadonlySet<string> {
  const names = new Map<string, number>();
  for (const { interfaces } of hosts) for (const { name } of interfaces) names.set(name, (names.get(name) ?? 0) + 1);
  return new Set([...names].filter(([, count]) => count === hosts.length).map(([name]) => name));
}

function addressText({ interfaces }: PlannedHost): string {
  return interfaces.flatMap(({ address, address6 }) => [address, address6].filter((one) => one !== null)).join(", ");
}

function otherDirectors(others: readonly PlannedHost[], needed: string): string[] {
  return others.length === 0
    ? []
    : [`${others.map(({ name }) => name).join(", ")} would be the next: several directors need ${needed}`];
}

export type { Item, PlannedHost, PlannedHosts };
