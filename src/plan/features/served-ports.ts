import { protocolsOf } from "../../lvs/match.ts";
import { isTunnelDevice } from "../../lvs/tunnel.ts";
import type { Host, MarkMatch, Served } from "../../model.ts";
import { sameAddress } from "../../net.ts";
import type { Contribution } from "../contribution.ts";
import { portText, portTexts } from "../opening.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/** A real server's firewall lets the services' ports through, and verify proves that something listens there. */
export function servedPorts({ host, served, placements }: Site): Contribution {
  const tunnels = placements.map(({ device }) => device).filter(isTunnelDevice);
  const listeners = served.flatMap(listened);
  return {
    openings: served.flatMap((one) => {
      const devices = [...new Set([...nicsOf(host, one), ...(one.modes.includes("tun") ? tunnels : [])])];
      return portsOf(one, () => true).map((what) => ({ what, devices }));
    }),
    resources: {
      expectations: unique(listeners).flatMap((what): Resource[] => {
        const [ports = "", protocol] = what.split("/");
        return protocol === "tcp" || protocol === "udp" ? [{ kind: "listener", protocol, ports }] : [];
      }),
    },
  };
}

/** The interfaces at which the director's packets arrive: those with the addresses that the table has. */
export function nicsOf({ interfaces, interface: main }: Host, { addresses }: Served): string[] {
  const nics = interfaces.filter((nic) =>
    nic.addresses.some((cidr) => addresses.some((own) => sameAddress(cidr.address, own))),
  );
  return nics.length === 0 ? [main] : nics.map(({ name }) => name);
}

/** The ports of a service on a real server: those of clients, but where NAT changes them; none of every port. */
function portsOf({ service: { frontend }, ports, modes }: Served, isTaken: (one: MarkMatch) => boolean): string[] {
  if (frontend.kind === "address")
    return ports.filter((port) => port !== 0).map((port) => portText(port, port, frontend.protocol));
  const matches = frontend.matches.filter(isTaken);
  const protocols = unique(matches.flatMap(protocolsOf));
  const changed = modes.includes("nat") ? ports.filter((port) => port !== 0) : [];
  const kept = ports.includes(0) || modes.some((mode) => mode !== "nat") ? matches.flatMap(portTexts) : [];
  return unique([...changed.flatMap((port) => protocols.map((protocol) => portText(port, port, protocol))), ...kept]);
}

/**
 * Where something has to listen: at single ports; at some port of a range only where a service has nothing but ranges, for beside
 * a port a range is for what comes and goes (the passive ports of FTP). Nowhere for every packet to a VIP, of whatever protocol.
 */
function listened(one: Served): string[] {
  const all = portsOf(one, ({ protocol }) => protocol !== null);
  const single = all.filter((what) => !what.includes("-"));
  return single.length === 0 ? all : single;
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}
