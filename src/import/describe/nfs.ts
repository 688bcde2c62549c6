import { add, type DraftObject, list, object, plain, scalar, set } from "../../draft/draft.ts";
import type { Ledger } from "../ledger.ts";
import { placeText } from "../place.ts";
import type { PlannedHost } from "./planned.ts";

/** The exports of the host that serves some; a cluster has one such host. */
export function describeNfs(top: DraftObject, hosts: readonly PlannedHost[], ledger: Ledger): void {
  const [server, ...others] = hosts.filter(({ found }) => (found?.exports.length ?? 0) > 0);
  if (server?.found == null) return;
  const nfs = object();
  set(nfs, "server", scalar(server.name));
  const entries = list();
  set(nfs, "exports", entries);
  for (const { place, path, clients } of server.found.exports) {
    const entry = object(true);
    set(entry, "path", scalar(path));
    set(entry, "clients", plain(Object.fromEntries(clients)));
    add(entries, entry, placeText(place));
  }
  set(top, "nfs", nfs);
  for (const { name, found } of others)
    for (const { place } of found?.exports ?? [])
      ledger.missed(
        place,
        `a cluster has one NFS server, and ${server.name} is it`,
        `make a cluster of its own for what ${name} exports`,
      );
}
