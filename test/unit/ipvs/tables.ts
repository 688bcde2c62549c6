import fc from "fast-check";
import type { Table } from "./table-model.ts";

/** Tables as directors have them: few names, so that two of them meet often. */
const v4Services = ["-t 192.0.2.1:80", "-t 192.0.2.1:443", "-u 192.0.2.1:53", "--sctp-service 192.0.2.1:36412", "-f 7"];
const v6Services = ["-t [2001:db8::1]:80", "-f 7 -6"];
const v4Servers = ["10.0.0.1:80", "10.0.0.2:80", "10.0.0.22:80", "10.0.0.2:8080", "10.0.0.3:0"];
const v6Servers = ["[2001:db8::11]:80", "[2001:db8::12]:80", "[2001:db8::1]:80"];

const serviceOptions = fc
  .record({
    scheduler: fc.constantFrom("rr", "wrr", "sh", "mh"),
    rest: fc.constantFrom(
      "",
      " -p 360",
      " -p 600 -M 255.255.255.0",
      " -p 30 --pe sip",
      " -o",
      " -b sh-fallback,sh-port",
    ),
  })
  .map(({ scheduler, rest }) => ` -s ${scheduler}${rest}`);

const serverOptions = fc
  .record({
    method: fc.constantFrom("-g", "-m", "-i"),
    weight: fc.constantFrom(0, 1, 3, 10, 65535),
    tunnel: fc.constantFrom(
      " --tun-type ipip",
      " --tun-type gue --tun-port 6080 --tun-csum",
      " --tun-type gre --tun-nocsum",
    ),
    thresholds: fc.constantFrom("", "", " -x 100 -y 50", " -x 10 -y 0"),
  })
  .map(
    ({ method, weight, tunnel, thresholds }) => ` ${method} -w ${weight}${method === "-i" ? tunnel : ""}${thresholds}`,
  );

function service(names: readonly string[]) {
  return fc
    .record({
      options: serviceOptions,
      servers: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), serverOptions), {
        selector: ([name]) => name,
        maxLength: names.length,
      }),
    })
    .map(({ options, servers }) => ({ options, servers: new Map(servers) }));
}

function services(names: readonly string[], servers: readonly string[]) {
  return fc.uniqueArray(fc.tuple(fc.constantFrom(...names), service(servers)), {
    selector: ([name]) => name,
    maxLength: names.length,
  });
}

export const tables: fc.Arbitrary<Table> = fc
  .tuple(services(v4Services, v4Servers), services(v6Services, v6Servers))
  .map(([v4, v6]) => new Map([...v4, ...v6]));

/** A live table and a described one; half of the time the described one is the live one after some changes. */
export const pairs = fc.record({
  live: tables,
  other: tables,
  keep: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  drainSeconds: fc.constantFrom(0, 30),
});

/** Takes from `live` what `keep` says, entry by entry, and the rest from `other`. */
export function mixed(live: Table, other: Table, keep: readonly boolean[]): Table {
  const result: Table = new Map();
  [...new Set([...live.keys(), ...other.keys()])].forEach((name, index) => {
    const [here, there] = [live.get(name), other.get(name)];
    const [first, second] = keep[index % keep.length] ? [here, there] : [there, here];
    if (!first) return;
    const servers = new Map(first.servers);
    [...(second?.servers ?? [])].forEach(([server, options], at) => {
      if (keep[(index + at) % keep.length]) servers.set(server, options);
      else servers.delete(server);
    });
    result.set(name, { options: first.options, servers });
  });
  return result;
}

/** The one service of large tables. */
export const largeService = "-t 192.0.2.1:80";

/** Its real servers, by their number. */
export const largeServer = (number: number): string => `10.1.${number >> 8}.${number & 255}:80`;

/** A service over so many real servers, all with thresholds. */
export function largeTable(count: number): Table {
  const servers = Array.from(
    { length: count },
    (_, number) => [largeServer(number), " -g -w 3 -x 1000 -y 800"] as const,
  );
  return new Map([[largeService, { options: " -s wrr", servers: new Map(servers) }]]);
}

/** Ten thousand real servers, of which some are changed, gone or new, and all in their order or in the contrary one. */
export const largeCases = fc
  .record({
    changes: fc.array(fc.tuple(fc.nat(10_099), fc.option(serverOptions)), { maxLength: 60 }),
    reversed: fc.boolean(),
    drainSeconds: fc.constantFrom(0, 30),
  })
  .map(({ changes, reversed, drainSeconds }) => {
    const [live, other] = [largeTable(10_000), largeTable(10_000)];
    const servers = other.get(largeService)?.servers ?? new Map<string, string>();
    for (const [number, options] of changes) {
      if (options === null) servers.delete(largeServer(number));
      else servers.set(largeServer(number), options);
    }
    const described: Table = new Map([
      [largeService, { options: " -s wrr", servers: reversed ? new Map([...servers].reverse()) : servers }],
    ]);
    return [
      { live, described, drainSeconds },
      { live: described, described: live, drainSeconds },
    ];
  });
