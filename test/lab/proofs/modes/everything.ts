/**
 * One description with all that IPVS can do at once, on a topology that needs it:
 *
 *     client ── lan ── director ── back ── app1, app2      (NAT, two legs)
 *                │
 *                ├──── web1, web2                          (DR, TUN)
 *                ├──── app3                                (NAT, one leg)
 *                └──── router ── far ── far1               (TUN to another subnet; a client of app3)
 *
 * The director serves too (local node).
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sources } from "../../places.ts";
import { type HostSpec, hostSpec } from "../../spec.ts";
import type { Description } from "../bundle.ts";

export const vips = {
  schedulers: "192.168.80.188",
  tun: "192.168.80.189",
  nat: "192.168.80.190",
  marked: "192.168.80.191",
  sticky: "192.168.80.192",
  once: "192.168.80.193",
  limited: "192.168.80.194",
  mixed: "192.168.80.195",
  gre: "192.168.80.196",
  gue: "192.168.80.197",
  sctp: "192.168.80.198",
  local: "192.168.80.199",
  leg: "192.168.80.187",
  six: "fd00:80::188",
  sixTun: "fd00:80::189",
  sixNat: "fd00:80::190",
} as const;

/** A service for each scheduler on a port of its own. */
export const schedulers = [
  "rr",
  "wrr",
  "lc",
  "wlc",
  "lblc",
  "lblcr",
  "dh",
  "sh",
  "sed",
  "nq",
  "fo",
  "ovf",
  "mh",
] as const;
export type SchedulerName = (typeof schedulers)[number];
/** Three to one, and as many as there are connections in a proof, since `ovf` takes a weight for a number of them. */
export const weights = { web1: 150, web2: 50 } as const;

export function schedulerPort(scheduler: SchedulerName): number {
  return 8001 + schedulers.indexOf(scheduler);
}

export const hosts: readonly HostSpec[] = [
  hostSpec("lvs1", "192.168.80.10/24,fd00:80::10/64@lan+10.0.0.1/24,fd00:10::1/64@back", "192.168.80.1"),
  hostSpec("web1", "192.168.80.12/24,fd00:80::12/64"),
  hostSpec("web2", "192.168.80.13/24,fd00:80::13/64"),
  hostSpec("far1", "10.1.0.14/24@far", "10.1.0.1"),
  hostSpec("app1", "10.0.0.21/24,fd00:10::21/64@back"),
  hostSpec("app2", "10.0.0.22/24,fd00:10::22/64@back"),
  hostSpec("app3", "192.168.80.23/24"),
  hostSpec("pc", "192.168.80.200/24,fd00:80::200/64"),
  hostSpec("router", "192.168.80.1/24@lan+10.1.0.1/24@far"),
];

export async function everything(): Promise<Description> {
  const near = [{ host: "web1" }, { host: "web2" }];
  const dr = (name: string, vip: string, more: object): object => ({
    name,
    vip,
    port: 80,
    scheduler: "rr",
    realservers: near,
    ...more,
  });
  return {
    version: 1,
    name: "everything",
    defaults: { platform: "debian12", interface: "ens33", firewall: "keep", selinux: "keep" },
    hosts: {
      lvs1: {
        address: "192.168.80.10/24",
        address6: "fd00:80::10/64",
        gateway: "192.168.80.1",
        interfaces: { ens34: { address: "10.0.0.1/24", address6: "fd00:10::1/64" } },
      },
      web1: { address: "192.168.80.12/24", address6: "fd00:80::12/64" },
      web2: { address: "192.168.80.13/24", address6: "fd00:80::13/64" },
      far1: { address: "10.1.0.14/24", gateway: "10.1.0.1" },
      app1: { address: "10.0.0.21/24", address6: "fd00:10::21/64", gateway: "10.0.0.1", gateway6: "fd00:10::1" },
      app2: { address: "10.0.0.22/24", address6: "fd00:10::22/64", gateway: "10.0.0.1", gateway6: "fd00:10::1" },
      app3: { address: "192.168.80.23/24", gateway: "192.168.80.10" },
      pc: { address: "192.168.80.200/24", address6: "fd00:80::200/64" },
    },
    directors: ["lvs1"],
    sourceNat: ["10.0.0.0/24"],
    timeouts: { tcp: 600, tcpfin: 60, udp: 200 },
    services: [
      ...schedulers.map((scheduler) => ({
        name: scheduler,
        vip: vips.schedulers,
        port: schedulerPort(scheduler),
        scheduler,
        realservers: [
          { host: "web1", weight: weights.web1 },
          { host: "web2", weight: weights.web2 },
        ],
      })),
      dr("sh-flags", vips.schedulers, { scheduler: "sh", schedulerFlags: ["sh-fallback", "sh-port"] }),
      dr("mh-flags", vips.schedulers, { port: 81, scheduler: "mh", schedulerFlags: ["mh-fallback", "mh-port"] }),
      dr("tun", vips.tun, { mode: "tun", realservers: [{ host: "web1" }, { host: "far1" }] }),
      dr("gre", vips.gre, { mode: "tun", tunnel: { type: "gre" }, realservers: [{ host: "web1" }, { host: "far1" }] }),
      dr("gue", vips.gue, {
        mode: "tun",
        tunnel: { type: "gue", port: 6080 },
        realservers: [{ host: "web1" }, { host: "far1" }],
      }),
      dr("sctp", vips.sctp, { port: 9899, protocol: "sctp" }),
      dr("local", vips.local, { realservers: [{ host: "lvs1" }, { host: "web1" }] }),
      dr("leg", vips.leg, { mode: "nat", realservers: [{ host: "app3", port: 8080 }] }),
      dr("nat", vips.nat, { mode: "nat", realservers: ["app1", "app2"].map((host) => ({ host, port: 8080 })) }),
      dr("sticky", vips.sticky, { persistence: { timeout: 60 } }),
      dr("sticky-net", vips.sticky, { port: 81, persistence: { timeout: 60, prefix: 28 } }),
      dr("all-ports", vips.limited, { port: 0, persistence: { timeout: 60 } }),
      dr("once", vips.once, { port: 5353, protocol: "udp", onePacket: true }),
      dr("limited", vips.limited, {
        scheduler: "wlc",
        realservers: [{ host: "web1", upperThreshold: 5, lowerThreshold: 2 }, { host: "web2" }],
      }),
      dr("mixed", vips.mixed, { realservers: [{ host: "web1" }, { host: "far1", mode: "tun" }] }),
      dr("resting", vips.mixed, { port: 81, realservers: [{ host: "web1" }, { host: "web2", weight: 0 }] }),
      {
        name: "marked",
        fwmark: 7,
        match: [9001, 9002].map((port) => ({ vip: vips.marked, protocol: "tcp", port })),
        scheduler: "rr",
        persistence: { timeout: 60 },
        realservers: near,
      },
      dr("six", vips.six, {}),
      dr("six-tun", vips.sixTun, { mode: "tun" }),
      dr("six-nat", vips.sixNat, { mode: "nat", realservers: ["app1", "app2"].map((host) => ({ host, port: 8080 })) }),
    ] as unknown as Description["services"],
    realserver: { units: ["who.service"], files: await whoFiles() },
    clients: ["pc"],
  };
}

/** The real servers' application, which says who answers: part of the description like any other. */
async function whoFiles(): Promise<object[]> {
  const ports = [
    80,
    81,
    8080,
    9001,
    9002,
    ...schedulers.map(schedulerPort),
    `${vips.once}:5353`,
    `sctp:${vips.sctp}:9899`,
  ];
  return [
    {
      path: "/usr/local/sbin/who.pl",
      mode: "0755",
      content: await readFile(join(sources, "proofs/modes/who.pl"), "utf8"),
    },
    {
      path: "/etc/systemd/system/who.service",
      content: [
        "[Unit]\nDescription=Says who answers",
        `[Service]\nExecStart=/usr/local/sbin/who.pl ${ports.join(" ")}`,
        "[Install]\nWantedBy=multi-user.target\n",
      ].join("\n\n"),
    },
  ];
}
