import type { Config, RealServer } from "../generated/config.ts";

/**
 * The description with lists of its own where the text has the same one several times and it names hosts: what is found of a host may depend
 * on the service. A list of addresses alone stays one, since it may be long.
 */
export function withOwnLists(config: Config): Config {
  const seen = new Set<readonly RealServer[]>();
  let isRepeated = false;
  const own = (list: RealServer[]): RealServer[] => {
    if (!seen.has(list)) {
      seen.add(list);
      return list;
    }
    if (list.every(({ host }) => host === undefined)) return list;
    isRepeated = true;
    return [...list];
  };
  const pools = Object.entries(config.pools ?? {}).map(([name, list]) => [name, own(list)] as const);
  const services = config.services.map((service) =>
    service.realservers === undefined ? service : { ...service, realservers: own(service.realservers) },
  );
  if (!isRepeated) return config;
  return { ...config, services, ...(config.pools === undefined ? {} : { pools: Object.fromEntries(pools) }) };
}
