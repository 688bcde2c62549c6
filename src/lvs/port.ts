import type { RealServer, Service } from "../model.ts";

/** The port by which an entry of the service is reached; 0: whichever the client asked. */
export function portOf({ frontend }: Service, { port }: RealServer): number {
  return port ?? (frontend.kind === "address" ? frontend.port : 0);
}
