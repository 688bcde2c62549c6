import type { BundleScript } from "../../bundle.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import type { Colors } from "../../terminal/colors.ts";
import type { FormerCluster } from "../../write/index.ts";

/** What the former build was for and this one is not: nobody would hear of it on the hosts. */
export interface Departures {
  /** The name that the cluster had, where it has another one now. */
  readonly formerName: string | null;
  /** Hosts that have left, or have left a role; `script` is what takes off what it put there: this bundle's, or only the former one has it. */
  readonly left: readonly { readonly host: string; readonly script: string; readonly inBundle: boolean }[];
}

const scriptRoles: readonly string[] = ["director", "realserver", "nfs"];

/** @param name the cluster's name now */
export function departures(former: FormerCluster | null, name: string, scripts: readonly BundleScript[]): Departures {
  if (former === null) return { formerName: null, left: [] };
  if (former.name !== name) return { formerName: former.name, left: [] };
  const left = former.hosts.flatMap(({ name: host, roles }) =>
    roles
      .filter((role) => scriptRoles.includes(role))
      .map((role) => ({ host, script: `${role}.sh`, now: scripts.find((one) => one.role === role) }))
      .filter(({ now }) => now?.hosts.some((one) => one.name === host) !== true)
      .map(({ script, now }) => ({ host, script, inBundle: now !== undefined })),
  );
  return { formerName: null, left };
}

/** In words; empty where nobody has left. */
export function departureLines({ formerName, left }: Departures, directory: string, colors: Colors): string {
  const output = safe(directory);
  if (formerName !== null) {
    const former = safe(formerName);
    return `${colors.yellow("renamed?")} ${output} held the cluster ${former}. On the hosts both stand side by side. To move without dropping a connection:
  1. keep the former folder (git has it), and apply the new scripts on each host
  2. then the former scripts' uninstall on each host: what both describe stays in force
`;
  }
  if (left.length === 0) return "";
  const lines = left.map(({ host, script, inBundle }) =>
    inBundle
      ? `  on ${safe(host)}: bash ${script} uninstall\n`
      : `  on ${safe(host)}: bash ${script} uninstall   (${script} of the former folder: this one has none)\n`,
  );
  return `${colors.yellow("left")} what these hosts have of it is taken off by\n${lines.join("")}`;
}
