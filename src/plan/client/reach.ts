import { isNarrower, meetAtPort, type Selector } from "../../lvs/match.ts";
import type { Cluster, Host, Service } from "../../model.ts";
import { contains } from "../../net.ts";

/** Who asks, by whom it comes in, and what gets a mark. */
export interface Surroundings extends Pick<Cluster, "clients" | "directors"> {
  readonly marked: readonly { readonly match: Selector; readonly service: Service }[];
}

export function surroundings({ clients, directors, services }: Cluster): Surroundings {
  const marked = services.flatMap((service) =>
    service.frontend.kind === "fwmark" ? service.frontend.matches.map((match) => ({ match, service })) : [],
  );
  return { clients, directors, marked };
}

/**
 * Why a client's request does not, or need not, come to this service: the traffic that gets its mark is limited to others, or another
 * service takes what comes from clients of the description. Null: whoever asks it gets it.
 *
 * @param asked what is asked, of the service: a match, narrowed to one port
 */
export function otherwise(service: Service, own: Selector, asked: Selector, around: Surroundings): string | null {
  const { clients, directors, marked } = around;
  const outside = clients.filter((client) => fits(own, client, directors) !== "yes");
  if (outside.length > 0)
    return `only what comes ${limits(own)} gets its mark, not all that comes from ${names(outside)}`;
  for (const { match, service: other } of marked) {
    // The mark of any is looked up before an address and port.
    const wins = other !== service && (service.frontend.kind === "address" || isNarrower(match, own));
    if (!wins || !meetAtPort(match, asked)) continue;
    const taken = clients.filter((client) => fits(match, client, directors) !== "no");
    if (taken.length > 0) return `the service ${other.name} takes it from ${names(taken)}`;
  }
  return null;
}

/** Narrowed to the one port that is asked. */
export function atPort(own: Selector, protocol: Selector["protocol"], port: number): Selector {
  return { ...own, protocol, ports: port === 0 ? own.ports : [port, port] };
}

type Fit = "yes" | "no" | "unknown";

function fits({ source, interface: nic, vip }: Selector, client: Host, directors: readonly Host[]): Fit {
  const addresses = client.interfaces
    .flatMap((one) => one.addresses.map(({ address }) => address))
    .filter(({ family }) => family === vip.family);
  const inside = source === null ? addresses : addresses.filter((address) => contains(source, address));
  if (source !== null && inside.length === 0) return addresses.length === 0 ? "unknown" : "no";
  const bySource = inside.length === addresses.length ? "yes" : "unknown";
  if (nic === null) return bySource;
  const near = addresses.flatMap((address) =>
    directors.flatMap(({ interfaces }) =>
      interfaces.filter((one) => one.addresses.some((cidr) => contains(cidr, address))).map(({ name }) => name),
    ),
  );
  if (near.length === 0) return "unknown";
  if (near.every((name) => name === nic)) return bySource;
  return near.includes(nic) ? "unknown" : "no";
}

function limits({ source, interface: nic }: Selector): string {
  return [source === null ? [] : [`from ${source.address.text}/${source.prefix}`], nic === null ? [] : [`in by ${nic}`]]
    .flat()
    .join(" and ");
}

function names(hosts: readonly Host[]): string {
  const shown = hosts.slice(0, 3).map(({ name }) => name);
  return hosts.length > shown.length ? `${shown.join(", ")} and others` : shown.join(", ");
}
