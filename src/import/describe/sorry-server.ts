import { type DraftObject, object, scalar, set } from "../../draft/draft.ts";
import { parseAddress, specialRange } from "../../net.ts";
import { isBuilt } from "../built.ts";
import type { FoundService } from "../facts.ts";
import { modeOf } from "./mode.ts";
import { noteTexts, tellLater } from "./notes.ts";
import type { Surroundings } from "./surroundings.ts";

/** Who answers while no real server does. */
export function sorryServer(
  members: DraftObject,
  service: FoundService,
  { hosts, ledger, director }: Surroundings,
): void {
  const { sorry } = service;
  if (sorry === null) return;
  const value = object(true);
  const address = parseAddress(sorry.address);
  const isLocal = address !== null && specialRange(address) === "loopback";
  // Which director that is, its entry does not say: each means itself.
  const host = hosts.get(sorry.address) ?? (isLocal && director !== null ? director : undefined);
  set(value, host === undefined ? "address" : "host", scalar(host ?? sorry.address));
  const own = service.frontend.kind === "address" ? service.frontend.port : 0;
  if (sorry.port !== own) set(value, "port", scalar(sorry.port));
  if (sorry.mode !== modeOf(service)) set(value, "mode", scalar(sorry.mode));
  const member = set(members, "sorryServer", value, ...noteTexts(sorry.notes));
  if (isBuilt("sorryServer")) return;
  member.off = true;
  member.comments.push('lvsgen does not build "sorryServer" yet');
  tellLater(sorry.place, "sorryServer", ledger);
}
