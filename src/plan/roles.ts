import type { Feature } from "./contribution.ts";
import { addresses } from "./features/addresses.ts";
import { answers } from "./features/answers.ts";
import { content, ownPackages, ownPackagesLast } from "./features/content.ts";
import { failover } from "./features/failover.ts";
import { forwarding } from "./features/forwarding.ts";
import { ftp } from "./features/ftp.ts";
import { gue } from "./features/gue.ts";
import { healthChecks } from "./features/health-checks.ts";
import { ipvs } from "./features/ipvs.ts";
import { log } from "./features/log.ts";
import { marks } from "./features/marks.ts";
import { monitoring } from "./features/monitoring.ts";
import { natReplies } from "./features/nat-replies.ts";
import { nfsClient } from "./features/nfs-client.ts";
import { nfsServer } from "./features/nfs-server.ts";
import { ownSettings } from "./features/own-settings.ts";
import { quietAddresses } from "./features/quiet-addresses.ts";
import { replies } from "./features/replies.ts";
import { segments } from "./features/segments.ts";
import { servedPorts } from "./features/served-ports.ts";
import { servicePorts } from "./features/service-ports.ts";
import { sourceNat } from "./features/source-nat.ts";
import { table } from "./features/table.ts";
import { trust } from "./features/trust.ts";
import { tunnelPackets } from "./features/tunnel-packets.ts";
import { tunnels } from "./features/tunnels.ts";
import { untracked } from "./features/untracked.ts";
import { uplinks } from "./features/uplinks.ts";
import type { ScriptRole } from "./site.ts";

/**
 * What each role is made of. The order is that of modules, settings, openings and boot steps; where resources stand is said by
 * their phase.
 */
export const roles: Readonly<Record<ScriptRole, readonly Feature[]>> = {
  director: [
    ipvs,
    ftp,
    forwarding,
    natReplies,
    addresses,
    tunnels,
    untracked,
    marks,
    sourceNat,
    table,
    healthChecks,
    failover,
    servicePorts,
    ownSettings,
    ownPackagesLast,
    content,
    log,
    monitoring,
    trust,
  ],
  realserver: [
    nfsClient,
    ownPackages,
    quietAddresses,
    segments,
    gue,
    tunnels,
    tunnelPackets,
    servedPorts,
    answers,
    replies,
    uplinks,
    ownSettings,
    content,
    log,
    monitoring,
    trust,
  ],
  nfs: [nfsServer, ownSettings, ownPackages, content, log, monitoring, trust],
};
