import type { Cluster, Host } from "../model.ts";
import { planClient } from "./client/index.ts";
import { carriesContent, contentPackages, contentSections } from "./content.ts";
import { directorSections } from "./director.ts";
import { planDoctor } from "./doctor.ts";
import { nfsSections } from "./nfs.ts";
import { planPackages } from "./packages.ts";
import type { Plan } from "./plan.ts";
import { realServerSections } from "./realserver.ts";
import type { Section } from "./resource.ts";
import type { Script, ScriptHost } from "./script.ts";

/**
 * What each role's hosts get, as data. A role that no host has gets no script.
 *
 * @param cluster a cluster without errors
 */
export function plan(cluster: Cluster): Plan {
  const scripts = roleScripts(cluster);
  return {
    scripts,
    client: planClient(cluster),
    packages: planPackages(scripts),
    doctor: planDoctor(cluster, scripts),
  };
}

function roleScripts(cluster: Cluster): Script[] {
  const { nfs } = cluster;
  const all: Script[] = [
    script("director", cluster.directors, (host) => [
      ...directorSections(cluster, host),
      ...ownContent(cluster, host, "director"),
    ]),
    script("realserver", cluster.realServers, (host) => realServerSections(cluster, host)),
    script("nfs", nfs ? [nfs.server] : [], (host) => (nfs ? nfsSections(cluster, nfs, host) : [])),
  ];
  return all
    .filter(({ hosts }) => hosts.length > 0)
    .map((one) => (one.role === "director" ? { ...one, realServers: namedRealServers(cluster) } : one));
}

function script(role: Script["role"], hosts: readonly Host[], sections: (host: Host) => Section[]): Script {
  return {
    role,
    hosts: hosts.map(
      (host): ScriptHost => ({
        host,
        platform: host.platform,
        sections: sections(host).filter(({ resources }) => resources.length > 0),
      }),
    ),
    realServers: [],
  };
}

/** A director that is nothing else carries what the description gives it. */
function ownContent(cluster: Cluster, host: Host, role: "director"): Section[] {
  if (!carriesContent(host, role)) return [];
  return [
    { title: "Packages of this host's own", resources: contentPackages(host) },
    ...contentSections(cluster.name, role, host),
  ];
}

function namedRealServers(cluster: Cluster): Script["realServers"] {
  const addresses = new Map<Host, Set<string>>(cluster.realServers.map((host) => [host, new Set()]));
  if (addresses.size === 0) return [];
  for (const { realServers } of cluster.services) {
    for (const { host, address } of realServers) {
      if (host) addresses.get(host)?.add(address.text);
    }
  }
  return [...addresses].map(([{ name }, known]) => ({ name, addresses: [...known] }));
}
