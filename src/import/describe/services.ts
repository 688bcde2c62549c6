import {
  add,
  type DraftList,
  type DraftObject,
  type Item,
  list,
  object,
  plain,
  scalar,
  set,
} from "../../draft/draft.ts";
import { parseAddress, specialRange, withArticle } from "../../net.ts";
import type { FoundServer, FoundService } from "../facts.ts";
import { type Place, placeText } from "../place.ts";
import { checkDraft } from "./check.ts";
import { serviceLabel, uniqueNames } from "./labels.ts";
import { matchesOf } from "./matches.ts";
import { modeOf } from "./mode.ts";
import { noteTexts, tellLater } from "./notes.ts";
import { sorryServer } from "./sorry-server.ts";
import type { Surroundings } from "./surroundings.ts";

export interface DescribedServices {
  readonly draft: DraftList;
  /** Where each part of the draft comes from. */
  readonly places: Map<Item, Place>;
  /** Services with an error that is meant: what the inputs do not say is asked for by it. */
  readonly marked: Set<Item>;
}

export function describeServices(surroundings: Surroundings): DescribedServices {
  const { facts } = surroundings;
  const draft = list();
  const places = new Map<Item, Place>();
  const marked = new Set<Item>();
  const vips = new Set(facts.services.flatMap(({ frontend }) => (frontend.kind === "address" ? [frontend.vip] : [])));
  const withoutMatch = new Set<Item>();
  const unique = uniqueNames();
  for (const service of facts.services) {
    const members = object();
    const item = add(draft, members, `${placeText(service.place)}`, ...noteTexts(service.notes));
    places.set(item, service.place);
    if (service.off !== null) {
      item.off = true;
      item.comments.push(`NOT TAKEN: ${service.off}`);
    }
    set(members, "name", scalar(unique(serviceLabel(service, vips.size < 2))));
    if (!frontend(members, service, surroundings)) {
      marked.add(item);
      if (service.frontend.kind === "fwmark") withoutMatch.add(item);
    }
    options(members, service);
    const count = realServers(members, service, surroundings, vips, places);
    if (count === 0 && !item.off) {
      const reason =
        service.servers.length === 0 ? "it has no real server" : "none of its real servers can be carried over";
      item.off = true;
      item.comments.push(`NOT TAKEN: ${reason}`);
      surroundings.ledger.missed(
        service.place,
        `${reason}, and a service of the description has one at least`,
        "it stands in the description as a comment",
      );
    }
    sorryServer(members, service, surroundings);
    const check = checkDraft(service);
    if (check !== null) {
      const member = set(members, "check", check.draft);
      if (service.check === null && check.later.length > 0) member.off = true;
      for (const key of check.later)
        tellLater(service.check?.place ?? service.place, `check.${key}`, surroundings.ledger);
    }
  }
  // The others build without them; alone, they are the error that says what is missing.
  const others = draft.items.filter((item) => !item.off && !withoutMatch.has(item));
  for (const item of others.length > 0 ? withoutMatch : []) {
    item.off = true;
    item.comments.push("NOT TAKEN: which traffic gets the mark is not in the inputs (--mark)");
  }
  return { draft, places, marked };
}

/** Whether the inputs say what clients connect to. */
function frontend(members: DraftObject, service: FoundService, { facts, ledger, vipInterface }: Surroundings): boolean {
  if (service.frontend.kind === "address") {
    const { vip, protocol, port } = service.frontend;
    set(members, "vip", scalar(vip));
    set(members, "protocol", scalar(protocol));
    set(members, "port", scalar(port));
    const device = vipInterface(vip);
    if (device !== null) set(members, "vipInterface", scalar(device));
    return parseAddress(vip) !== null;
  }
  const { mark, family } = service.frontend;
  set(members, "fwmark", scalar(mark));
  const matches = matchesOf(mark, family, facts);
  set(members, "match", matches);
  if (matches.items.length > 0) return true;
  const remedy = `say which VIP, protocol and port get it: --mark ${mark}=VIP:PORT/tcp`;
  ledger.missed(service.place, `which traffic gets the mark ${mark} is not in the inputs`, remedy);
  return false;
}

function options(members: DraftObject, service: FoundService): void {
  set(members, "mode", scalar(modeOf(service)));
  set(members, "scheduler", scalar(service.scheduler));
  if (service.flags.length > 0) set(members, "schedulerFlags", plain(service.flags));
  if (service.persistence !== null) {
    const { timeout, prefix } = service.persistence;
    set(members, "persistence", plain(prefix === null ? { timeout } : { timeout, prefix }));
  }
  if (service.engine !== null) set(members, "persistenceEngine", scalar(service.engine));
  if (service.onePacket) set(members, "onePacket", scalar(true));
  const { type, port, checksum } = service.tunnel;
  if (type !== "ipip")
    set(
      members,
      "tunnel",
      plain({ type, port: port ?? undefined, checksum: checksum === "none" ? undefined : checksum }),
    );
}

/** @returns how many of them are not comments */
function realServers(
  members: DraftObject,
  service: FoundService,
  { hosts, ledger }: Surroundings,
  vips: ReadonlySet<string>,
  places: Map<Item, Place>,
): number {
  const servers = list();
  set(members, "realservers", servers);
  const own = service.frontend.kind === "address" ? service.frontend.port : 0;
  const mode = modeOf(service);
  const seen = new Set<string>();
  for (const server of service.servers) {
    const notes = noteTexts(server.notes);
    let { port } = server;
    if (server.mode !== "nat" && service.frontend.kind === "address" && port !== own && server.off === null) {
      const what = `${server.mode.toUpperCase()} leaves the port as it is: port ${port} of ${server.address} never had an effect`;
      ledger.missed(
        server.place,
        what,
        `where it listens on port ${own}, nothing is left to do; where it does not, it never served: let it, or forward by NAT`,
      );
      notes.push(`NOT TAKEN: ${what}`);
      port = own;
    }
    const off = server.off ?? offReason(server, port, seen, vips);
    if (off !== null && server.off === null)
      ledger.missed(server.place, off, "it stands in the description as a comment");
    seen.add(`${server.address} ${port}`);
    const value = object(true);
    const host = hosts.get(server.address);
    set(value, host === undefined ? "address" : "host", scalar(host ?? server.address));
    if (port !== own) set(value, "port", scalar(port));
    if (server.weight !== 1) set(value, "weight", scalar(server.weight));
    if (server.upperThreshold > 0) set(value, "upperThreshold", scalar(server.upperThreshold));
    if (server.lowerThreshold > 0) set(value, "lowerThreshold", scalar(server.lowerThreshold));
    if (server.mode !== mode) set(value, "mode", scalar(server.mode));
    const item = add(servers, value, ...notes);
    places.set(item, server.place);
    if (off !== null) {
      item.off = true;
      item.comments.push(`NOT TAKEN: ${off}`);
    }
  }
  return servers.items.filter((item) => !item.off).length;
}

/** Why an entry would be an error. */
function offReason(
  { address }: FoundServer,
  port: number,
  seen: ReadonlySet<string>,
  vips: ReadonlySet<string>,
): string | null {
  const parsed = parseAddress(address);
  const range = parsed === null ? null : specialRange(parsed);
  if (range === "loopback") return `${address} is the director itself: write { "host": … } with its name`;
  if (range !== null) return `${address} is ${withArticle(range)} address`;
  if (vips.has(address)) return `${address} is a VIP as well`;
  if (seen.has(`${address} ${port}`)) return `${address} port ${port} stands in this service already`;
  return null;
}
