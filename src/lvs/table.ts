import { type Address, portOf, type RealServer, type Service, type Tunnel } from "../model.ts";
import { bits, dottedMask } from "../net.ts";

/**
 * The IPVS table of a director, in the text and the order of `ipvsadm-save -n` (ipvsadm 1.31, `print_service`,
 * `print_dest` and the comparisons in libipvs.c): services by firewall mark, family, protocol, address and port; the
 * real servers of each by address and port.
 *
 * @param printsTunnelType whether this ipvsadm names the type of a tunnel, IPIP included (`Limits` of the platform)
 * @returns chunks of whole lines: of each service itself, and of its real servers. The same for the same services, which every director has.
 */
export function ipvsRules(services: readonly Service[], printsTunnelType: boolean): readonly string[] {
  const known = rulesOfServices.get(services);
  if (known?.printsTunnelType === printsTunnelType) return known.rules;
  const rules = [...services]
    .sort(serviceOrder(services))
    .flatMap((service) => serviceLines(service, printsTunnelType));
  rulesOfServices.set(services, { printsTunnelType, rules });
  return rules;
}

const rulesOfServices = new WeakMap<
  readonly Service[],
  { readonly printsTunnelType: boolean; readonly rules: readonly string[] }
>();

/**
 * The services with their sorry servers among the real servers, as the table has them while they are not needed: at weight 0. The
 * services themselves where there are none.
 */
export function withSorryServers(services: readonly Service[]): readonly Service[] {
  if (services.every(({ sorryServer }) => sorryServer === null)) return services;
  return services.map((service) => {
    const { sorryServer, realServers } = service;
    return sorryServer === null
      ? service
      : { ...service, realServers: [...realServers, { ...sorryServer, weight: 0 }] };
  });
}

const protocolNumber = { tcp: 6, udp: 17, sctp: 132 } as const;
const protocolOption = { tcp: "-t", udp: "-u", sctp: "--sctp-service" } as const;
const methodOption = { dr: "-g", tun: "-i", nat: "-m" } as const;

/**
 * What `ipvsadm-save` does not keep: the thresholds, as edits for `ipvsadm -R`, in the table's order.
 *
 * @returns empty text when no real server has any
 */
export function thresholdLines(services: readonly Service[], printsTunnelType: boolean): string {
  const limited = services.filter(({ realServers }) => realServers.some(hasThresholds));
  return [...limited]
    .sort(serviceOrder(limited))
    .flatMap((service) =>
      inTableOrder(service)
        .filter(hasThresholds)
        .map(
          (server) =>
            `-e ${serviceName(service)}${tail(server, portOf(service, server), tunnelOptions(service.tunnel, printsTunnelType)).trimEnd()} -x ${server.upperThreshold} -y ${server.lowerThreshold}\n`,
        ),
    )
    .join("");
}

function hasThresholds({ upperThreshold, lowerThreshold }: RealServer): boolean {
  return upperThreshold > 0 || lowerThreshold > 0;
}

/** `-t 192.168.80.188:80`, `-f 7 -6`: how ipvsadm names a service. */
export function serviceName(service: Service): string {
  const { frontend } = service;
  if (frontend.kind === "fwmark") return `-f ${frontend.mark}${service.family === 6 ? " -6" : ""}`;
  return `${protocolOption[frontend.protocol]} ${endpoint(frontend.vip, frontend.port)}`;
}

/** How ipvsadm names an entry of a service. */
export function serverName(service: Service, server: RealServer): string {
  return endpoint(server.address, portOf(service, server));
}

/** `192.168.80.12:80`, `[fd00::12]:80`. */
function endpoint(address: Address, port: number): string {
  return address.family === 6 ? `[${address.text}]:${port}` : `${address.text}:${port}`;
}

function serviceLines(service: Service, printsTunnelType: boolean): string[] {
  const name = serviceName(service);
  const { persistence, schedulerFlags } = service;
  let lines = `-A ${name} -s ${service.scheduler}`;
  if (persistence) {
    lines += ` -p ${persistence.timeout}`;
    if (persistence.prefix !== bits(service.family))
      lines += ` -M ${service.family === 4 ? dottedMask(persistence.prefix) : persistence.prefix}`;
  }
  if (service.persistenceEngine) lines += ` --pe ${service.persistenceEngine}`;
  if (service.onePacket) lines += " -o";
  // Always in this order, whatever the description's: fallback is flag 1, port flag 2 (ip_vs.h).
  if (schedulerFlags.length > 0) lines += ` -b ${[...schedulerFlags].sort().join(",")}`;
  lines += "\n";
  // Joined at once: what is put together piece by piece takes the memory of a million lines a second time.
  return [lines, tails(service, printsTunnelType).join(`-a ${name}`)];
}

const tailsOfList = new WeakMap<readonly RealServer[], { readonly key: string; readonly lines: readonly string[] }>();

/** Nothing, and the lines of a list of real servers without their service, which comes in between: many services may share one long list. */
function tails(service: Service, printsTunnelType: boolean): readonly string[] {
  const { realServers, frontend, tunnel } = service;
  const wrap = tunnelOptions(tunnel, printsTunnelType);
  const key = `${frontend.kind === "address" ? frontend.port : 0}${wrap}`;
  const known = tailsOfList.get(realServers);
  if (known?.key === key) return known.lines;
  const lines = ["", ...inTableOrder(service).map((server) => tail(server, portOf(service, server), wrap))];
  tailsOfList.set(realServers, { key, lines });
  return lines;
}

/** ` --tun-type gue --tun-port 6080 --tun-nocsum`, always with the checksum but for IPIP, as `ipvsadm-save` has it. */
function tunnelOptions({ type, port, checksum }: Tunnel, printsTunnelType: boolean): string {
  if (!printsTunnelType) return "";
  if (type === "ipip") return " --tun-type ipip";
  return ` --tun-type ${type}${port === null ? "" : ` --tun-port ${port}`} ${checksumOption[checksum]}`;
}

const checksumOption = { none: "--tun-nocsum", full: "--tun-csum", remote: "--tun-remcsum" } as const;

/** ` -r 192.168.80.12:80 -g -w 1` and a line feed. */
function tail({ address, mode, weight }: RealServer, port: number, wrap: string): string {
  return ` -r ${endpoint(address, port)} ${methodOption[mode]} -w ${weight}${mode === "tun" ? wrap : ""}\n`;
}

function serviceOrder(services: readonly Service[]): (a: Service, b: Service) => number {
  const compareAddress = addressOrder(
    services.flatMap(({ frontend }) => (frontend.kind === "address" ? [frontend.vip] : [])),
  );
  return (a, b) => {
    const [x, y] = [a.frontend, b.frontend];
    if (x.kind === "fwmark" || y.kind === "fwmark") {
      const marks = (x.kind === "fwmark" ? x.mark : 0) - (y.kind === "fwmark" ? y.mark : 0);
      return marks || a.family - b.family;
    }
    return (
      x.vip.family - y.vip.family ||
      protocolNumber[x.protocol] - protocolNumber[y.protocol] ||
      compareAddress(x.vip, y.vip) ||
      x.port - y.port
    );
  };
}

/** The real servers as ipvsadm prints them; the very array where it is in order, since it may be long. */
function inTableOrder(service: Service): readonly RealServer[] {
  const servers = service.realServers;
  const compareAddress = addressOrder(servers.map(({ address }) => address));
  const compare = (a: RealServer, b: RealServer) =>
    a.address.family - b.address.family ||
    compareAddress(a.address, b.address) ||
    portOf(service, a) - portOf(service, b);
  for (let i = 1; i < servers.length; i++) {
    if (compare(servers[i - 1] as RealServer, servers[i] as RealServer) > 0) return [...servers].sort(compare);
  }
  return servers;
}

/**
 * ipvsadm compares IPv4 addresses by the sign of their 32-bit difference, so that halves wrap: 203.0.113.9 comes before
 * 10.0.0.5. On addresses within half of the ring that is an order, which begins behind the widest gap; on others
 * it is none, libc's sort decides, and the plain numeric order stands here (the scripts compare tables as sets).
 */
function addressOrder(addresses: readonly Address[]): (a: Address, b: Address) => number {
  const start = ringStart(addresses);
  return (a, b) => {
    if (a === b) return 0;
    if (a.number !== null && b.number !== null) return ((a.number - start) >>> 0) - ((b.number - start) >>> 0);
    return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  };
}

const ring = 2 ** 32;

function ringStart(addresses: readonly Address[]): number {
  let lowest = ring;
  let highest = -1;
  for (const { number } of addresses) {
    if (number === null) continue;
    if (number < lowest) lowest = number;
    if (number > highest) highest = number;
  }
  if (highest - lowest < ring / 2) return 0;
  const numbers = [...new Set(addresses.flatMap(({ number }) => (number === null ? [] : [number])))].sort(
    (a, b) => a - b,
  );
  for (let i = 1; i < numbers.length; i++) {
    const [before, after] = [numbers[i - 1] as number, numbers[i] as number];
    if (after - before > ring / 2) return after;
  }
  return 0;
}
