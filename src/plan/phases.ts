import type { Host } from "../model.ts";
import type { ScriptRole } from "./site.ts";

interface PhaseOf<Name extends string> {
  readonly name: Name;
  /** What stands above it in a script. */
  readonly title: (host: Host, role: ScriptRole) => string;
}

function phase<const Name extends string>(name: Name, title: string | PhaseOf<Name>["title"]): PhaseOf<Name> {
  return { name, title: typeof title === "string" ? () => title : title };
}

/**
 * What a script does, in this order: what a later phase needs stands in an earlier one. ARP suppression comes before the VIP
 * on a real server, the table before the VIP on a director, modules before rules, exports before mounts.
 */
export const phases = [
  phase("requirements", "What has to configure this host's network: asked before anything changes"),
  phase("packages", "Packages"),
  phase("modules", (_host, role) =>
    role === "director"
      ? "Kernel modules: IPVS and the schedulers of the table"
      : "Kernel modules: what unwraps the director's packets",
  ),
  phase("advertised", "IPv6 routers that announce themselves: heard still, before this host forwards"),
  phase("settings", (_host, role) =>
    role === "director"
      ? "Kernel settings: what the director forwards"
      : "Kernel settings: silent about the virtual addresses, before they are there",
  ),
  phase("firewall", ({ firewall }) =>
    firewall === "disable"
      ? "Firewall: off, now and after a reboot, as described"
      : "Firewall: what this role needs, where one is active",
  ),
  phase("selinux", ({ selinux }) =>
    selinux === "permissive"
      ? "SELinux: permissive, now and after a reboot, as described"
      : "SELinux: what this role needs, where it is on",
  ),
  phase(
    "untracked",
    "Traffic that connection tracking leaves alone: in DR and TUN the director never sees the replies",
  ),
  phase("marks", "Firewall marks of the services"),
  phase("sourceNat", "Source NAT: what machines behind it begin themselves"),
  phase("table", "IPVS table, live and at boot"),
  phase("keepalived", "Health checks and failover: keepalived"),
  phase("quietAddresses", "Virtual addresses, for packets that the director hands over"),
  phase("segments", "TCP segments: clients leave room for the headers of the tunnel"),
  phase("gue", "UDP ports that take GUE packets"),
  phase("routes", "Default route: replies go back through the director (NAT)"),
  phase("uplinks", "Ways out: replies from a virtual address leave by the router that it is routed to"),
  phase("boot", "What comes up at boot by a unit of its own"),
  phase("addresses", "Virtual addresses"),
  phase("ownPackages", "Packages of this host's own"),
  phase("nfsClient", "What NFS clients need"),
  phase("exportedDirectories", "Exported directories"),
  phase("exports", "NFS server and exports, live and at boot"),
  phase("directories", "Directories"),
  phase("mounts", "Mounts, live and at boot"),
  phase("files", "Files"),
  phase("units", "Units of the description"),
  phase("booted", "What comes up at boot, when all of it stands: from now on it comes again whenever it is taken away"),
  phase("log", "The log of what was changed here"),
  phase("monitoring", "Monitoring: check and verify on a schedule, their reports and a file of metrics"),
  phase("trust", "Trust: who may sign what this host runs from now on"),
  phase("expectations", "What verify proves besides"),
] as const;

export type Phase = (typeof phases)[number]["name"];
