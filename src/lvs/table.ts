import type { Address, RealServer, Service, Tunnel } from "../model.ts";
import { bits, dottedMask } from "../net.ts";
import { inTableOrder, serviceOrder } from "./order.ts";
import { portOf } from "./port.ts";

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
function endpoint(address: Address, port: number | string): string {
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
  return [lines, serverLines(service, `-a ${name}`, printsTunnelType)];
}

/** Lines of a list of real servers without their service, and nothing before them. */
interface Tails {
  readonly wrap: string;
  readonly port: number;
  readonly lines: readonly string[];
  /** The same with a hole for the port of the service; null: no other port was asked for. */
  holed: readonly string[] | null;
}

const tailsOfList = new WeakMap<readonly RealServer[], Tails>();

/** A list whose entries differ by their addresses alone, as most long ones do. */
interface Uniform {
  /** ` -r 192.168.80.12:` */
  readonly starts: readonly string[];
  readonly one: RealServer;
}

const uniformLists = new WeakMap<readonly RealServer[], Uniform | null>();

/** Null: the entries of the list differ by more. */
function uniformOf(service: Service): Uniform | null {
  const { realServers } = service;
  const known = uniformLists.get(realServers);
  if (known !== undefined) return known;
  const [one] = realServers;
  const isUniform =
    one !== undefined &&
    realServers.every(({ port, mode, weight }) => port === null && mode === one.mode && weight === one.weight);
  const made = isUniform ? { starts: inTableOrder(service).map(({ address }) => tailStart(address)), one } : null;
  uniformLists.set(realServers, made);
  return made;
}

/** Stands nowhere in a description. */
const hole = "\0";

/**
 * The lines of a service's real servers. Many services may share one long list, and each of its lines is made once. They are joined at once: what is put
 * together piece by piece takes the memory of a million lines a second time.
 */
function serverLines(service: Service, start: string, printsTunnelType: boolean): string {
  const { realServers, frontend, tunnel } = service;
  const port = frontend.kind === "address" ? frontend.port : 0;
  const wrap = tunnelOptions(tunnel, printsTunnelType);
  const uniform = uniformOf(service);
  if (uniform !== null) {
    const end = tailEnd(uniform.one, port, wrap);
    return start + uniform.starts.join(end + start) + end;
  }
  const tailsWith = (own: number | string) => [
    "",
    ...inTableOrder(service).map((server) => tail(server, server.port ?? own, wrap)),
  ];
  let tails = tailsOfList.get(realServers);
  if (tails?.wrap !== wrap) {
    tails = { wrap, port, lines: tailsWith(port), holed: null };
    tailsOfList.set(realServers, tails);
  }
  if (tails.port === port) return tails.lines.join(start);
  tails.holed ??= tailsWith(hole);
  return tails.holed.join(start).split(hole).join(String(port));
}

/** ` --tun-type gue --tun-port 6080 --tun-nocsum`, always with the checksum but for IPIP, as `ipvsadm-save` has it. */
function tunnelOptions({ type, port, checksum }: Tunnel, printsTunnelType: boolean): string {
  if (!printsTunnelType) return "";
  if (type === "ipip") return " --tun-type ipip";
  return ` --tun-type ${type}${port === null ? "" : ` --tun-port ${port}`} ${checksumOption[checksum]}`;
}

const checksumOption = { none: "--tun-nocsum", full: "--tun-csum", remote: "--tun-remcsum" } as const;

/** ` -r 192.168.80.12:80 -g -w 1` and a line feed. */
function tail(server: RealServer, port: number | string, wrap: string): string {
  return tailStart(server.address) + tailEnd(server, port, wrap);
}

function tailStart(address: Address): string {
  return ` -r ${endpoint(address, "")}`;
}

function tailEnd({ mode, weight }: RealServer, port: number | string, wrap: string): string {
  return `${port} ${methodOption[mode]} -w ${weight}${mode === "tun" ? wrap : ""}\n`;
}
