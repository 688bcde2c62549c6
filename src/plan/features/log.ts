import type { Contribution } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import type { Site } from "../site.ts";

/**
 * When logrotate, where the host has it, puts the logs of the scripts aside (templates/runtime/engine/log.sh does it on a host that has not).
 * One file for the roles and clusters of a host: logrotate takes no log that a second file names again.
 */
export function log(_site: Site): Contribution {
  const path = "/etc/logrotate.d/lvsgen";
  return { resources: { log: [{ kind: "file", path, content: { text: rotation }, shared: true, ...rootOwned }] } };
}

/** By logrotate(8) of 3.8.6, which EL7 has: a run that has the log open when it is put aside ends its lines in the one that is. */
const rotation = `# What lvsgen's scripts changed on this host, and when.
/var/log/lvsgen/*.log {
    monthly
    maxsize 1M
    rotate 24
    compress
    delaycompress
    missingok
    notifempty
    nocreate
}
`;
