/** What the compiler does not take becomes a comment, so that the rest builds. */
import type { Code } from "../diagnostics/index.ts";
import type { DraftList, DraftObject, Item, Member } from "./describe/draft.ts";
import { wayTo } from "./describe/draft.ts";
import type { Description } from "./describe/index.ts";
import type { Ledger } from "./ledger.ts";

export interface Error {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
  readonly pointer: string;
}

/** Keys without which a service is still one. */
const optional = ["schedulerFlags", "persistenceEngine", "onePacket", "vipInterface", "check", "tunnel"];

/** @returns whether anything was changed: the description is worth another look of the compiler */
export function repair({ top, places, marked }: Description, errors: readonly Error[], ledger: Ledger): boolean {
  let isChanged = false;
  // Pointers count what is not yet a comment: all ways are looked up before the first becomes one.
  const found = errors.map((error) => ({ error, way: wayTo(top, error.pointer) }));
  for (const { error, way } of found) {
    const [section, service] = way;
    if (section === undefined || service === undefined || !("key" in section) || section.key !== "services") continue;
    if (marked.has(service) || service.off) continue;
    const target = targetOf(way);
    if (target.off) continue;
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
  return optional.includes(key.key) ? key : service;
}

/** How many services are not comments. */
export function countServices(top: DraftObject): number {
  const services = top.members.find(({ key }) => key === "services");
  return services?.value.kind === "list" ? services.value.items.filter(({ off }) => !off).length : 0;
}
