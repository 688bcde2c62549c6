import { type Platform, platforms } from "../../platform/index.ts";
import type { Facts } from "../facts.ts";

export interface Choice {
  readonly name: string;
  /** Why; null where it was given. */
  readonly why: string | null;
}

/** What most of the inputs come from, from the newest that is long supported. */
const order = [
  "el9",
  "debian12",
  "ubuntu24",
  "ubuntu22",
  "el8",
  "openeuler24",
  "openeuler22",
  "kylin10",
  "el7",
] as const;

/** The platform that is given, or that the files are of, or one that can do what is described. */
export function choosePlatform(given: string | null, facts: Facts): Choice {
  if (given !== null) return { name: given, why: null };
  const [hint] = facts.hints;
  const host = facts.hosts.find(({ platform }) => platform !== null);
  if (host?.platform) return { name: host.platform, why: null };
  const able = order.filter((name) => canServe(platforms[name], facts));
  const printing =
    facts.printsTunnelType === null
      ? []
      : able.filter((name) => platforms[name].limits.printsTunnelType === facts.printsTunnelType);
  const [byText] = printing;
  if (byText !== undefined && facts.printsTunnelType === false)
    return { name: byText, why: "the ipvsadm of these rules is too old to name the type of a tunnel" };
  const hinted = able.find((name) => name === hint?.platform);
  if (hint !== undefined && hinted !== undefined) return { name: hinted, why: hint.why };
  return { name: able[0] ?? order[0], why: "a system that can do what is described" };
}

function canServe({ limits }: Platform, { services }: Facts): boolean {
  return services
    .filter(({ off }) => off === null)
    .every(({ scheduler, frontend, tunnel, servers }) => {
      if (limits.missingSchedulers.some((missing) => missing === scheduler)) return false;
      if (frontend.kind === "address" && frontend.protocol === "sctp" && !limits.sctpServices) return false;
      return limits.tunnelTypes.includes(tunnel.type) || servers.every(({ mode }) => mode !== "tun");
    });
}
