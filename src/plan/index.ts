import type { Cluster, Host } from "../model.ts";
import { planClient } from "./client/index.ts";
import { planDoctor } from "./doctor.ts";
import { planPackages } from "./packages.ts";
import type { Plan } from "./plan.ts";
import type { Script } from "./script.ts";
import { sectionsOf } from "./sections.ts";
import { type ScriptRole, siteOf } from "./site.ts";

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
  const { directors, realServers, nfs } = cluster;
  const all: Script[] = [
    { role: "director", hosts: planned(cluster, "director", directors), realServers: namedRealServers(cluster) },
    { role: "realserver", hosts: planned(cluster, "realserver", realServers), realServers: [] },
    { role: "nfs", hosts: planned(cluster, "nfs", nfs === null ? [] : [nfs.server]), realServers: [] },
  ];
  return all.filter(({ hosts }) => hosts.length > 0);
}

function planned(cluster: Cluster, role: ScriptRole, hosts: readonly Host[]): Script["hosts"] {
  return hosts.map((host) => ({ host, sections: sectionsOf(siteOf(cluster, role, host)) }));
}

/** The real servers that `drain` knows by name, with their addresses in the table. */
function namedRealServers({ realServers, served }: Cluster): Script["realServers"] {
  return realServers.map((host) => {
    const addresses = (served.get(host) ?? []).flatMap((one) => one.addresses.map(({ text }) => text));
    return { name: host.name, addresses: [...new Set(addresses)] };
  });
}
