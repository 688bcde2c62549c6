import type { Item } from "../draft/draft.ts";
import type { Description } from "./describe/index.ts";
import type { Ledger } from "./ledger.ts";
import type { Place } from "./place.ts";

/** Lines whose service, or real server, stands in the description as a comment alone; those that say so already say it once. */
export function tellComments({ top, places }: Description, ledger: Ledger): void {
  const list = top.members.find(({ key }) => key === "services")?.value;
  const services = list?.kind === "list" ? list.items : [];
  const live = new Set<string>();
  const comments: Place[] = [];
  const sort = (item: Item, isOff: boolean): void => {
    const place = places.get(item);
    if (place === undefined) return;
    if (isOff) comments.push(place);
    else live.add(`${place.file}:${place.line}`);
  };
  for (const service of services) {
    sort(service, service.off);
    const servers =
      service.value.kind === "object"
        ? service.value.members.find(({ key }) => key === "realservers")?.value
        : undefined;
    for (const server of servers?.kind === "list" ? servers.items : []) sort(server, service.off || server.off);
  }
  if (comments.length === 0) return;
  const told = new Set(ledger.misses().map(({ place }) => `${place.file}:${place.line}`));
  for (const place of comments) {
    const key = `${place.file}:${place.line}`;
    if (!live.has(key) && !told.has(key))
      ledger.missed(
        place,
        "its service, or it, stands in the description as a comment",
        "mend what stands there as NOT TAKEN, and take the comment away",
      );
  }
}
