import { createCollector } from "../diagnostics/collector.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { Cluster } from "../model.ts";
import * as clients from "./clients.ts";
import * as exports from "./exports.ts";
import * as failover from "./failover.ts";
import * as families from "./families.ts";
import * as marks from "./firewall-marks.ts";
import * as firewalls from "./firewalls.ts";
import { forwardingOff } from "./forwarding.ts";
import * as ftp from "./ftp.ts";
import * as gateways from "./gateways.ts";
import * as hashing from "./hashing.ts";
import * as healthChecks from "./health-checks.ts";
import * as addresses from "./host-addresses.ts";
import * as keepalived from "./keepalived.ts";
import * as mounts from "./mounts.ts";
import * as natRoutes from "./nat-routes.ts";
import { contradictingOptions } from "./options.ts";
import { longPaths } from "./path-lengths.ts";
import * as pathOwners from "./path-owners.ts";
import * as platforms from "./platforms.ts";
import * as realServers from "./real-servers.ts";
import * as roles from "./roles.ts";
import type { Rule } from "./rule.ts";
import { secretsForOthers } from "./secrets.ts";
import * as security from "./security.ts";
import { realServersOffSegment } from "./segments.ts";
import * as identity from "./service-identity.ts";
import * as options from "./service-options.ts";
import * as sorryServers from "./sorry-servers.ts";
import * as sourceNat from "./source-nat.ts";
import * as trust from "./trust.ts";
import { segmentsWithoutTunnel, tunnelMismatches } from "./tunnels.ts";
import { uplinkMismatches } from "./uplinks.ts";
import * as vipInterfaces from "./vip-interfaces.ts";
import * as vips from "./vips.ts";
import * as weights from "./weights.ts";

/** Every rule, in the order in which its subject comes in a description. */
const rules: readonly Rule[] = [
  roles.ambiguousHostNames,
  roles.hostsWithoutRole,
  roles.directorsWithoutHa,
  security.firewallOff,
  security.selinuxOff,
  trust.unusableSigners,
  trust.repeatedSigners,
  trust.signersWithoutRsa,

  platforms.missingBackends,
  addresses.duplicateAddresses,
  addresses.overlappingNetworks,
  addresses.networkOrBroadcastAddresses,
  addresses.unusableAddresses,
  addresses.foreignRips,
  gateways.gatewaysOutsideSubnets,
  gateways.ownGateways,
  gateways.directorGateways,
  gateways.otherGateways,
  uplinkMismatches,

  identity.duplicateServiceNames,
  identity.duplicateServices,
  identity.duplicateMarks,
  marks.overlappingMatches,
  marks.shadowedServices,
  marks.sourcesOfOtherFamily,
  marks.addressesAsSources,
  marks.unknownMatchInterfaces,
  vips.vipsOfHosts,
  vips.vipsOfGateways,
  vips.unusableVips,
  vips.vipsOutsideSubnets,
  vipInterfaces.unknownVipInterfaces,
  vipInterfaces.vipInterfaceConflicts,
  vipInterfaces.longAliasLabels,
  families.mixedMatches,
  families.mixedRealServers,
  families.mixedDirectors,
  platforms.missingSchedulers,
  platforms.missingProtocols,
  platforms.missingTunnels,
  platforms.missingMixedFamilies,
  options.onePacketWithoutUdp,
  options.portZeroWithoutPersistence,
  options.schedulerFlagMismatches,
  options.longPersistencePrefixes,
  options.enginesWithoutPersistence,
  options.sipWithoutUdp,
  options.persistentHashes,
  hashing.unevenPlaces,
  hashing.fullTables,
  hashing.refusedByPlace,
  ftp.ftpWithoutPersistence,
  ftp.ftpWithoutDataPorts,
  firewalls.portZeroOpensNothing,
  firewalls.trackedWithoutReplies,
  tunnelMismatches,
  segmentsWithoutTunnel,
  healthChecks.checksWithoutPort,
  healthChecks.checksOfOtherProtocol,
  healthChecks.unnamedCertificates,
  healthChecks.unverifiedCertificates,
  healthChecks.unreadableCertificates,
  sorryServers.withoutHealthChecks,
  sorryServers.sorryRealServers,
  sorryServers.unusedSorryServers,
  sorryServers.missingSorryServers,
  sorryServers.clientsOfTheDead,
  keepalived.missingChecks,
  keepalived.longChecks,
  keepalived.unnamedTls,
  keepalived.missingAttributes,
  keepalived.slowReloads,

  failover.directorsOffSegment,
  failover.fixedGateways,
  failover.misplacedGateways,
  failover.mixedVersions,
  failover.uncountedIntervals,
  failover.sampleRouterIds,
  failover.localNodesWithoutSync,
  failover.unroutedVips,

  realServersOffSegment,
  natRoutes.realServersBesideClients,
  realServers.differentPorts,
  realServers.duplicateRealServers,
  realServers.realServersOfVips,
  realServers.hostsByAddress,
  realServers.unusableRealServers,
  realServers.crossedThresholds,
  weights.singleRealServers,
  weights.zeroWeights,
  weights.ignoredWeights,

  forwardingOff,
  sourceNat.addressesAsNetworks,
  sourceNat.overlappingSourceNat,
  sourceNat.unusedSourceNat,

  clients.clientsAsRealServers,
  clients.clientsAsDirectors,
  clients.clientsBesideNat,
  clients.clientsWithResources,

  exports.duplicateExports,
  exports.unexportablePaths,
  exports.nestedExports,
  exports.worldWritableExports,
  exports.exportsToEveryone,
  exports.malformedClients,
  contradictingOptions,
  mounts.forbiddenMounts,
  mounts.hiddenMounts,
  mounts.nameableMounts,
  longPaths,
  mounts.filesOnReadOnlyMounts,
  secretsForOthers,
  pathOwners.conflictingPaths,
  pathOwners.conflictingSharedFiles,
];

/** Checks what a schema cannot say: whether the parts of the cluster fit together, and fit IPVS. */
export function check(cluster: Cluster): Diagnostic[] {
  const { report, collected } = createCollector();
  for (const rule of rules) rule(cluster, report);
  return collected();
}
