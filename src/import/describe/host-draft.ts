import { add, type DraftObject, type Item, list, object, plain, scalar, set } from "../../draft/draft.ts";
import { platforms } from "../../platform/index.ts";
import { isBuilt } from "../built.ts";
import { settingKey } from "../host/setting-name.ts";
import type { Ledger } from "../ledger.ts";
import type { Place } from "../place.ts";
import { tellLater } from "./notes.ts";
import type { PlannedHost } from "./planned.ts";

/**
 * A host as the description has it.
 *
 * @param alias the number that its labels of VIPs count from; null: they are named after the cluster
 */
export function hostDraft(
  host: PlannedHost,
  alias: number | null,
  defaultInterface: string,
  defaultPlatform: string,
  ledger: Ledger,
): DraftObject {
  const [first, ...more] = host.interfaces;
  const { found } = host;
  const notes = found?.notes ?? [];
  const draft = object(true);
  if (first?.address != null) set(draft, "address", scalar(first.address));
  if (first?.address6 != null) set(draft, "address6", scalar(first.address6));
  if (first !== undefined && first.name !== defaultInterface) set(draft, "interface", scalar(first.name));
  if (found?.platform && found.platform !== defaultPlatform) set(draft, "platform", scalar(found.platform));
  if (alias !== null) set(draft, "alias", scalar(alias));
  const network = networkOf(host, defaultPlatform);
  if (network !== null) set(draft, "network", scalar(network));
  const gateway = host.gateways.find((one) => !one.includes(":"));
  const gateway6 = host.gateways.find((one) => one.includes(":"));
  if (gateway !== undefined) set(draft, "gateway", scalar(gateway));
  if (gateway6 !== undefined) set(draft, "gateway6", scalar(gateway6));
  if (more.length > 0) {
    const interfaces = object(true);
    for (const { name, address, address6 } of more)
      set(interfaces, name, plain({ address: address ?? undefined, address6: address6 ?? undefined }));
    set(draft, "interfaces", interfaces);
  }
  furtherAddresses(draft, host, ledger);
  const mounts = found?.mounts ?? [];
  if (mounts.length > 0) {
    const entries = list();
    for (const { source, target, options } of mounts)
      add(entries, plain({ source, target, ...(options.length > 0 ? { options } : {}) }));
    set(draft, "mounts", entries);
  }
  const sysctls = found?.sysctls ?? [];
  if (sysctls.length > 0) {
    // However it is named, the last one counts.
    const last = new Map(sysctls.map(({ name, value }) => [settingKey(name), [name, value] as const]));
    const member = set(draft, "sysctls", plain(Object.fromEntries(last.values())));
    for (const { place } of sysctls) {
      if (isBuilt("sysctls")) ledger.taken(place);
      else tellLater(place, "hosts.NAME.sysctls", ledger);
    }
    if (!isBuilt("sysctls")) {
      member.off = true;
      member.comments.push('lvsgen does not build "sysctls" yet');
    }
  }
  for (const { place, text } of notes) draft.after.push(`${place.file}:${place.line}: ${text}`);
  return draft;
}

/** Where entries of a host come from that the compiler may refuse one by one. */
export function placesOf({ members }: DraftObject, { found }: PlannedHost): [Item, Place][] {
  const last = new Map((found?.sysctls ?? []).map(({ name, place }) => [name, place]));
  return members.flatMap(({ key, value }): [Item, Place][] => {
    if (key === "sysctls" && value.kind === "object")
      return value.members.flatMap((one): [Item, Place][] => {
        const place = last.get(one.key);
        return place === undefined ? [] : [[one, place]];
      });
    if (key !== "mounts" || value.kind !== "list") return [];
    return value.items.flatMap((one, index): [Item, Place][] => {
      const place = found?.mounts[index]?.place;
      return place === undefined ? [] : [[one, place]];
    });
  });
}

/** Addresses beyond the first: the format has them for the default interface. */
function furtherAddresses(draft: DraftObject, { found, interfaces }: PlannedHost, ledger: Ledger): void {
  const own = (found?.interfaces ?? []).filter(({ further }) => further.length > 0);
  for (const { name, further } of own) {
    if (name !== interfaces[0]?.name) {
      for (const { place } of further)
        ledger.missed(
          place,
          `a further address on ${name}, which is not the host's default interface`,
          "lvsgen leaves it alone; say it where a VIP or a real server needs it",
        );
      continue;
    }
    const member = set(draft, "addresses", plain(further.map(({ cidr }) => cidr)));
    member.off = !isBuilt("addresses");
    for (const { place } of further) {
      if (isBuilt("addresses")) ledger.taken(place);
      else tellLater(place, "hosts.NAME.addresses", ledger);
    }
  }
}

/** The back end whose files were found, where that is not what the platform has anyway. */
function networkOf({ found }: PlannedHost, defaultPlatform: string): string | null {
  const platform = Object.values(platforms).find(({ name }) => name === (found?.platform ?? defaultPlatform));
  const possible = platform?.network.possible.find((one) => one === found?.network);
  return possible === undefined || possible === platform?.network.default ? null : possible;
}
