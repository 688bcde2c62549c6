import type { Cluster, Host } from "../model.ts";
import { contains } from "../net.ts";
import { distinctEntries, type Entry } from "./entries.ts";
import { addressesOf, machinePointer } from "./places.ts";
import type { Rule } from "./rule.ts";

function clientPointer({ clients }: Cluster, client: Host): string {
  return `/clients/${clients.indexOf(client)}`;
}

/** A real server carries the VIP: its own connections to it never leave it. */
export const clientsAsRealServers: Rule = (cluster, report) => {
  for (const client of cluster.clients.filter((host) => cluster.realServers.includes(host))) {
    const entry = distinctEntries(cluster).find(({ realServer }) => realServer.host === client);
    if (entry === undefined) continue;
    report("CLIENT_IS_REAL_SERVER", {
      pointer: clientPointer(cluster, client),
      message: `${client.name} is a real server of ${JSON.stringify(entry.service.name)} and would test itself`,
      hint: "run the test on a host that is no real server",
      related: [{ pointer: machinePointer(entry.service, entry.index), message: "a real server here" }],
    });
  }
};

/** So does the director. */
export const clientsAsDirectors: Rule = (cluster, report) => {
  for (const client of cluster.clients.filter((host) => cluster.directors.includes(host))) {
    if (cluster.realServers.includes(client)) continue;
    report("CLIENT_IS_DIRECTOR", {
      pointer: clientPointer(cluster, client),
      message: `${client.name} is a director: its connections to the VIP do not take the way of a client's`,
      hint: "run the test on a host of its own",
      related: [{ pointer: `/directors/${cluster.directors.indexOf(client)}`, message: "a director here" }],
    });
  }
};

/** A neighbour gets the reply of a NAT real server without the director in between. */
export const clientsBesideNat: Rule = (cluster, report) => {
  const natted = distinctEntries(cluster).filter(({ realServer }) => realServer.mode === "nat");
  for (const client of cluster.clients) {
    if (client.roles.includes("director") || client.roles.includes("realserver")) continue;
    const own = addressesOf(client);
    const entry = natted.find((one) => isBeside(one, own, cluster));
    if (entry === undefined) continue;
    report("CLIENT_ON_NAT_SUBNET", {
      pointer: clientPointer(cluster, client),
      message: `${client.name} is on the segment of the real servers of ${JSON.stringify(entry.service.name)}: in NAT their replies bypass the director`,
      hint: "run the test from another segment",
      related: [{ pointer: machinePointer(entry.service, entry.index), message: "a NAT real server" }],
    });
  }
};

function isBeside(
  { realServer, service }: Entry,
  own: ReturnType<typeof addressesOf>,
  { directors }: Cluster,
): boolean {
  if (realServer.host !== null && directors.includes(realServer.host)) return false;
  return own.some(({ cidr }) => service.family === cidr.address.family && contains(cidr, realServer.address));
}

const resourceKeys = ["packages", "units", "directories", "files", "mounts"] as const;

/** `client-test.sh` installs nothing. */
export const clientsWithResources: Rule = ({ hosts }, report) => {
  for (const host of hosts) {
    if (host.roles.length !== 1 || host.roles[0] !== "client") continue;
    for (const key of resourceKeys) {
      if (host[key].length === 0) continue;
      report("CLIENT_WITH_RESOURCES", {
        pointer: `${host.pointer}/${key}`,
        part: "key",
        message: `${host.name} is only a client: no script would see to its ${key}`,
        hint: `take "${key}" out, or give ${host.name} another role`,
      });
    }
  }
};
