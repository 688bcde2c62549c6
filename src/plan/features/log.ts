import type { Contribution } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import type { Site } from "../site.ts";

/**
 * When logrotate, where the host has it, puts the log of the scripts aside (templates/runtime/engine/log.sh does it on a host that has not).
 * The roles of a cluster share a log, and so its file: logrotate ignores one that has a log for a second time.
 */
export function log({ cluster: { name } }: Site): Contribution {
  const path = `/etc/logrotate.d/lvsgen-${name}`;
  return {
    resources: { log: [{ kind: "file", path, content: { text: rotation(name) }, shared: true, ...rootOwned }] },
  };
}

/** By logrotate(8) of 3.8.6, which EL7 has: a run that has the log open when it is put aside ends its lines in the one that is. */
const rotation = (cluster: string): string => `# What lvsgen's scripts changed on this host, and when.
/var/log/lvsgen/${cluster}.log {
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
