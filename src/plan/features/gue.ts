import { tunnelModule } from "../../lvs/tunnel.ts";
import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";
import { nicsOf } from "./served-ports.ts";

/** UDP ports on which GUE packets come from the director; what is inside goes to the IPIP device, whose module comes first. */
export function gue({ host, placements, served }: Site): Contribution {
  const wrapped = served.filter(({ service: { tunnel }, modes }) => tunnel.type === "gue" && modes.includes("tun"));
  const services = new Map(
    wrapped.flatMap(({ service }) => (service.tunnel.port === null ? [] : [[service.tunnel.port, service]])),
  );
  if (services.size === 0) return {};
  const ports = [...services.keys()];
  return {
    modules: [...placements.flatMap(({ device }) => tunnelModule(device) ?? []), "fou"],
    openings: wrapped.flatMap((one) => {
      const { port } = one.service.tunnel;
      return port === null ? [] : [{ what: `${port}/udp`, devices: nicsOf(host, one) }];
    }),
    resources: {
      gue: [...services].map(([port, { pointer }]) => ({ kind: "fou", port, pointer: `${pointer}/tunnel/port` })),
    },
    boot: { commands: ports.map((port) => `/sbin/ip fou add port ${port} gue`) },
  };
}
