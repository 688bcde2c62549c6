import { type Platform, platforms } from "../../platform/index.ts";
import type { Facts, FoundService } from "../facts.ts";
import { modeOf } from "./mode.ts";

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
  const serving = order.filter((name) => canServe(platforms[name], facts));
  const asking = serving.filter((name) => facts.services.every((one) => canAsk(platforms[name], one)));
  const able = asking.length > 0 ? asking : serving;
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

/** Whether its keepalived has words for the checks of a service, and for what else health checks bring along. */
function canAsk({ keepalived: can }: Platform, service: FoundService): boolean {
  const { off, check, scheduler, frontend, persistence, servers, sorry } = service;
  if (off !== null || (check === null && sorry === null)) return true;
  const isPage = check?.type === "http" || check?.type === "https";
  const family = frontend.kind === "fwmark" ? frontend.family : frontend.vip.includes(":") ? 6 : 4;
  const hasOwnMethods =
    new Set([modeOf(service), ...[...servers, ...(sorry === null ? [] : [sorry])].map(({ mode }) => mode)]).size > 1;
  return (
    (check?.body === undefined || can.bodies) &&
    (check?.type !== "udp" || can.udpChecks) &&
    (!isPage || check?.status !== undefined || can.statusRanges) &&
    (check?.type !== "https" || check.name === undefined || can.namesInTls) &&
    (!hasOwnMethods || can.methodsOfServers) &&
    (family === 6 || persistence?.prefix == null || persistence.prefix === 32 || can.clientMasks) &&
    (scheduler !== "twos" || can.twos)
  );
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
