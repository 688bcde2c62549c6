import { ftpPort, isFtp } from "../lvs/ftp.ts";
import { carries } from "../lvs/match.ts";
import type { Service } from "../model.ts";
import { sameAddress } from "../net.ts";
import type { Report, Rule } from "./rule.ts";

const byMark =
  'write "fwmark" with a "match" for port 21 and one for the passive ports of the FTP servers, such as "50000-50100", and "persistence"';

/** FTP's data connection has to reach the real server of its control connection. */
export const ftpWithoutPersistence: Rule = ({ services }, report) => {
  for (const service of services) {
    if (!isPassedOn(service) || service.persistence !== null) continue;
    warn(service, "FTP_WITHOUT_PERSISTENCE", "need persistence", report);
  }
};

/** And it goes to another port of the VIP. */
export const ftpWithoutDataPorts: Rule = ({ services }, report) => {
  for (const service of services) {
    if (!isPassedOn(service) || service.persistence === null || hasDataPorts(service)) continue;
    warn(service, "FTP_WITHOUT_DATA_PORTS", "go to other ports of the VIP, which this service does not have", report);
  }
};

/** In NAT `ip_vs_ftp` sees to it. */
function isPassedOn(service: Service): boolean {
  return isFtp(service) && service.realServers.some(({ mode }) => mode !== "nat");
}

/** A range, or every port, for the VIP of the control port. */
function hasDataPorts({ frontend }: Service): boolean {
  if (frontend.kind === "address") return false;
  const tcp = frontend.matches.filter((match) => carries(match, "tcp"));
  return tcp
    .filter(({ ports }) => ports !== null && ports[0] <= ftpPort && ftpPort <= ports[1])
    .every(({ vip }) =>
      tcp.some(({ vip: other, ports }) => sameAddress(other, vip) && (ports === null || ports[0] < ports[1])),
    );
}

function warn(
  { pointer, frontend, realServers }: Service,
  code: "FTP_WITHOUT_PERSISTENCE" | "FTP_WITHOUT_DATA_PORTS",
  what: string,
  report: Report,
): void {
  const mode = realServers.find((one) => one.mode !== "nat")?.mode ?? "dr";
  report(code, {
    ...(frontend.kind === "address" ? { pointer: `${pointer}/port` } : { pointer: `${pointer}/match`, part: "key" }),
    message: `in ${mode.toUpperCase()} the data connections of FTP ${what}`,
    hint: byMark,
  });
}
