import { ftpPort, isFtpInNat } from "../../lvs/ftp.ts";
import type { Contribution } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import { ownName } from "../naming.ts";
import type { Site } from "../site.ts";

/**
 * FTP in NAT: its data connections are other ones, which the control connection names by address and port. This module of IPVS reads
 * and mends that, at the ports that it is told.
 */
export function ftp({ cluster, role }: Site): Contribution {
  const served = cluster.services.find(isFtpInNat);
  if (served === undefined) return {};
  return {
    pointer: served.pointer,
    modules: ["ip_vs_ftp"],
    resources: {
      modules: [
        {
          kind: "file",
          path: `/etc/modprobe.d/${ownName(cluster.name, role)}.conf`,
          content: { template: "files/ftp-module", view: { port: String(ftpPort) } },
          ...rootOwned,
        },
      ],
    },
  };
}
