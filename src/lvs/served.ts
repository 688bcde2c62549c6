import type { Host, RealServer, Served, Service } from "../model.ts";
import { portOf } from "./port.ts";

/**
 * What each host does as a real server or a sorry server, for the services in their order. Services may share one list of a million
 * entries: it is read once.
 */
export function servedByHosts(services: readonly Service[]): Map<Host, Served[]> {
  const served = new Map<Host, Served[]>();
  const lists = new Map<readonly RealServer[], ReadonlyMap<Host, readonly RealServer[]>>();
  for (const service of services) {
    const known = lists.get(service.realServers);
    const hosts = known ?? entriesByHost(service.realServers);
    lists.set(service.realServers, hosts);
    for (const [host, entries] of hosts) {
      add(served, host, servedBy(service, entries));
    }
    const { sorryServer } = service;
    // One that is a real server as well is a finding.
    if (sorryServer?.host && !hosts.has(sorryServer.host))
      add(served, sorryServer.host, servedBy(service, [sorryServer]));
  }
  return served;
}

function servedBy(service: Service, entries: readonly RealServer[]): Served {
  return {
    service,
    ports: [...new Set(entries.map((entry) => portOf(service, entry)))],
    modes: [...new Set(entries.map(({ mode }) => mode))],
    addresses: entries.map(({ address }) => address),
  };
}

function add(served: Map<Host, Served[]>, host: Host, one: Served): void {
  const all = served.get(host);
  if (all === undefined) served.set(host, [one]);
  else all.push(one);
}

function entriesByHost(realServers: readonly RealServer[]): Map<Host, RealServer[]> {
  const hosts = new Map<Host, RealServer[]>();
  for (const realServer of realServers) {
    if (realServer.host === null) continue;
    const entries = hosts.get(realServer.host);
    if (entries === undefined) hosts.set(realServer.host, [realServer]);
    else entries.push(realServer);
  }
  return hosts;
}
