import { readFileSync } from "node:fs";
import { parse } from "jsonc-parser";

/**
 * Clusters that have every text field of the schema between them, each text one that stands nowhere else, so that it is found
 * again in what is built from it. A variant a network back end.
 */
export interface Variant {
  readonly name: string;
  readonly description: Readonly<Record<string, unknown>>;
}

/** PEM that a certificate is in: any other text is refused. */
const certificate: string = parse(readFileSync("test/fixtures/valid/everything.json", "utf8")).services.find(
  ({ check }: { check?: { ca?: string } }) => check?.ca !== undefined,
).check.ca;

function cluster(platform: string, network: string): Readonly<Record<string, unknown>> {
  return {
    $schema: "../sw-schema.json",
    version: 1,
    name: "sw-cluster",
    defaults: {
      platform,
      network,
      interface: "swdef0",
      gateway: "192.168.80.1",
      gateway6: "fd00:80::1",
      firewall: "open",
      selinux: "keep",
      forwarding: "keep",
      // Labels with a sum of the cluster's name would change in more than that.
      alias: 0,
      mode: "dr",
      scheduler: "wlc",
    },
    hosts: {
      "sw-director": {
        address: "192.168.80.10/24",
        address6: "fd00:80::10/64",
        interface: "swnic0",
        gateway: "192.168.80.2",
        gateway6: "fd00:80::2",
        platform,
        network,
        firewall: "open",
        selinux: "keep",
        forwarding: "keep",
        interfaces: { "swnic1.7": { address: "10.7.0.1/24", address6: "fd00:7::1/64", addresses: ["10.8.0.1/24"] } },
      },
      "sw-web": {
        address: "192.168.80.12/24",
        address6: "fd00:80::12/64",
        addresses: ["10.9.0.12/24"],
        rip: "192.168.80.12",
        uplinks: [{ gateway: "192.168.80.3", interface: "swdef0", vips: ["192.168.80.188"] }],
        sysctls: { "net.sw_key": "sw value" },
        packages: ["swpackage"],
        units: ["swunit"],
        directories: [{ path: "/srv/sw-folder", mode: "0751", owner: "swowner1", group: "swgroup1" }],
        files: [
          { path: "/srv/sw-file", content: "sw content\n", mode: "0641", owner: "swowner2", group: "swgroup2" },
          { path: "/srv/sw-read", source: { file: "sw-pages/source" } },
          { path: "/srv/sw-variable", source: { env: "SW_SOURCE" } },
        ],
        mounts: [
          { export: "/srv/sw-export", target: "/mnt/sw-target", options: ["swoption1"] },
          { source: "192.168.80.5:/srv/sw-source", target: "/mnt/sw-other", options: ["swoption2"] },
        ],
      },
      "sw-nfs": { address: "192.168.80.13/24", address6: "fd00:80::13/64" },
      "sw-client": { address: "192.168.80.200/24" },
    },
    sysctls: { "net.sw_all": "sw all value" },
    directors: ["sw-director"],
    services: [
      {
        name: "sw-service",
        vip: "192.168.80.188",
        port: 80,
        protocol: "tcp",
        mode: "dr",
        scheduler: "sh",
        schedulerFlags: ["sh-port"],
        vipInterface: "swnic0",
        realservers: [{ host: "sw-web", mode: "dr" }, { host: "sw-nfs" }, { address: "192.168.80.33" }],
        check: { type: "https", path: "/sw-path", body: "sw-body", name: "sw-check.example.org", ca: certificate },
      },
      {
        name: "sw-marked",
        fwmark: 7,
        match: [
          { vip: "192.168.80.189", protocol: "tcp", port: "8000-8099", source: "10.88.0.0/16", interface: "swnic0" },
        ],
        realservers: [{ host: "sw-web" }, { host: "sw-nfs" }],
      },
      {
        name: "sw-calls",
        vip: "192.168.80.190",
        port: 5060,
        protocol: "udp",
        persistence: { timeout: 60 },
        persistenceEngine: "sip",
        realservers: [{ host: "sw-web" }, { host: "sw-nfs" }],
      },
    ],
    realserver: {
      sysctls: { "net.sw_shared": "sw shared value" },
      packages: ["swshpack"],
      units: ["swshunit"],
      directories: [{ path: "/srv/sw-shared", mode: "0753", owner: "swowner3", group: "swgroup3" }],
      files: [
        { path: "/srv/sw-page", content: "sw shared\n", mode: "0643", owner: "swowner4", group: "swgroup4" },
        { path: "/srv/sw-common-read", source: { file: "sw-pages/shared" } },
        { path: "/srv/sw-common-variable", source: { env: "SW_SHARED" } },
      ],
      mounts: [
        { source: "192.168.80.6:/srv/sw-nas", target: "/mnt/sw-third", options: ["swoption3"] },
        { export: "/srv/sw-second", target: "/mnt/sw-fourth" },
      ],
    },
    nfs: {
      server: "sw-nfs",
      exports: [
        {
          path: "/srv/sw-export",
          mode: "0755",
          owner: "swowner5",
          group: "swgroup5",
          clients: { "sw-peer": ["swoption4"], "192.168.80.0/24": ["rw"] },
        },
        { path: "/srv/sw-second", clients: { "192.168.80.0/24": ["ro"] } },
      ],
    },
    clients: ["sw-client"],
    packages: { source: "repository" },
    monitoring: { textfile: "/srv/sw-metrics" },
    trust: {
      allowedSigners: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAjWlpUvCZCvEqzv0DqB2DynSMSzs7vA9Vk17KnN6PKJ sw-signer"],
    },
  };
}

/** What stands in no cluster of the kind above: forwarding by NAT and tunnels. */
function other(platform: string, network: string): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    name: "sw-nat",
    defaults: { platform, network, interface: "swdef0", alias: 0 },
    hosts: {
      "sw-director": { address: "192.168.80.10/24", interfaces: { swinner: { address: "10.7.0.1/24" } } },
      "sw-web": { address: "10.7.0.12/24", gateway: "10.7.0.1" },
      "sw-far": {
        address: "192.168.80.14/24",
        files: [
          { path: "/srv/sw-secret", source: { env: "SW_SECRET" }, secret: true, owner: "swowner6", group: "swgroup6" },
        ],
      },
      "sw-far2": { address: "192.168.80.15/24" },
    },
    directors: ["sw-director"],
    services: [
      {
        name: "sw-service",
        vip: "192.168.80.188",
        port: 80,
        mode: "nat",
        realservers: [{ host: "sw-web" }, { address: "10.7.0.13" }],
      },
      {
        name: "sw-tunnel",
        vip: "192.168.80.189",
        port: 80,
        mode: "tun",
        mss: "auto",
        tunnel: { type: "gue", port: 6080, checksum: "none" },
        realservers: [{ host: "sw-far" }, { host: "sw-far2" }],
      },
    ],
    sourceNat: ["10.7.0.0/24"],
    language: "zh",
    acknowledge: [{ code: "SINGLE_REAL_SERVER", reason: "sw reason", pointer: "/services/9" }],
  };
}

/** Two directors that take over from each other. */
function pair(platform: string, network: string): Readonly<Record<string, unknown>> {
  const director = (last: number) => ({
    address: `192.168.80.${last}/24`,
    address6: `fd00:80::${last}/64`,
    interfaces: { swinner: { address: `10.7.0.${last}/24`, address6: `fd00:7::${last}/64` } },
  });
  return {
    version: 1,
    name: "sw-pair",
    defaults: { platform, network, interface: "swdef0", alias: 0 },
    hosts: {
      "sw-first": director(10),
      "sw-second": director(11),
      "sw-web": { address: "10.7.0.12/24", address6: "fd00:7::12/64", gateway: "10.7.0.1", gateway6: "fd00:7::1" },
      "sw-sorry": { address: "192.168.80.60/24", address6: "fd00:80::60/64" },
    },
    directors: ["sw-first", "sw-second"],
    ha: {
      routerId: 80,
      interface: "swdef0",
      sync: { interface: "swinner" },
      gateway: "10.7.0.1",
      gateway6: "fd00:7::1",
    },
    services: [
      {
        name: "sw-service",
        vip: "192.168.80.188",
        port: 80,
        mode: "nat",
        realservers: [{ host: "sw-web" }, { address: "10.7.0.13" }],
        sorryServer: { host: "sw-sorry", mode: "dr" },
        check: { type: "tcp", onFailure: "remove" },
      },
      {
        name: "sw-other",
        vip: "fd00:80::188",
        port: 80,
        mode: "nat",
        realservers: [{ host: "sw-web" }],
        sorryServer: { address: "fd00:7::61" },
      },
    ],
  };
}

/** What stands for several: pools, and ranges of names, addresses and ports. What is looked at is the first text of a field, which of a name is none of a range: what that becomes has other texts. */
function pools(platform: string, network: string): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    name: "sw-many",
    defaults: { platform, network, interface: "swdef0", alias: 0 },
    hosts: {
      "sw-director": { address: "192.168.80.10/24" },
      "sw-web": { address: "192.168.80.11/24" },
      "sw-more[01-03]": { address: "192.168.80.12-192.168.80.14/24" },
      "sw-client": { address: "192.168.80.200/24" },
      "sw-other[1-2]": { address: "192.168.80.201/24" },
    },
    directors: ["sw-director"],
    pools: {
      "sw-pool": [
        { host: "sw-web", mode: "dr" },
        { host: "sw-more[01-03]" },
        { address: "192.168.80.32", weight: 2 },
        { address: "192.168.80.33-192.168.80.34" },
      ],
      "sw-farther": [{ address: "192.168.80.35-192.168.80.36" }],
    },
    services: [
      { name: "sw-range", vip: "192.168.80.188", port: "8000-8001", pool: "sw-pool" },
      { name: "sw-list", vip: "192.168.80.189", port: ["8100-8101", 80], pool: "sw-farther" },
      {
        name: "sw-own",
        vip: "192.168.80.190",
        port: 80,
        realservers: [{ host: "sw-web" }, { host: "sw-more[01-03]" }, { address: "192.168.80.37-192.168.80.38" }],
      },
    ],
    clients: ["sw-client", "sw-other[1-2]"],
  };
}

export const variants: readonly Variant[] = [
  { name: "el7 ifcfg", description: cluster("el7", "ifcfg") },
  { name: "debian12 ifupdown", description: cluster("debian12", "ifupdown") },
  { name: "ubuntu24 netplan", description: cluster("ubuntu24", "netplan") },
  { name: "debian12 networkd", description: cluster("debian12", "networkd") },
  { name: "openeuler24 networkmanager", description: cluster("openeuler24", "networkmanager") },
  { name: "ubuntu24 netplan, NAT and tunnels", description: other("ubuntu24", "netplan") },
  { name: "debian12 networkd, two directors", description: pair("debian12", "networkd") },
  { name: "debian12 ifupdown, pools and ranges", description: pools("debian12", "ifupdown") },
];
