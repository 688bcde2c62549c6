import type { Language } from "../language/index.ts";
import type { Cluster } from "../model.ts";
import type { DoctorHost, DoctorScript } from "../plan/doctor.ts";
import type { Need } from "../plan/need.ts";
import { runtimeOf } from "./runtime.ts";
import { withPreamble } from "./script.ts";
import { renderChunks } from "./templates.ts";

/** `doctor.sh`: the check of its own integrity, what each host's scripts count on, the runtime. */
export function doctorChunks(cluster: Cluster, script: DoctorScript, language: Language): string[] {
  const runtime = runtimeOf("doctor", language);
  const body = renderChunks("doctor.sh", {
    cluster: cluster.name,
    hosts: script.hosts.map(({ host }) => ({
      words: [
        host.name,
        host.platform.name,
        ...host.interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address.text)),
      ],
    })),
    platforms: [...new Set(script.hosts.map(({ host }) => host.platform))].map(
      ({ name, packageManager, releases, limits, keepalived }) => ({
        name,
        packageManager,
        releases: releases.join(" "),
        kernel: limits.kernel.join("."),
        ipvsadm: limits.ipvsadm.join("."),
        keepalived: keepalived.release.join("."),
      }),
    ),
    packageSource: cluster.packageSource,
    directors: script.directors.map(({ name, addresses }) => ({ words: [name, ...addresses] })),
    interfaces: script.hosts.flatMap(({ host }) =>
      host.interfaces.map(({ name, addresses }) => ({
        words: [host.name, name, ...addresses.map(({ address, prefix }) => `${address.text}/${prefix}`)],
      })),
    ),
    groups: groupsOf(script.hosts),
    inChinese: language.name === "zh",
    library: runtime.chunks,
  });
  return withPreamble(body, runtime.sha256);
}

interface Group {
  readonly hosts: string[];
  readonly needs: readonly { readonly words: readonly string[] }[];
}

/** Hosts that need the same stand together. */
function groupsOf(hosts: readonly DoctorHost[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { host, needs } of hosts) {
    const lines = needs.map((need) => ({ words: words(need) }));
    const key = JSON.stringify(lines);
    const group = groups.get(key);
    if (group) group.hosts.push(host.name);
    else groups.set(key, { hosts: [host.name], needs: lines });
  }
  return [...groups.values()];
}

function words(need: Need): readonly string[] {
  switch (need.kind) {
    case "roles":
      return ["roles", ...need.roles];
    case "package":
    case "module":
    case "unit":
    case "tool":
    case "offload":
      return [need.kind, ...need.names];
    case "network":
      return ["network", need.name];
    case "backend":
      return ["backend", ...need.words];
    case "sysctl":
      return ["sysctl", need.key, need.value];
    case "firewall":
      return ["firewall", need.policy, ...need.openings];
    case "selinux":
      return ["selinux", need.policy, ...need.booleans];
    case "vip":
      return ["vip", need.address, need.device];
    case "answer":
      return ["answer", need.protocol, need.address, String(need.port)];
    case "keepalived":
      return ["keepalived", need.path];
    case "vrrp":
      return [
        "vrrp",
        need.device,
        String(need.routerId),
        ...need.peers.map(({ name, address }) => `${name} ${address}`),
      ];
    case "nfs":
      return ["nfs", need.server];
    case "file":
      return ["file", need.path];
  }
}
