import type { Cluster, Host } from "../model.ts";
import { summed } from "./client/answers.ts";
import type { ClientScript } from "./client/index.ts";
import type { DoctorScript } from "./doctor.ts";
import { planPackages } from "./packages.ts";
import type { Plan } from "./plan.ts";

/** A host, with what of the cluster and of its plan is about it. */
export interface HostPart {
  readonly host: Host;
  /** With this host alone, and the services that it has a part in. */
  readonly cluster: Cluster;
  readonly plan: Plan;
}

/**
 * What each host with a role gets where it gets nothing of another one's. What it needs to know of others to do its part stays: a
 * director its real servers and the other directors, whoever carries or asks a virtual address the directors, a client all of them.
 */
export function hostParts(cluster: Cluster, plan: Plan): readonly HostPart[] {
  return cluster.hosts
    .filter(({ roles }) => roles.length > 0)
    .map((host) => ({
      host,
      cluster: { ...cluster, hosts: [host], services: servicesOf(cluster, host) },
      plan: planOf(plan, host),
    }));
}

function servicesOf({ services, directors, clients }: Cluster, host: Host): Cluster["services"] {
  if (directors.includes(host) || clients.includes(host)) return services;
  return services.filter(
    ({ realServers, sorryServer }) => realServers.some((server) => server.host === host) || sorryServer?.host === host,
  );
}

function planOf({ scripts, client, doctor }: Plan, host: Host): Plan {
  const own = scripts
    .map((script) => ({ ...script, hosts: script.hosts.filter((one) => one.host === host) }))
    .filter(({ hosts }) => hosts.length > 0);
  return {
    scripts: own,
    client: client?.hosts.includes(host) === true ? clientOf(client, host) : null,
    packages: planPackages(own),
    doctor: doctorOf(doctor, host),
  };
}

/** It tells real servers apart by their pages: by the sums of these, where it does not have the pages. */
function clientOf(client: ClientScript, host: Host): ClientScript {
  return {
    ...client,
    hosts: [host],
    services: client.services.map((test) => ({
      ...test,
      answers: new Map(Array.from(test.answers, ([label, answer]) => [label, summed(answer)])),
    })),
  };
}

function doctorOf({ hosts, directors }: DoctorScript, host: Host): DoctorScript {
  const own = hosts.filter((one) => one.host === host);
  const isConcerned =
    host.roles.includes("director") || own.some(({ needs }) => needs.some(({ kind }) => kind === "vip"));
  return { hosts: own, directors: isConcerned ? directors : [] };
}
