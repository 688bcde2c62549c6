import { ownName } from "./naming.ts";
import { type Resource, rootOwned } from "./resource.ts";

/** What has to be done at every boot and no file of the system's own brings about. */
export interface BootStep {
  /** A command line as systemd.service(5) takes it: an absolute path, words, no shell. */
  readonly command: string;
}

/**
 * A unit of lvsgen's own that brings up at boot what the network back ends cannot (tunl0: ifup-tunnel refuses it), or
 * what the rules file does not hold (thresholds, timeouts). It runs after both. Live, the resources themselves do it.
 */
export function bootUnit(cluster: string, role: string, what: string, after: readonly string[], steps: readonly BootStep[]): Resource[] {
  if (steps.length === 0) return [];
  const name = `${ownName(cluster, role)}.service`;
  return [
    {
      kind: "file",
      path: `/etc/systemd/system/${name}`,
      content: {
        template: "files/boot-unit",
        view: { what, after: ["network-online.target", ...after].join(" "), commands: steps.map(({ command }) => command) },
      },
      ...rootOwned,
    },
    { kind: "unit", name, enabled: true, active: null },
  ];
}
