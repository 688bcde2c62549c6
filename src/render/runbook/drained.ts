/** A real server that is drained for a change of its forwarding method: what is typed before and after, and what shows that it serves. */
import type { Cluster } from "../../model.ts";
import { aligned } from "./commands.ts";
import { shown } from "./host-view.ts";
import { type HostBook, names } from "./hosts.ts";
import { drainedFor, exchangeOf, isNamed, servicesOf } from "./method.ts";
import { isNewHost, type ToldChange } from "./told.ts";

/** Steps before the first and after the last; a list, for there may be none. */
export function drainViews(cluster: Cluster, told: readonly ToldChange[], book: HostBook) {
  const name = drainedFor(cluster, told);
  if (name === null) return [];
  const directors = cluster.directors
    .map((director) => director.name)
    .filter((one) => !isNewHost(told, { action: "apply", script: "director.sh" }, one));
  const typed = (command: string) =>
    directors.map((director) => {
      const ends = `0  director ${director}: ok=… changed=… failed=0`;
      return { shown: shown(book(director)), commands: aligned([{ command, ends }]) };
    });
  const { persistence } = exchangeOf(cluster, told);
  const known = persistence === null ? [] : [{ seconds: String(persistence) }];
  return [
    {
      name,
      directors: names(directors),
      before: typed(`bash director.sh drain ${name} --drain 600`),
      after: typed(`bash director.sh undrain ${name}`),
      known,
      serves: servingView(cluster, name).map((view) => ({ ...view, known })),
    },
  ];
}

/** What the table of connections shows of clients that are answered; a list, for in UDP it shows nothing of it. */
function servingView(cluster: Cluster, name: string) {
  const tcp = servicesOf(cluster, name).filter(
    ({ frontend }) =>
      (frontend.kind === "address" ? [frontend.protocol] : frontend.matches.map(({ protocol }) => protocol))[0] ===
      "tcp",
  );
  const addresses = tcp.flatMap((service) =>
    service.realServers.filter((one) => isNamed(one, service, name)).map(({ address }) => address.text),
  );
  if (tcp.length === 0) return [];
  const all = names(cluster.directors.map((director) => director.name));
  return [
    {
      services: names(tcp.map((service) => service.name)),
      several: cluster.directors.length > 1,
      all,
      name,
      address: names([...new Set(addresses)]),
    },
  ];
}
