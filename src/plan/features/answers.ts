import { askedPort } from "../../lvs/asked-port.ts";
import type { Address, Protocol, Served, Service } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/**
 * What a real server is asked on itself, at the address that clients' packets have when they arrive there: the VIP in DR and TUN, its
 * own in NAT. A local node is left out, for on a director IPVS takes such a request.
 */
export function answers({ cluster, host, served }: Site): Contribution {
  if (cluster.directors.includes(host)) return {};
  // One port of a VIP may be in several services, told apart by where clients come from.
  const asked = new Map(served.flatMap(expectedAnswers).map((one) => [nameOf(one), one]));
  return { resources: { expectations: [...asked.values()] } };
}

type Answer = Extract<Resource, { readonly kind: "answer" }>;

function nameOf({ protocol, address, port, http }: Answer): string {
  return [protocol, address.text, port, http?.path, http?.status, http?.name].join(" ");
}

function expectedAnswers({ service, ports, modes, addresses }: Served): Answer[] {
  const { frontend } = service;
  const ask = (protocol: Protocol, address: Address, port: number): Answer[] =>
    port === 0 || (protocol !== "tcp" && protocol !== "udp")
      ? []
      : [{ kind: "answer", protocol, address, port, http: protocol === "tcp" ? request(service, port) : null }];
  if (frontend.kind === "address") {
    const { vip, protocol } = frontend;
    return ports.flatMap((port) => [
      ...(modes.some((mode) => mode !== "nat") ? ask(protocol, vip, port) : []),
      ...(modes.includes("nat") ? addresses.flatMap((own) => ask(protocol, own, port)) : []),
    ]);
  }
  // In a range, and on every port, it is open which port is served.
  if (modes.includes("nat")) return [];
  return frontend.matches.flatMap(({ vip, protocol, ports }) =>
    protocol !== null && ports !== null && ports[0] === ports[1] ? ask(protocol, vip, ports[0]) : [],
  );
}

/** Of what is served at another port than the one that the check asks, the description says neither status nor name. */
function request(service: Service, port: number): Answer["http"] {
  const { type, path, status, name } = service.check;
  if (type !== "http") return null;
  if ((askedPort(service) ?? port) !== port) return { path, status: null, name: null };
  return { path, status: status === null ? "200-399" : String(status), name };
}
