import type { Service } from "../model.ts";
import { carries } from "./match.ts";

/** The port that a check asks. Null: that of the real server's entry, which behind a mark is none. */
export function askedPort({ check, frontend }: Service): number | null {
  if (check.port !== null || frontend.kind === "address") return check.port;
  const protocol = check.type === "udp" ? "udp" : "tcp";
  const match = frontend.matches.find((one) => one.ports !== null && carries(one, protocol));
  return match?.ports?.[0] ?? null;
}
