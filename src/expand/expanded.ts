import type { Config, RealServer, Service } from "../generated/config.ts";

/** A service with its own list of real servers: nothing in it stands for several. */
export type ExpandedService = Omit<Service, "pool" | "port" | "realservers" | "weight"> & {
  readonly port?: number;
  /** Shared by every service that has the same list. */
  readonly realservers: readonly RealServer[];
  readonly pool?: string;
};

/** A description in which every host, service and real server is written out. */
export type ExpandedConfig = Omit<Config, "pools" | "services"> & {
  readonly services: readonly ExpandedService[];
};
