/** What a runbook says of a change before its steps, and after them. */
import type { Transition } from "../../diff/since/record.ts";
import type { Cluster, Service } from "../../model.ts";
import { beginningViews } from "./asked.ts";
import { drainViews } from "./drained.ts";
import { hostBook, names } from "./hosts.ts";
import { methodNotes } from "./method.ts";
import { largeRequests } from "./pages.ts";
import { isOf, isWrapped, movedAddresses, serversOf, type ToldChange } from "./told.ts";

/** @param isUneven whether real servers come that get another share than the rest for a while */
export function changeView(cluster: Cluster, since: Transition, told: readonly ToldChange[], isUneven: boolean) {
  const { from, groups, steps, notes, left } = since;
  const book = hostBook(cluster, left);
  const scriptsDiffer = groups.some(
    ({ subject, alike }) =>
      subject.kind === "cluster" &&
      alike.some(({ shown }) => shown.some(({ rule }) => rule === "runtime" || rule === "lvsgen-version")),
  );
  const leaving = new Set(steps.flatMap(({ action, hosts }) => (action === "uninstall" ? hosts : [])));
  return {
    from: [{ version: from.version, sums: from.sumOfSums === null ? [] : [{ sum: from.sumOfSums }] }],
    begins: beginningViews(steps, told, from.sumOfSums, book),
    groups,
    none: steps.length === 0,
    runtime: scriptsDiffer,
    notes: [...notes, ...warningsOf(cluster, told)].map((text) => ({ text })),
    left: left.map(({ name }) => ({
      ...book(name),
      what: leaving.has(name) ? "it is taken off above" : "no script has put anything there",
    })),
    client: cluster.clients.length > 0 ? [{ hosts: names(cluster.clients.map(({ name }) => name)) }] : [],
    // Without a machine to ask from, somebody opens each service.
    urls: cluster.clients.length > 0 ? [] : [{ vips: names(addressesOf(cluster.services)) }],
    urlsBefore: cluster.clients.length > 0 ? [] : asList(addressesBefore(cluster.services, told)),
    moved: movedAddresses(told),
    wraps: told.some(isWrapped),
    large: largeRequests(told, cluster.services).map((command) => ({ command })),
    coming: isUneven,
    drains: drainViews(cluster, told, book),
  };
}

function asList(addresses: readonly string[]): readonly { readonly vips: string }[] {
  return addresses.length === 0 ? [] : [{ vips: names(addresses) }];
}

function addressesOf(services: readonly Service[]): readonly string[] {
  const at = services.map(({ frontend }) =>
    frontend.kind === "address"
      ? `${frontend.vip.text} port ${frontend.port}`
      : frontend.matches.map(({ vip }) => vip.text).join(" and "),
  );
  return [...new Set(at)];
}

/** Where services that were there are reached until the change. */
function addressesBefore(services: readonly Service[], told: readonly ToldChange[]): readonly string[] {
  const at = services.flatMap((service) => {
    const own = told.filter(({ subject }) => isOf(subject, service));
    if (own.some(({ rule, action }) => rule === "service" && action === "added")) return [];
    const was = own.find(({ rule }) => rule === "service-address")?.was;
    const [, vip, port] = /^\S+ \[?(.+?)\]?:(\d+)$/.exec(was ?? "") ?? [];
    return vip === undefined ? addressesOf([service]) : [`${vip} port ${port}`];
  });
  return [...new Set(at)];
}

/** Hosts that get a package by it, or are new, and have none of theirs yet. */
export function needingPackages(told: readonly ToldChange[]): string {
  const hosts = told.flatMap(({ rule, action, subject }) =>
    action === "added" && subject.kind === "hosts" && (rule === "package" || (rule === "role" && subject.role !== null))
      ? subject.names
      : [],
  );
  return hosts.length === 0 ? "no host needs packages" : `${names([...new Set(hosts)])} may need packages`;
}

/** What who signs it has to know, and no verdict says. */
function warningsOf(cluster: Cluster, told: readonly ToldChange[]): readonly string[] {
  const isRemoved = serversOf(told, "removed").length > 0;
  const alone = cluster.services.filter(
    (service) =>
      service.realServers.length === 1 &&
      isRemoved &&
      told.some(({ rule, action, subject }) => isOf(subject, service) && rule === "server" && action === "removed"),
  );
  return [
    ...alone.map(
      ({ name }) => `${name} has one real server from here on: it takes all clients, and nobody stands in for it.`,
    ),
    ...methodNotes(cluster, told),
  ];
}
