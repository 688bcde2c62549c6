import { acknowledgementCodes } from "./codes/acknowledgements.ts";
import { clientsCodes } from "./codes/clients.ts";
import { collisionCodes } from "./codes/collisions.ts";
import { exportsCodes } from "./codes/exports.ts";
import { failoverCodes } from "./codes/failover.ts";
import { familiesCodes } from "./codes/families.ts";
import { firewallMarksCodes } from "./codes/firewall-marks.ts";
import { firewallsCodes } from "./codes/firewalls.ts";
import { forwardingCodes } from "./codes/forwarding.ts";
import { ftpCodes } from "./codes/ftp.ts";
import { gatewaysCodes } from "./codes/gateways.ts";
import { hashingCodes } from "./codes/hashing.ts";
import { healthChecksCodes } from "./codes/health-checks.ts";
import { hostAddressesCodes } from "./codes/host-addresses.ts";
import { keepalivedCodes } from "./codes/keepalived.ts";
import { mountsCodes } from "./codes/mounts.ts";
import { natRoutesCodes } from "./codes/nat-routes.ts";
import { optionsCodes } from "./codes/options.ts";
import { pathLengthsCodes } from "./codes/path-lengths.ts";
import { pathOwnersCodes } from "./codes/path-owners.ts";
import { platformsCodes } from "./codes/platforms.ts";
import { rangesCodes } from "./codes/ranges.ts";
import { realServersCodes } from "./codes/real-servers.ts";
import { referenceCodes } from "./codes/references.ts";
import { schemaCodes } from "./codes/schema.ts";
import { secretsCodes } from "./codes/secrets.ts";
import { securityCodes } from "./codes/security.ts";
import { segmentsCodes } from "./codes/segments.ts";
import { serviceIdentityCodes } from "./codes/service-identity.ts";
import { serviceOptionsCodes } from "./codes/service-options.ts";
import { sorryServersCodes } from "./codes/sorry-servers.ts";
import { sourceNatCodes } from "./codes/source-nat.ts";
import { sourcesCodes } from "./codes/sources.ts";
import { syntaxCodes } from "./codes/syntax.ts";
import { trustCodes } from "./codes/trust.ts";
import { tunnelsCodes } from "./codes/tunnels.ts";
import { uplinksCodes } from "./codes/uplinks.ts";
import { vipInterfacesCodes } from "./codes/vip-interfaces.ts";
import { vipsCodes } from "./codes/vips.ts";
import { weightsCodes } from "./codes/weights.ts";
import type { CatalogueEntry } from "./entry.ts";

/** Every code that any stage can report, in the order of the stages. */
export const catalogue = {
  ...syntaxCodes,
  ...schemaCodes,
  ...sourcesCodes,
  ...rangesCodes,
  ...referenceCodes,
  ...securityCodes,
  ...trustCodes,
  ...platformsCodes,
  ...hostAddressesCodes,
  ...gatewaysCodes,
  ...serviceIdentityCodes,
  ...firewallMarksCodes,
  ...vipsCodes,
  ...uplinksCodes,
  ...vipInterfacesCodes,
  ...familiesCodes,
  ...serviceOptionsCodes,
  ...ftpCodes,
  ...firewallsCodes,
  ...tunnelsCodes,
  ...hashingCodes,
  ...healthChecksCodes,
  ...sorryServersCodes,
  ...keepalivedCodes,
  ...failoverCodes,
  ...segmentsCodes,
  ...natRoutesCodes,
  ...realServersCodes,
  ...weightsCodes,
  ...forwardingCodes,
  ...sourceNatCodes,
  ...clientsCodes,
  ...exportsCodes,
  ...optionsCodes,
  ...mountsCodes,
  ...secretsCodes,
  ...pathLengthsCodes,
  ...pathOwnersCodes,
  ...collisionCodes,
  ...acknowledgementCodes,
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof catalogue;
