/** The cluster and its hosts: names, roles, platforms, and the addresses that they have without lvsgen. */
import { type Change, change, type ScriptRole, type Subject } from "../change.ts";
import { blocksOf, readBlocks } from "../read/blocks.ts";
import { hostsOf, partOf, type Snapshot, type SnapshotHost } from "../snapshot.ts";
import { ends, harmless, interrupts, type Judgement, reached, unknown } from "../verdict.ts";

export const roleTitles: Readonly<Record<string, string>> = {
  director: "director",
  realserver: "real server",
  nfs: "NFS server",
  client: "client",
};

export function clusterChanges(old: Snapshot, next: Snapshot): readonly Change[] {
  const subject: Subject = { kind: "cluster" };
  const changes: Change[] = [];
  if (old.cluster !== next.cluster)
    changes.push(change("cluster-name", subject, "name", [old.cluster, next.cluster], renamed));
  if (old.version !== next.version)
    changes.push(change("lvsgen-version", subject, "version of lvsgen", [old.version, next.version], otherRuntime));
  else if (runtimesDiffer(old, next))
    changes.push(change("runtime", subject, "runtime of the scripts", ["one", "another"], otherRuntime));
  const sources = [packageSource(old), packageSource(next)] as const;
  if (sources[0] !== sources[1])
    changes.push(
      change(
        "package-source",
        subject,
        "where packages come from",
        sources,
        harmless("it counts when a package is missing"),
      ),
    );
  return changes;
}

const renamed = harmless(
  "to its hosts it is another cluster: where the new scripts run first and then the former ones' uninstall, what both describe stays in force (docs/operations.md)",
);
const otherRuntime = unknown("the scripts do what they do by another runtime: CHANGELOG.md says what is new");

function runtimesDiffer(old: Snapshot, next: Snapshot): boolean {
  return [...next.scripts].some(([path, { runtime }]) => (old.scripts.get(path)?.runtime ?? runtime) !== runtime);
}

function packageSource({ scripts }: Snapshot): string | null {
  const declarations = [...scripts.values()].map(({ declaration }) => declaration);
  return declarations.map((text) => /^package_source=(\w+)$/m.exec(text)?.[1]).find((one) => one !== undefined) ?? null;
}

export function hostChanges(old: Snapshot, next: Snapshot): readonly Change[] {
  const before = new Map(old.hosts.map((host) => [host.name, host]));
  const after = new Map(next.hosts.map((host) => [host.name, host]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, becomes] = [before.get(name), after.get(name)];
    const roles = roleChanges(name, was, becomes, old, next);
    if (was !== undefined && becomes !== undefined) return [...roles, ...changesOf(was, becomes)];
    // A host without a role has nothing of lvsgen's.
    if (roles.length > 0) return roles;
    const told = [was === undefined ? null : was.platform, becomes === undefined ? null : becomes.platform] as const;
    return [change("host", { kind: "hosts", names: [name], role: null }, "host", told, harmless("it has no role"))];
  });
}

function changesOf(was: SnapshotHost, becomes: SnapshotHost): readonly Change[] {
  const subject: Subject = { kind: "hosts", names: [becomes.name], role: null };
  const changes: Change[] = [];
  if (was.platform !== becomes.platform)
    changes.push(change("platform", subject, "platform", [was.platform, becomes.platform], reinstalled));
  const gone = was.interfaces.filter((one) => !becomes.interfaces.includes(one));
  const come = becomes.interfaces.filter((one) => !was.interfaces.includes(one));
  // Those of a host without a role stand nowhere in a bundle.
  if (was.interfaces.length > 0 && becomes.interfaces.length > 0 && gone.length + come.length > 0)
    changes.push(
      change(
        "host-address",
        subject,
        "addresses of the host itself",
        [gone.join(", ") || null, come.join(", ") || null],
        gone.length > 0 ? readdressed : more,
      ),
    );
  return changes;
}

const reinstalled = interrupts(
  "it is another system, and the former one's script refuses it (78): while the machine is installed anew it serves nobody. Drain it first",
);
const readdressed = reached(
  "the scripts do not set a host's own addresses: change them on the host, at its console or by another way in, before its script runs, which knows it by them",
);
const more = harmless("described besides; the scripts do not set a host's own addresses");

function roleChanges(
  name: string,
  was: SnapshotHost | undefined,
  becomes: SnapshotHost | undefined,
  old: Snapshot,
  next: Snapshot,
): readonly Change[] {
  const tell = (role: string, isNew: boolean, judgement: Judgement): Change => {
    const platform = (isNew ? becomes : was)?.platform ?? "";
    const subject: Subject = { kind: "hosts", names: [name], role: isScriptRole(role) ? role : null };
    return change(
      "role",
      subject,
      `role ${roleTitles[role] ?? role}`,
      isNew ? [null, platform] : [platform, null],
      judgement,
    );
  };
  const left = (was?.roles ?? []).filter((role) => !becomes?.roles.includes(role));
  const taken = (becomes?.roles ?? []).filter((role) => !was?.roles.includes(role));
  return [
    ...left.map((role) => tell(role, false, leaving(role, old, next))),
    ...taken.map((role) => tell(role, true, joining(role, old, next))),
  ];
}

function isScriptRole(role: string): role is ScriptRole {
  return role === "director" || role === "realserver" || role === "nfs";
}

function joining(role: string, old: Snapshot, next: Snapshot): Judgement {
  switch (role) {
    case "director":
      return staysInPlace(old, next)
        ? harmless("it hears the master and stays backup; the others are to know it first (docs/failover.md)")
        : interrupts(
            "the virtual addresses come to a machine that has no connections: those that are there end, new ones wait until it answers",
          );
    case "realserver":
      return harmless("it serves nobody until a director names it");
    default:
      return harmless("nobody counts on it yet");
  }
}

function leaving(role: string, old: Snapshot, next: Snapshot): Judgement {
  switch (role) {
    case "director":
      if (!staysInPlace(old, next)) return interrupts("its virtual addresses go from it with all of its connections");
      return isSynced(old)
        ? harmless(
            "as master it hands the virtual addresses over first: new connections wait (0.1 to 0.3 s, docs/failover.md), those that are synced go on",
          )
        : ends("as master it hands the virtual addresses over first, and connections end, for they are not synced");
    case "nfs":
      return interrupts("who mounts its shares loses them: take the mounts off first");
    case "realserver":
      return harmless("once no director names it, nobody is served by it: what its services lose is said there");
    default:
      return harmless("it serves nobody");
  }
}

/** Whether some director stays, and directors take over from each other. */
function staysInPlace(old: Snapshot, next: Snapshot): boolean {
  const after = hostsOf(next, "director");
  return hostsOf(old, "director").some((host) => after.includes(host)) && (takesOver(old) || takesOver(next));
}

function takesOver(snapshot: Snapshot): boolean {
  return blocksOf(readBlocks(keepalivedOf(snapshot)), "vrrp_instance").length > 0;
}

function isSynced(snapshot: Snapshot): boolean {
  return keepalivedOf(snapshot).includes("\n    lvs_sync_daemon ");
}

function keepalivedOf(snapshot: Snapshot): string {
  const [first = ""] = hostsOf(snapshot, "director");
  return partOf(snapshot, first, "director")?.declared.find(({ kind }) => kind === "keepalived")?.text ?? "";
}
