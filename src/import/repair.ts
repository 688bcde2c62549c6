/** What the compiler does not take becomes a comment, so that the rest builds. */
import type { Code } from "../diagnostics/index.ts";
import type { DraftList, Item, Member } from "../draft/draft.ts";
import { wayTo } from "../draft/draft.ts";
import type { Description } from "./describe/index.ts";
import type { Ledger } from "./ledger.ts";

export interface Error {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
  readonly pointer: string;
}

/** Keys without which a service is still one. */
const optional = ["schedulerFlags", "persistenceEngine", "onePacket", "vipInterface", "check", "tunnel", "sorryServer"];

/** What a check may ask besides: some systems' keepalived cannot. */
const optionalInChecks = ["body", "onFailure"];

/** @returns whether anything was changed: the description is worth another look of the compiler */
export function repair({ top, places, marked }: Description, errors: readonly Error[], ledger: Ledger): boolean {
  let isChanged = false;
  // Pointers count what is not yet a comment: all ways are looked up before the first becomes one.
  const found = errors.map((error) => ({ error, way: wayTo(top, error.pointer) }));
  for (const { error, way } of found) {
    const [section, service] = way;
    if (section === undefined || service === undefined || !("key" in section)) continue;
    if (marked.has(service) || service.off) continue;
    const target = section.key === "services" ? targetOf(way) : section.key === "hosts" ? settingOf(way) : null;
    if (target === null || target.off) continue;
    target.off = true;
    target.comments.push(`NOT TAKEN: ${error.message}`);
    isChanged = true;
    const place = places.get(target) ?? places.get(service);
    if (place !== undefined)
      ledger.missed(place, error.message, `${error.hint}; it stands in the description as a comment`);
  }
  return isChanged;
}

/** The smallest part that can be left out. */
function targetOf(way: readonly (Member | Item)[]): Member | Item {
  const [, service, key, entry] = way as [Member, Item, Member | undefined, Item | undefined];
  if (key === undefined) return service;
  if (key.key === "realservers" && entry !== undefined) {
    const active = (key.value as DraftList).items.filter(({ off }) => !off);
    return active.length > 1 ? entry : service;
  }
  if (key.key === "check" && entry !== undefined && "key" in entry && optionalInChecks.includes(String(entry.key)))
    return entry;
  return optional.includes(key.key) ? key : service;
}

/** Settings without which a host is still one: what its files say and the cluster cannot have. */
const hostSettings = ["gateway", "gateway6", "network", "interfaces", "mounts", "sysctls", "addresses"];

/** Of these the entry alone can be left out. */
const lists = ["mounts", "sysctls", "addresses"];

function settingOf([, , setting, entry]: readonly (Member | Item)[]): Member | Item | null {
  if (setting === undefined || !("key" in setting) || !hostSettings.includes(setting.key)) return null;
  return lists.includes(setting.key) && entry !== undefined ? entry : setting;
}
