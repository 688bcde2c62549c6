import type { Overview } from "../../graph/index.ts";
import type { Language } from "../../language/index.ts";
import type { Cluster, RealServer } from "../../model.ts";
import type { Script } from "../../plan/script.ts";
import { mainAddress, names } from "../runbook/hosts.ts";
import { inOrder } from "../runbook/order.ts";
import { renderDocument } from "../templates.ts";
import { flowsOf } from "./ports.ts";

/** What may have to be done with a cluster that runs, task by task, with its own names. */
export function operations(
  cluster: Cluster,
  scripts: readonly Script[],
  { pools }: Pick<Overview, "pools">,
  language: Language,
): string {
  const { directors, realServers, nfs, clients, failover } = cluster;
  const [director] = directors;
  const isPair = Boolean(failover?.vrrp);
  const server = serverOf(cluster);
  const [client] = clients;
  const mounting = cluster.hosts
    .filter((host) => host !== nfs?.server && host.mounts.some((mount) => mount.export !== null))
    .map(({ name }) => name);
  const others = directors.slice(1).map(({ name }) => name);
  const view = {
    cluster: cluster.name,
    director: director?.name ?? "",
    directors: names(directors.map(({ name }) => name)),
    backup: others[0] ?? "",
    pair: isPair,
    trusting: cluster.trust !== null,
    monitored: cluster.monitoring !== null,
    single: !isPair,
    watched: failover !== null,
    unwatched: failover === null,
    server: server.name,
    serverAddress: server.address,
    described: server.isDescribed,
    servers: names(realServers.map(({ name }) => name)),
    manyServers: realServers.length > 1,
    persistent: cluster.services.some(({ persistence }) => persistence !== null),
    services: cluster.services.slice(0, 1).map(({ name, vips }) => ({ name, vip: vips[0]?.text ?? "" })),
    vips: cluster.services.some(({ frontend }) => frontend.kind === "address"),
    nfs: nfs === null ? [] : [{ name: nfs.server.name, mounting: names(mounting), mounted: mounting.length > 0 }],
    client: client === undefined ? [] : [{ name: client.name, address: mainAddress(client) }],
    clientless: client === undefined,
    pools: pools.map(({ name, servers: machines, services }) => ({ name, machines, services })),
    hasPools: pools.length > 0,
    flows: flowsOf(cluster),
    roles: inOrder(scripts).map(({ role, hosts }) => ({
      script: `${role}.sh`,
      role,
      hosts: names(hosts.map(({ host }) => host.name)),
      several: hosts.length > 1,
    })),
    back: [...inOrder(scripts)].reverse().map(({ role, hosts }, index) => ({
      number: String(index + 1),
      script: `${role}.sh`,
      hosts: names(hosts.map(({ host }) => host.name)),
    })),
  };
  return renderDocument("OPERATIONS.md", view, language);
}

/** The real server that stands for all of them in examples: one with a script, where there is any. */
function serverOf({ services, directors }: Cluster) {
  const all = services.flatMap(({ realServers }) => realServers.slice(0, 50));
  const isOther = ({ host }: RealServer): boolean => host !== null && !directors.includes(host);
  const found = all.find(isOther) ?? all[0];
  return {
    name: found?.host?.name ?? found?.address.text ?? "NAME",
    address: found?.address.text ?? "",
    isDescribed: found !== undefined && found.host !== null,
  };
}
