import type { Contribution } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import { ownName } from "../naming.ts";
import type { Resource } from "../resource.ts";
import type { ScriptRole, Site } from "../site.ts";

/** Seconds that a command may take before it is ended: what hangs on a server that is gone would keep the timer waiting for ever. */
const commandTimeout = 600;

/**
 * A timer of lvsgen's own that runs `check` and `verify` of the role's script, of which the host keeps a copy. They change nothing, and
 * neither wait for another run nor keep one waiting. Each role of a host has files of its own: the first to leave takes but those away.
 */
export function monitoring({ cluster, host, role }: Site): Contribution {
  const described = cluster.monitoring;
  if (described === null) return {};
  const { interval, keep } = described;
  const name = ownName(cluster.name, role);
  const unit = `${name}-monitor`;
  const timer = `${unit}.timer`;
  const program = `/etc/lvsgen/${cluster.name}/monitor-${role}`;
  const script = `/etc/lvsgen/${cluster.name}/${role}.sh`;
  const reports = `/var/spool/lvsgen/${cluster.name}-${role}`;
  const metrics = `${described.textfile ?? host.platform.paths.textfiles}/${name}.prom`;
  const what = purposes[role](cluster.name);
  const own = (path: string, template: string, view: Readonly<Record<string, unknown>>): Resource => ({
    kind: "file",
    path,
    content: { template: `files/${template}`, view },
    ...rootOwned,
  });
  return {
    pointer: "/monitoring",
    resources: {
      monitoring: [
        { kind: "script", path: script },
        { kind: "reports", path: reports },
        { kind: "output", path: metrics },
        own(program, "monitor", {
          script,
          reports,
          keep,
          metrics,
          work: `/run/${unit}`,
          cluster: cluster.name,
          role,
          timeout: commandTimeout,
        }),
        own(`/etc/systemd/system/${unit}.service`, "monitor-service", {
          what,
          program,
          timer,
          work: unit,
          timeout: 2 * commandTimeout + 120,
        }),
        own(`/etc/systemd/system/${timer}`, "monitor-timer", {
          what,
          interval,
          // A boot is through with its work by then, and what an apply has made is told soon.
          first: Math.min(120, interval),
          accuracy: Math.min(60, Math.floor(interval / 10)),
        }),
        { kind: "unit", name: timer, enabled: true, active: true },
      ],
    },
  };
}

const purposes: Readonly<Record<ScriptRole, (cluster: string) => string>> = {
  director: (cluster) => `the director of ${cluster}`,
  realserver: (cluster) => `a real server of ${cluster}`,
  nfs: (cluster) => `the NFS server of ${cluster}`,
};
