/** The descriptions whose build is measured, as text. */

const base = {
  version: 1,
  defaults: { platform: "debian12", interface: "eth0" },
  directors: ["lvs1"],
};

/** `10.0.0.0` plus a number. */
function address(number) {
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

function director() {
  return { lvs1: { address: "10.0.0.1/8" } };
}

/** Real servers that are described, so that each gets its files. */
export function describedRealServers(count) {
  const names = Array.from({ length: count }, (_, index) => `web${index + 1}`);
  return JSON.stringify({
    ...base,
    name: "described",
    hosts: {
      ...director(),
      ...Object.fromEntries(names.map((name, index) => [name, { address: `${address(256 + index)}/8` }])),
    },
    services: [{ name: "web", vip: "10.0.0.2", port: 80, realservers: names.map((host) => ({ host })) }],
    realserver: { packages: ["apache2"], units: ["apache2"] },
  });
}

/** The same table, said once: a pool with a weight, and services that each have a VIP, or a port of one, as people indent it. */
export function pooledRealServers(services, count, by) {
  const pool = [{ address: `${address(65_536)}-${address(65_535 + count)}`, weight: 3 }];
  const each = Array.from({ length: services }, (_, index) => ({
    name: `service${index + 1}`,
    vip: address(256 + index),
    port: 80,
    pool: "web",
  }));
  const all = [{ name: "service", vip: address(256), port: `8000-${7_999 + services}`, pool: "web" }];
  const description = {
    ...base,
    name: "pooled",
    hosts: director(),
    pools: { web: pool },
    services: by === "ports" ? all : each,
  };
  return JSON.stringify(description, null, 2);
}

function weighted(services, count) {
  const realservers = Array.from({ length: count }, (_, index) => ({ address: address(65_536 + index), weight: 3 }));
  return {
    ...base,
    name: "weighted",
    hosts: director(),
    services: Array.from({ length: services }, (_, index) => ({
      name: `service${index + 1}`,
      vip: address(256 + index),
      port: 80,
      realservers,
    })),
  };
}

/** The same table written out, every entry with its weight, as people's tools indent JSON: 61 MB for a million. */
export function writtenRealServers(services, count) {
  return JSON.stringify(weighted(services, count), null, "\t");
}

/** Written out, with other weights in every service, so that no two lists are the same. */
export function unlikeRealServers(services, count) {
  const description = weighted(services, count);
  return JSON.stringify(
    {
      ...description,
      services: description.services.map(({ realservers, ...service }, number) => ({
        ...service,
        realservers: realservers.map((entry, index) => ({ ...entry, weight: 1 + ((number + index) % 100) })),
      })),
    },
    null,
    "\t",
  );
}

/** The same as YAML: the list stands at the first service, the others have an alias of it. */
export function anchoredRealServers(services, count) {
  const { hosts, services: all, defaults, directors, ...rest } = weighted(services, count);
  const lines = [
    ...Object.entries(rest).map(([key, value]) => `${key}: ${value}`),
    "defaults:",
    ...Object.entries(defaults).map(([key, value]) => `  ${key}: ${value}`),
    `directors: [${directors.join(", ")}]`,
    "hosts:",
    ...Object.entries(hosts).map(([name, host]) => `  ${name}:\n    address: ${host.address}`),
    "services:",
    ...all.flatMap(({ name, vip, port, realservers }, index) => [
      `  - name: ${name}`,
      `    vip: ${vip}`,
      `    port: ${port}`,
      `    realservers: ${index === 0 ? "&web" : "*web"}`,
      ...(index === 0
        ? realservers.map((one) => `      - address: ${one.address}\n        weight: ${one.weight}`)
        : []),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Services over real servers that are given by address alone: nothing but the table. */
export function addressedRealServers(services, count) {
  const realservers = Array.from({ length: count }, (_, index) => ({ address: address(65_536 + index) }));
  return JSON.stringify({
    ...base,
    name: "addressed",
    hosts: director(),
    services: Array.from({ length: services }, (_, index) => ({
      name: `service${index + 1}`,
      vip: address(256 + index),
      port: 80,
      realservers,
    })),
  });
}

/** Services on ports of one VIP, each over real servers of its own that all have thresholds; `changed`: one of them with another weight. */
export function thresholdTable(platform, services, count, changed) {
  const other = Math.floor((services * count) / 2);
  const realserver = (number) => ({
    address: address(65_536 + number),
    weight: changed && number === other ? 7 : 3,
    upperThreshold: 1000,
    lowerThreshold: 800,
  });
  return JSON.stringify({
    version: 1,
    name: "thresholds",
    defaults: { platform, interface: "ens33" },
    hosts: director(),
    directors: ["lvs1"],
    services: Array.from({ length: services }, (_, service) => ({
      name: `service${service + 1}`,
      vip: address(256),
      port: 1024 + service,
      scheduler: "wrr",
      realservers: Array.from({ length: count }, (_, index) => realserver(service * count + index)),
    })),
  });
}
