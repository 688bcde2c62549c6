import { ipvsRules, serviceName, thresholdLines, withSorryServers } from "../../lvs/table.ts";
import type { Cluster } from "../../model.ts";
import type { Platform } from "../../platform/platform.ts";
import type { BootSteps, Contribution, Setting } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import { dropIn } from "../naming.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/**
 * The IPVS table, live and at boot, with what the rules file does not hold: thresholds and timeouts. With keepalived the table is loaded
 * before each of its starts, and by nobody else.
 */
export function table({ cluster, host, role }: Site): Contribution {
  const { platform } = host;
  const { timeouts, failover } = cluster;
  const isWatched = failover !== null;
  // keepalived before 2.0 has a sorry server's entry from the first time on that it is needed.
  const hasSorry = isWatched && platform.keepalived.methodsOfServers;
  const thresholds = {
    path: `/etc/lvsgen/${cluster.name}/thresholds.rules`,
    lines: thresholdLines(cluster.services, platform.limits.printsTunnelType),
  };
  const hasThresholds = thresholds.lines !== "";
  const resources: Resource[] = [
    ...(platform.savesTable || isWatched ? [ownServices(cluster)] : []),
    ...(platform.savesTable ? [keeperProgram(cluster, platform)] : []),
    // Stopping the unit would save the live table over the rules file and clear it (pitfall 13).
    {
      kind: "file",
      path: dropIn(platform.units.ipvsadm, cluster.name, role),
      content: {
        template: "files/ipvsadm-unit",
        view: { rules: platform.paths.ipvsRules, keeper: platform.savesTable ? keeper(cluster.name) : null },
      },
      ...rootOwned,
    },
    ...(hasThresholds ? [{ kind: "thresholds", ...thresholds } as const] : []),
    {
      kind: "table",
      path: platform.paths.ipvsRules,
      rules: ipvsRules(
        hasSorry ? withSorryServers(cluster.services) : cluster.services,
        platform.limits.printsTunnelType,
      ),
    },
    ...(timeouts === null
      ? []
      : [{ kind: "timeouts", seconds: [timeouts.tcp, timeouts.tcpfin, timeouts.udp] } as const]),
    ...(isWatched ? [] : platform.ipvsSettings.map((setting) => ({ kind: "setting", ...setting }) as const)),
    { kind: "unit", name: platform.units.ipvsadm, enabled: !isWatched, active: null },
  ];
  const boot: BootSteps = {
    after: isWatched ? [] : [platform.units.ipvsadm],
    commands: [
      ...(hasThresholds && !isWatched ? [`/bin/sh -c "exec /sbin/ipvsadm -R <${thresholds.path}"`] : []),
      ...(timeouts === null ? [] : [`/sbin/ipvsadm --set ${timeouts.tcp} ${timeouts.tcpfin} ${timeouts.udp}`]),
    ],
  };
  return { settings: [endConnections], resources: { table: resources }, boot };
}

/** What stops with the unit saves: of services that are not lvsgen's it goes on, by a program of lvsgen's own. */
function keeper(cluster: string): string {
  return `/etc/lvsgen/${cluster}/keep-services`;
}

function keeperProgram({ name }: Cluster, { paths }: Platform): Resource {
  return {
    kind: "file",
    path: keeper(name),
    content: { template: "files/keep-services", view: { rules: paths.ipvsRules } },
    ...rootOwned,
    mode: "0755",
  };
}

/** Whose they are, for what runs while no script does. */
function ownServices({ name, services }: Cluster): Resource {
  return {
    kind: "file",
    path: `/etc/lvsgen/${name}/services`,
    content: { text: `${services.map(serviceName).join("\n")}\n` },
    ...rootOwned,
  };
}

const endConnections: Setting = {
  key: "net.ipv4.vs.expire_nodest_conn",
  value: "1",
  why: "Connections of a removed real server end at once instead of hanging. Host-wide (ipvs-sysctl.rst).",
};
