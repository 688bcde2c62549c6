/**
 * IPVS as `ipvsadm -R` meets it: services with their real servers, and what the kernel refuses
 * (`ip_vs_add_service`, `ip_vs_edit_service`, `ip_vs_add_dest`, … in net/netfilter/ipvs/ip_vs_ctl.c).
 */
export interface LiveService {
  /** What follows the name in `-A`: ` -s rr -p 600`. */
  options: string;
  /** Real server to what follows it in `-a`: ` -g -w 1`. */
  readonly servers: Map<string, string>;
}

export type Table = Map<string, LiveService>;

export interface Operation {
  readonly verb: string;
  /** `-t 192.0.2.1:80`, `-f 7 -6`. */
  readonly service: string;
  /** Undefined for an operation on the service itself. */
  readonly server: string | undefined;
  readonly options: string;
}

const pattern = /^-([AEDaed]) ((?:-t|-u|--sctp-service) \S+|-f \d+(?: -6)?)(?: -r (\S+))?( .*)?$/;

export function parseOperation(line: string): Operation {
  const [, verb, service, server, options = ""] = pattern.exec(line) ?? [];
  if (verb === undefined || service === undefined) throw new Error(`ipvsadm takes no such line: ${line}`);
  if ((server !== undefined) !== /[aed]/.test(verb))
    throw new Error(`-${verb} ${server ? "with" : "without"} a real server: ${line}`);
  return { verb, service, server, options };
}

/** Does what the line says; throws what the kernel would say. */
export function operate(table: Table, { verb, service, server, options }: Operation): void {
  const live = table.get(service);
  if (verb === "A") {
    if (live) throw new Error(`Service already exists: ${service}`);
    table.set(service, { options, servers: new Map() });
    return;
  }
  if (!live) throw new Error(`No such service: ${service}`);
  if (verb === "E") live.options = options;
  if (verb === "D") table.delete(service);
  if (server === undefined) return;
  const known = live.servers.has(server);
  if (verb === "a" && known) throw new Error(`Destination already exists: ${service} ${server}`);
  if (verb !== "a" && !known) throw new Error(`No such destination: ${service} ${server}`);
  if (verb === "d") live.servers.delete(server);
  else live.servers.set(server, options);
}

/** The lines of a service as the runtime holds them, or `absent`. */
export function linesOf(table: Table, service: string): string {
  const live = table.get(service);
  if (!live) return "absent";
  return [
    `-A ${service}${live.options}`,
    ...[...live.servers].map(([server, options]) => `-a ${service} -r ${server}${options}`),
  ].join("\n");
}

/** In an order of its own, for comparing. */
export function canonical(table: Table): string[] {
  return [...table.keys()].flatMap((service) => linesOf(table, service).split("\n")).sort();
}

export function copy(table: Table): Table {
  return new Map(
    [...table].map(([service, { options, servers }]) => [service, { options, servers: new Map(servers) }]),
  );
}
