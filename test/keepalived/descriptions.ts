/** Descriptions that have everything in their keepalived.conf that lvsgen writes there. */

/** What a description has besides its directors and two real servers. */
export interface Parts {
  readonly services: readonly object[];
  readonly ha?: object;
  readonly directors?: readonly string[];
  readonly more?: object;
}

const hosts = (names: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(names).map(([name, number]) => [
      name,
      { address: `192.168.80.${number}/24`, address6: `fd00:80::${number}/64` },
    ]),
  );

/** The text of one for a platform. */
export function text(
  platform: string,
  { services, ha = { routerId: 80 }, directors = ["lvs1", "lvs2"], more = {} }: Parts,
): string {
  return JSON.stringify({
    version: 1,
    name: "pair",
    defaults: { platform, interface: "ens33" },
    hosts: { ...hosts({ lvs1: 10, lvs2: 11, web1: 12, web2: 13 }), ...more },
    directors,
    ha,
    services,
  });
}

const four = "192.168.80.188";
const six = "fd00:80::188";
export const service = (name: string, changes: object = {}) => ({
  name,
  vip: four,
  port: 80,
  realservers: [{ host: "web1", weight: 3 }, { host: "web2" }],
  ...changes,
});
const sorry = { sorryServer: { address: "192.168.80.60" } };

/** What a text of a description may have in it that means something to keepalived. */
const hostile = `a"b' $PATH \${PATH} ~SEQ(i,1,2) @x ! # { } \\ . * [ ( ^\r\n\té中`;

/** With what a platform's keepalived has to have for it. */
export const descriptions: readonly (readonly [name: string, needed: readonly string[], parts: Parts])[] = [
  ["one director, health checks alone", [], { directors: ["lvs1"], ha: {}, services: [service("web")] }],
  ["nothing to ask", [], { directors: ["lvs1"], ha: {}, services: [service("web", { check: { type: "none" } })] }],
  ["IPv4", [], { services: [service("web", sorry)] }],
  ["IPv6", [], { services: [service("web", { vip: six })] }],
  [
    "hosts with IPv6 alone",
    [],
    {
      services: [service("web", { vip: six })],
      more: Object.fromEntries(
        Object.entries(hosts({ lvs1: 10, lvs2: 11, web1: 12, web2: 13 })).map(([name, { address6 }]) => [
          name,
          { address6 },
        ]),
      ),
    },
  ],
  [
    "both, which move together",
    [],
    { services: [service("web", sorry), service("web6", { vip: six })], ha: { routerId: 80, routerId6: 81 } },
  ],
  [
    "multicast",
    [],
    { services: [service("web"), service("web6", { vip: six })], ha: { routerId: 80, unicast: false } },
  ],
  ["VRRP of version 2", [], { services: [service("web")], ha: { routerId: 80, version: 2, advertInterval: 1 } }],
  [
    "preempt, no sync",
    [],
    { services: [service("web")], ha: { routerId: 255, preempt: true, sync: false, advertInterval: 0.05 } },
  ],
  ["a sync of its own", [], { services: [service("web")], ha: { routerId: 80, sync: { id: 0 } } }],
  [
    "NAT with gateways that move",
    [],
    {
      ha: { routerId: 80, gateway: "192.168.80.1", gateway6: "fd00:80::1" },
      services: [
        service("web", {
          mode: "nat",
          realservers: [{ address: "192.168.80.50", port: 8080 }, { address: "192.168.80.51" }],
        }),
        service("web6", { vip: six, mode: "nat", realservers: [{ address: "fd00:80::50" }] }),
      ],
    },
  ],
  ["TUN", [], { services: [service("web", { mode: "tun" })] }],
  [
    "GUE",
    ["gue"],
    { services: [service("web", { mode: "tun", tunnel: { type: "gue", port: 6080, checksum: "remote" } })] },
  ],
  ["GRE", ["gre"], { services: [service("web", { mode: "tun", tunnel: { type: "gre" } })] }],
  [
    "methods of their own",
    ["methodsOfServers"],
    {
      ha: { routerId: 80, gateway: "192.168.80.1" },
      services: [
        service("web", {
          realservers: [{ host: "web1" }, { address: "192.168.90.50", mode: "tun" }],
          sorryServer: { address: "192.168.80.60", port: 8080, mode: "nat" },
        }),
      ],
    },
  ],
  [
    "marks",
    [],
    {
      services: [
        {
          name: "a",
          fwmark: 7,
          match: [
            { vip: four, port: 80 },
            { vip: four, port: "8000-8099" },
          ],
          realservers: [{ host: "web1" }],
          ...sorry,
        },
        { name: "b", fwmark: 4294967295, match: [{ vip: six, port: 443 }], realservers: [{ host: "web1" }] },
        { name: "c", fwmark: 9, match: [{ vip: "192.168.80.189" }], realservers: [{ host: "web2" }] },
      ],
    },
  ],
  [
    "persistence, engines, flags, one packet, thresholds",
    [],
    {
      services: [
        service("a", { persistence: {}, check: { onFailure: "remove" } }),
        service("b", { vip: six, port: 81, persistence: { timeout: 1, prefix: 64 } }),
        service("c", { protocol: "udp", port: 5060, persistence: { timeout: 30 }, persistenceEngine: "sip" }),
        service("d", { protocol: "udp", port: 53, onePacket: true, check: { type: "none" } }),
        service("e", { port: 82, scheduler: "sh", schedulerFlags: ["sh-port", "sh-fallback"] }),
        service("f", { port: 0, vip: "192.168.80.189", persistence: {} }),
        service("g", {
          port: 83,
          realservers: [{ host: "web1", upperThreshold: 100, lowerThreshold: 50, weight: 65535 }],
        }),
      ],
    },
  ],
  ["a client mask", ["clientMasks"], { services: [service("a", { persistence: { prefix: 24 } })] }],
  ["SCTP", ["sctp"], { services: [service("a", { protocol: "sctp", port: 36412 })] }],
  ["weight 0", [], { services: [service("a", { realservers: [{ host: "web1", weight: 0 }, { host: "web2" }] })] }],
  [
    "every check",
    [],
    {
      services: [
        service("tcp", { check: { type: "tcp", port: 8081, interval: 1, timeout: 1, retries: 0 } }),
        service("http", { port: 81, check: { type: "http", path: "/health", status: 204, name: "www.example.org" } }),
        service("https", {
          port: 443,
          check: { type: "https", status: 200, interval: 86400, timeout: 3600, retries: 100 },
        }),
        service("hostile", { port: 82, check: { type: "http", status: 200, path: "/a\"b'$PATH!#{}\\~SEQ(i,1,2)" } }),
      ],
    },
  ],
  ["any 2xx or 3xx", ["statusRanges"], { services: [service("a", { check: { type: "http" } })] }],
  [
    "SNI",
    ["namesInTls"],
    { services: [service("a", { port: 443, check: { type: "https", status: 200, name: "www.example.org" } })] },
  ],
  ["UDP", ["udpChecks"], { services: [service("a", { protocol: "udp", port: 53, check: { type: "udp" } })] }],
  ["a text in the body", ["bodies"], { services: [service("a", { check: { type: "http", body: "ok" } })] }],
  ["a hostile text in the body", ["bodies"], { services: [service("a", { check: { type: "http", body: hostile } })] }],
  [
    "more addresses than an advertisement names",
    [],
    { services: Array.from({ length: 25 }, (_, n) => service(`web${n}`, { vip: `192.168.80.${200 + n}` })) },
  ],
  [
    "directors that are each other's real servers",
    [],
    { services: [service("web", { realservers: [{ host: "lvs1" }, { host: "lvs2" }] })] },
  ],
  [
    "the VIP on lo, and on a NIC of its own",
    [],
    {
      more: {
        lvs1: { address: "192.168.80.10/24", interfaces: { ens34: { address: "10.0.0.10/24" } } },
        lvs2: { address: "192.168.80.11/24", interfaces: { ens34: { address: "10.0.0.11/24" } } },
      },
      services: [service("a", { vip: "203.0.113.80", vipInterface: "lo" }), service("b", { vip: "10.0.0.80" })],
    },
  ],
];

/** One for each scheduler of a platform. */
export function schedulers(names: readonly string[]): Parts {
  return { services: names.map((scheduler, n) => service(scheduler, { port: 80 + n, scheduler })) };
}
