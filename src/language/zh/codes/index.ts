/** What `lvsgen explain` says of each code, topic by topic as `diagnostics/codes/` has them. */
import type { Code } from "../../../diagnostics/index.ts";
import type { Explanation } from "../../language.ts";
import { acknowledgementCodesInChinese } from "./acknowledgements.ts";
import { clientsCodesInChinese } from "./clients.ts";
import { collisionCodesInChinese } from "./collisions.ts";
import { exportsCodesInChinese } from "./exports.ts";
import { failoverCodesInChinese } from "./failover.ts";
import { familiesCodesInChinese } from "./families.ts";
import { firewallMarksCodesInChinese } from "./firewall-marks.ts";
import { firewallsCodesInChinese } from "./firewalls.ts";
import { forwardingCodesInChinese } from "./forwarding.ts";
import { ftpCodesInChinese } from "./ftp.ts";
import { gatewaysCodesInChinese } from "./gateways.ts";
import { hashingCodesInChinese } from "./hashing.ts";
import { healthChecksCodesInChinese } from "./health-checks.ts";
import { hostAddressesCodesInChinese } from "./host-addresses.ts";
import { keepalivedCodesInChinese } from "./keepalived.ts";
import { mountsCodesInChinese } from "./mounts.ts";
import { natRoutesCodesInChinese } from "./nat-routes.ts";
import { optionsCodesInChinese } from "./options.ts";
import { pathLengthsCodesInChinese } from "./path-lengths.ts";
import { pathOwnersCodesInChinese } from "./path-owners.ts";
import { platformsCodesInChinese } from "./platforms.ts";
import { rangesCodesInChinese } from "./ranges.ts";
import { realServersCodesInChinese } from "./real-servers.ts";
import { referenceCodesInChinese } from "./references.ts";
import { schemaCodesInChinese } from "./schema.ts";
import { secretsCodesInChinese } from "./secrets.ts";
import { securityCodesInChinese } from "./security.ts";
import { segmentsCodesInChinese } from "./segments.ts";
import { serviceIdentityCodesInChinese } from "./service-identity.ts";
import { serviceOptionsCodesInChinese } from "./service-options.ts";
import { sorryServersCodesInChinese } from "./sorry-servers.ts";
import { sourceNatCodesInChinese } from "./source-nat.ts";
import { sourcesCodesInChinese } from "./sources.ts";
import { syntaxCodesInChinese } from "./syntax.ts";
import { trustCodesInChinese } from "./trust.ts";
import { tunnelsCodesInChinese } from "./tunnels.ts";
import { uplinksCodesInChinese } from "./uplinks.ts";
import { vipInterfacesCodesInChinese } from "./vip-interfaces.ts";
import { vipsCodesInChinese } from "./vips.ts";
import { weightsCodesInChinese } from "./weights.ts";

export const codesInChinese: Readonly<Record<Code, Explanation>> = {
  ...syntaxCodesInChinese,
  ...schemaCodesInChinese,
  ...sourcesCodesInChinese,
  ...rangesCodesInChinese,
  ...referenceCodesInChinese,
  ...acknowledgementCodesInChinese,
  ...clientsCodesInChinese,
  ...collisionCodesInChinese,
  ...exportsCodesInChinese,
  ...failoverCodesInChinese,
  ...familiesCodesInChinese,
  ...firewallMarksCodesInChinese,
  ...firewallsCodesInChinese,
  ...forwardingCodesInChinese,
  ...ftpCodesInChinese,
  ...gatewaysCodesInChinese,
  ...hashingCodesInChinese,
  ...healthChecksCodesInChinese,
  ...hostAddressesCodesInChinese,
  ...keepalivedCodesInChinese,
  ...mountsCodesInChinese,
  ...secretsCodesInChinese,
  ...natRoutesCodesInChinese,
  ...optionsCodesInChinese,
  ...pathLengthsCodesInChinese,
  ...pathOwnersCodesInChinese,
  ...platformsCodesInChinese,
  ...realServersCodesInChinese,
  ...securityCodesInChinese,
  ...trustCodesInChinese,
  ...segmentsCodesInChinese,
  ...serviceIdentityCodesInChinese,
  ...serviceOptionsCodesInChinese,
  ...sorryServersCodesInChinese,
  ...sourceNatCodesInChinese,
  ...tunnelsCodesInChinese,
  ...uplinksCodesInChinese,
  ...vipInterfacesCodesInChinese,
  ...vipsCodesInChinese,
  ...weightsCodesInChinese,
};
