import type { FoundFrontend, FoundServer, FoundService } from "./facts.ts";

/** Services by what the kernel tells them apart by, with quick ways to their real servers. */
export interface ServiceTable {
  get(key: string): FoundService | undefined;
  add(service: FoundService): void;
  remove(key: string): void;
  clear(): void;
  all(): Iterable<FoundService>;
  server(service: FoundService, address: string, port: number): FoundServer | undefined;
  servers(service: FoundService): Iterable<FoundServer>;
  addServer(service: FoundService, server: FoundServer): void;
  removeServer(service: FoundService, address: string, port: number): void;
  /** Writes what is in the table. */
  finish(): void;
}

/** The same for what the kernel takes for the same service. */
export function serviceKey(frontend: FoundFrontend): string {
  return frontend.kind === "fwmark"
    ? `mark ${frontend.mark} ${frontend.family}`
    : `${frontend.protocol} ${frontend.vip} ${frontend.port}`;
}

/** @param services what is there already; it is as the table at the end is after `finish` */
export function serviceTable(services: FoundService[]): ServiceTable {
  // Maps keep the order of what they hold, and take it away again in no time.
  const byKey = new Map(services.map((service) => [serviceKey(service.frontend), service]));
  const servers = new Map<FoundService, Map<string, FoundServer>>();
  const serversOf = (service: FoundService): Map<string, FoundServer> => {
    const known = servers.get(service);
    if (known !== undefined) return known;
    const found = new Map(service.servers.map((server) => [serverKey(server.address, server.port), server]));
    servers.set(service, found);
    return found;
  };
  return {
    get: (key) => byKey.get(key),
    add: (service) => {
      byKey.set(serviceKey(service.frontend), service);
    },
    remove: (key) => {
      byKey.delete(key);
    },
    clear: () => byKey.clear(),
    all: () => byKey.values(),
    server: (service, address, port) => serversOf(service).get(serverKey(address, port)),
    servers: (service) => serversOf(service).values(),
    addServer: (service, server) => {
      serversOf(service).set(serverKey(server.address, server.port), server);
    },
    removeServer: (service, address, port) => {
      serversOf(service).delete(serverKey(address, port));
    },
    finish: () => {
      services.length = 0;
      for (const service of byKey.values()) {
        service.servers = [...serversOf(service).values()];
        services.push(service);
      }
    },
  };
}

function serverKey(address: string, port: number): string {
  return `${address} ${port}`;
}
