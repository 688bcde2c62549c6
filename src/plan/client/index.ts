import { portOf } from "../../lvs/port.ts";
import type { Cluster, Host, RealServer, Service } from "../../model.ts";
import { type Answer, describedAnswers } from "./answers.ts";
import { defaultRequests, type Expectation, expectation, type Load, loadOf } from "./expectation.ts";
import { type Surroundings, surroundings } from "./reach.ts";
import { type Target, targets } from "./targets.ts";

/** What `client-test.sh` asks and expects, as data. */
export interface ClientScript {
  readonly role: "client";
  /** Hosts that are to run it; it runs from any other machine as well. */
  readonly hosts: readonly Host[];
  /** Who alone may answer ARP for the VIPs, with every address of each. */
  readonly directors: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  readonly services: readonly ServiceTest[];
}

export interface ServiceTest {
  readonly service: Service;
  readonly requests: number;
  readonly expectation: Expectation;
  readonly targets: readonly Target[];
  /** Or the name of an earlier service that has the very same list, which may be long. */
  readonly realServers: readonly TestedServer[] | string;
  /** By label; servers whose described answers are alike have none. */
  readonly answers: ReadonlyMap<string, Answer>;
}

export interface TestedServer {
  /** The host's name, else its address; with the port where one host serves twice. */
  readonly label: string;
  readonly address: string;
  /** Null: the port that the client asked. */
  readonly port: number | null;
  readonly weight: number;
}

/** From so many real servers on a list stands in the script once; shorter ones are easier to read in their place. */
const long = 20;

/**
 * The client's test of every service.
 *
 * @param cluster a cluster without errors
 * @returns null when the description has no clients: a role that no host has gets no script
 */
export function planClient(cluster: Cluster): ClientScript | null {
  if (cluster.clients.length === 0) return null;
  const lists: ServerList[] = [];
  const around = surroundings(cluster);
  return {
    role: "client",
    hosts: cluster.clients,
    directors: cluster.directors.map(({ name, interfaces }) => ({
      name,
      addresses: interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address.text)),
    })),
    services: cluster.services.map((service) => {
      const known = lists.find((earlier) => sameServers(earlier.service, service));
      const list = known ?? serverList(service);
      const test = serviceTest(service, list, around);
      if (known === undefined) lists.push(list);
      return known === undefined || list.tested.length < long ? test : { ...test, realServers: known.service.name };
    }),
  };
}

/** Real servers that one or more services have; many services over the same thousands are one list in the script. */
interface ServerList {
  readonly service: Service;
  readonly labels: readonly string[];
  readonly load: Load;
  readonly tested: readonly TestedServer[];
}

function serverList(service: Service): ServerList {
  const labels = labelsOf(service);
  return {
    service,
    labels,
    load: loadOf(service.realServers),
    tested: service.realServers.map((server, index) => testedServer(server, labels[index] ?? "")),
  };
}

function serviceTest(service: Service, { labels, load, tested }: ServerList, around: Surroundings): ServiceTest {
  const asked = targets(service, load, around);
  const asksPage = asked.some(({ probe }) => probe === "http" || probe === "https");
  const expected = expectation(service, load);
  return {
    service,
    requests: defaultRequests(load, expected),
    expectation: expected,
    targets: asked,
    realServers: tested,
    answers: asksPage ? describedAnswers(service, labels) : new Map(),
  };
}

function testedServer(server: RealServer, label: string): TestedServer {
  return { label, address: server.address.text, port: ownPort(server), weight: server.weight };
}

/** Null where the real server has the port that clients ask. */
function ownPort({ port }: RealServer): number | null {
  return port === 0 ? null : port;
}

function labelsOf(service: Service): string[] {
  const servers = service.realServers;
  const names = servers.map(({ host, address }) => host?.name ?? address.text);
  const count = new Map<string, number>();
  for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
  return servers.map((server, index) => {
    const name = names[index] ?? "";
    return (count.get(name) ?? 0) > 1 ? `${name}:${portOf(service, server)}` : name;
  });
}

/** Whether two lists are the same to a client, port of the service aside. */
function sameServers(a: Service, b: Service): boolean {
  if (a.realServers.length !== b.realServers.length) return false;
  for (let i = 0; i < a.realServers.length; i++) {
    const [x, y] = [a.realServers[i], b.realServers[i]];
    if (x === undefined || y === undefined || x.address !== y.address || x.host !== y.host) return false;
    if (x.weight !== y.weight || x.upperThreshold !== y.upperThreshold) return false;
    if (ownPort(x) !== ownPort(y)) return false;
  }
  return true;
}
