import type { Service } from "../model.ts";

/** The control port of FTP; data connections go elsewhere. */
export const ftpPort = 21;

/** Whether clients connect to the service by FTP. */
export function isFtp({ frontend }: Service): boolean {
  if (frontend.kind === "address") return frontend.protocol === "tcp" && frontend.port === ftpPort;
  return frontend.matches.some(
    ({ protocol, ports }) => protocol === "tcp" && ports !== null && ports[0] <= ftpPort && ftpPort <= ports[1],
  );
}

export function isFtpInNat(service: Service): boolean {
  return isFtp(service) && service.realServers.some(({ mode }) => mode === "nat");
}
