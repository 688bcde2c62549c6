import type { Address, Cluster, RealServer, Service } from "../model.ts";

/** A real server with a place where it is written. */
export interface Entry {
  readonly realServer: RealServer;
  readonly service: Service;
  /** Null: the sorry server, which serves like a real server. */
  readonly index: number | null;
}

/** What one pass over all real servers tells; there can be a million, so that the rules share it. */
export interface EntrySurvey {
  /** Each different entry once, where it stands first. Entries that say the same are one object (see `RealServer`). */
  readonly distinct: readonly Entry[];
  /** Entries whose address the service has already, be it with another port. */
  readonly repeated: readonly Entry[];
  /** For a service whose weights differ, the first entry with another than those before; weight 0 does not count. */
  readonly unequal: ReadonlyMap<Service, number>;
}

const surveys = new WeakMap<Cluster, EntrySurvey>();

export function surveyOf(cluster: Cluster): EntrySurvey {
  const known = surveys.get(cluster);
  if (known !== undefined) return known;
  const made = survey(cluster);
  surveys.set(cluster, made);
  return made;
}

/** Each different entry once, for rules about single entries. */
export function distinctEntries(cluster: Cluster): readonly Entry[] {
  return surveyOf(cluster).distinct;
}

/** What one list of real servers says; services with the same list share it. */
interface ListSurvey {
  readonly repeated: readonly number[];
  readonly unequal: number | null;
}

function survey({ services }: Cluster): EntrySurvey {
  const lists = new Map<readonly RealServer[], ListSurvey>();
  const seen = new Set<RealServer>();
  const distinct: Entry[] = [];
  const repeated: Entry[] = [];
  const unequal = new Map<Service, number>();
  for (const service of services) {
    const { realServers } = service;
    const known = lists.get(realServers);
    const list = known ?? surveyList(realServers);
    lists.set(realServers, list);
    for (const index of list.repeated) addEntry(repeated, service, index);
    if (list.unequal !== null) unequal.set(service, list.unequal);
    const { sorryServer } = service;
    if (sorryServer !== null) distinct.push({ realServer: sorryServer, service, index: null });
    if (known !== undefined) continue;
    for (let index = 0; index < realServers.length; index++) {
      const realServer = realServers[index];
      if (realServer === undefined || seen.has(realServer)) continue;
      seen.add(realServer);
      addEntry(distinct, service, index);
    }
  }
  return { distinct, repeated, unequal };
}

function addEntry(entries: Entry[], service: Service, index: number): void {
  const realServer = service.realServers[index];
  if (realServer !== undefined) entries.push({ realServer, service, index });
}

function surveyList(realServers: readonly RealServer[]): ListSurvey {
  const addresses = new Set<Address>();
  const ofHosts = addressesOfHosts(realServers);
  const repeated: number[] = [];
  let weight = 0;
  let unequal: number | null = null;
  realServers.forEach((realServer, index) => {
    if (addresses.has(realServer.address) || ofHosts?.has(realServer.address.text)) repeated.push(index);
    addresses.add(realServer.address);
    if (realServer.weight === 0) return;
    if (weight === 0) weight = realServer.weight;
    else if (realServer.weight !== weight) unequal ??= index;
  });
  return { repeated, unequal };
}

/** In a list with both, a host and an entry by its address have two objects that are the same address; null: not both. */
function addressesOfHosts(realServers: readonly RealServer[]): ReadonlySet<string> | null {
  const isMixed = realServers.some(({ host }) => host !== null) && realServers.some(({ host }) => host === null);
  if (!isMixed) return null;
  return new Set(realServers.flatMap(({ host, address }) => (host === null ? [] : [address.text])));
}
