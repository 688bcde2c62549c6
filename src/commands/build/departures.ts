import type { Bundle } from "../../bundle.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import type { Colors } from "../../terminal/colors.ts";
import type { FormerCluster } from "../../write/index.ts";

/** What the former build was for and this one is not: nobody would hear of it on the hosts. */
export interface Departures {
  /** The name that the cluster had, where it has another one now. */
  readonly formerName: string | null;
  /** Hosts that have left, or have left a role; `script` is what takes off what it put there: this bundle's, or only the former one has it. */
  readonly left: readonly { readonly host: string; readonly script: string; readonly inBundle: boolean }[];
  readonly gone: {
    /** Hosts that are not described any more, in whatever role they were. */
    readonly hosts: readonly string[];
    /** Files, or parts of files, that hosts which are still there had: the next run of their script takes them off. */
    readonly files: readonly { readonly host: string; readonly path: string }[];
  };
}

export const nobodyLeft: Departures = { formerName: null, left: [], gone: { hosts: [], files: [] } };

const scriptRoles: readonly string[] = ["director", "realserver", "nfs"];

export function departures(
  former: FormerCluster | null,
  bundle: Pick<Bundle, "cluster" | "files" | "scripts">,
): Departures {
  if (former === null) return nobodyLeft;
  if (former.name !== bundle.cluster) return { ...nobodyLeft, formerName: former.name };
  const { scripts, files } = bundle;
  const left = former.hosts.flatMap(({ name: host, roles }) =>
    roles
      .filter((role) => scriptRoles.includes(role))
      .map((role) => ({ host, script: `${role}.sh`, now: scripts.find((one) => one.role === role) }))
      .filter(({ now }) => now?.hosts.some((one) => one.name === host) !== true)
      .map(({ script, now }) => ({ host, script, inBundle: now !== undefined })),
  );
  const here = new Set(scripts.flatMap(({ hosts }) => hosts.map(({ name }) => name)));
  const paths = new Set(files.map(({ path }) => path));
  return {
    formerName: null,
    left,
    gone: {
      hosts: former.hosts.filter(({ name, roles }) => roles.length > 0 && !here.has(name)).map(({ name }) => name),
      files: former.files
        .filter(({ path, host }) => here.has(host) && !paths.has(path))
        .map(({ host, target }) => ({ host, path: target })),
    },
  };
}

/** So many lines of files are read by somebody. */
const mostFiles = 16;

/** In words; empty where nobody has left. */
export function departureLines({ formerName, left, gone }: Departures, directory: string, colors: Colors): string {
  const output = safe(directory);
  if (formerName !== null) {
    const former = safe(formerName);
    return `${colors.yellow("renamed?")} ${output} held the cluster ${former}. On the hosts both stand side by side. To move without dropping a connection, of what is
described as before but for the name (change the rest afterwards, in a build of its own):
  1. keep the former folder (git has it), and apply the new scripts on each host
  2. then the former scripts' uninstall on each host: what both describe stays in force
`;
  }
  return leftLines(left, colors) + goneLines(gone, left, colors);
}

function leftLines(left: Departures["left"], colors: Colors): string {
  if (left.length === 0) return "";
  const lines = left.map(({ host, script, inBundle }) =>
    inBundle
      ? `  on ${safe(host)}: bash ${script} uninstall\n`
      : `  on ${safe(host)}: bash ${script} uninstall   (${script} of the former folder: this one has none)\n`,
  );
  return `${colors.yellow("left")} what these hosts have of it is taken off by\n${lines.join("")}`;
}

/** A host that has left with a script to run is told already; so is every file on a host that has left a role. */
function goneLines({ hosts, files }: Departures["gone"], left: Departures["left"], colors: Colors): string {
  const told = new Set(left.map(({ host }) => host));
  const untold = hosts.filter((host) => !told.has(host));
  const clients =
    untold.length === 0
      ? ""
      : `${colors.yellow("left")} no script has put anything on ${untold.map(safe).join(", ")}: nothing is to be done there\n`;
  const open = files.filter(({ host }) => !told.has(host));
  if (open.length === 0) return clients;
  const shown = open.slice(0, mostFiles).map(({ host, path }) => `  ${safe(host)}: ${safe(path)}\n`);
  const more = open.length > shown.length ? `  … and ${open.length - shown.length} more\n` : "";
  return `${clients}${colors.yellow("gone")} with the next run of its script a host loses\n${shown.join("")}${more}`;
}
