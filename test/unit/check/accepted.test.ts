import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";

type Keys = Record<string, unknown>;
interface Description extends Keys {
  defaults: Keys;
  hosts: Record<string, Keys>;
  services: Keys[];
}

/** A description without any finding, which each case changes to something that is right as well. */
function description(): Description {
  return {
    version: 1,
    name: "kgc",
    defaults: { platform: "el7", interface: "ens33" },
    hosts: {
      lvs1: { address: "192.168.80.10/24" },
      web1: { address: "192.168.80.12/24" },
      web2: { address: "192.168.80.13/24" },
      pc: { address: "192.168.80.200/24" },
    },
    directors: ["lvs1"],
    services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] }],
    clients: ["pc"],
  };
}

function first({ services }: Description): Keys {
  return services[0] ?? {};
}

/** A check over TLS with these keys. */
function https(value: Description, keys: Keys): void {
  Object.assign(first(value), { port: 443, check: { type: "https", ...keys } });
}

const authority = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUHw4YCArH0iJmt0XcUjOFmpF/d3kwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKRXhhbXBsZSBDQTAeFw0yNjExMjYwMTMwNDhaFw0zNjExMjMw
MTMwNDhaMBUxEzARBgNVBAMMCkV4YW1wbGUgQ0EwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQN5wkH/fzSI9CAWUP7H4shM9xX3OTQXmOrHmKtjDJwJAgRvVl8/sfZ
UF7c4rWrKb5oxujoGcv+CpJ7reaThMLno1MwUTAdBgNVHQ4EFgQU/ZgkBRLJUAvv
fSDPS7jTWhaIdaUwHwYDVR0jBBgwFoAU/ZgkBRLJUAvvfSDPS7jTWhaIdaUwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA+r3IHF83mVt2nhnCuc+c
x1CSVbmbxzfj6ul2sZy0fx4CIQCejcSii3n74O6QfPK4Gk0xREegKHEa8x1pNxaZ
+Q+Rfw==
-----END CERTIFICATE-----
`;

/** NAT as it has to be: the director is the gateway, and clients are elsewhere. */
function nat({ hosts, ...rest }: Description): void {
  first({ hosts, ...rest } as Description)["mode"] = "nat";
  Object.assign(hosts["web1"] ?? {}, { gateway: "192.168.80.10" });
  Object.assign(hosts["web2"] ?? {}, { gateway: "192.168.80.10" });
  hosts["pc"] = { address: "203.0.113.9/24" };
}

function exported(value: Description, clients: Keys): void {
  value["nfs"] = { server: "web2", exports: [{ path: "/srv/www", clients }] };
  Object.assign(value.hosts["web1"] ?? {}, { mounts: [{ export: "/srv/www", target: "/var/www" }] });
}

const cases: readonly (readonly [string, (value: Description) => void])[] = [
  ["the description itself", () => {}],
  [
    "files that lvsgen writes on other hosts only",
    ({ hosts }) => {
      const files = ["/etc/sysconfig/ipvsadm", "/etc/fstab", "/etc/selinux/config"];
      Object.assign(hosts["web1"] ?? {}, { files: files.map((path) => ({ path, content: "" })) });
    },
  ],
  [
    "a firewall's own file where the firewall is the description's business",
    ({ hosts }) => {
      const files = [{ path: "/etc/nftables.conf", content: "" }];
      Object.assign(hosts["web1"] ?? {}, { firewall: "keep", files, units: ["nftables"] });
    },
  ],
  [
    "the same port, written out",
    (value) => (first(value)["realservers"] = [{ host: "web1", port: 80 }, { host: "web2" }]),
  ],
  [
    "source NAT of the real servers' network",
    (value) => {
      nat(value);
      value["sourceNat"] = ["192.168.80.0/24"];
    },
  ],
  [
    "source NAT of a family that no service has",
    (value) => {
      nat(value);
      Object.assign(value.hosts["web1"] ?? {}, { address6: "2001:db8:80::12/64" });
      value["sourceNat"] = ["2001:db8:80::/64"];
    },
  ],
  [
    "another port in NAT",
    (value) => {
      nat(value);
      first(value)["realservers"] = [
        { host: "web1", port: 8080 },
        { host: "web2", port: 8080 },
      ];
    },
  ],
  [
    "NAT on the director's own address",
    (value) => {
      nat(value);
      first(value)["vip"] = "192.168.80.10";
    },
  ],
  [
    "one real server twice with different ports in NAT",
    (value) => {
      nat(value);
      first(value)["realservers"] = [{ host: "web1", port: 8080 }, { host: "web1", port: 8081 }, { host: "web2" }];
    },
  ],
  [
    "a NAT real server on the second network of the director",
    (value) => {
      nat(value);
      Object.assign(value.hosts["lvs1"] ?? {}, { interfaces: { ens34: { address: "10.0.0.1/24" } } });
      value.hosts["web1"] = { address: "10.0.0.12/24", gateway: "10.0.0.1" };
    },
  ],
  [
    "a DR real server on the second network of the director",
    (value) => {
      Object.assign(value.hosts["lvs1"] ?? {}, { interfaces: { ens34: { address: "10.0.0.1/24" } } });
      value.hosts["web1"] = { address: "10.0.0.12/24" };
    },
  ],
  [
    "several networks on one interface, and the real server's address among them",
    (value) => {
      Object.assign(value.hosts["lvs1"] ?? {}, { addresses: ["203.0.113.66/28", "192.168.80.11/24"] });
      value.hosts["web1"] = { address: "10.0.0.12/24", addresses: ["203.0.113.67/28"], rip: "203.0.113.67" };
    },
  ],
  [
    "the default interface among the others, with one more network",
    (value) => {
      Object.assign(value.hosts["lvs1"] ?? {}, { interfaces: { ens33: { address: "10.0.0.1/24" } } });
      value.hosts["web1"] = { address: "10.0.0.12/24" };
    },
  ],
  [
    "addresses of /32 whose gateway is on the link, in TUN",
    (value) => {
      first(value)["mode"] = "tun";
      value.hosts["web1"] = { address: "10.0.0.12/32", gateway: "10.0.0.1" };
      value.hosts["web2"] = { address: "10.0.1.12/31", gateway: "10.0.1.13" };
    },
  ],
  [
    "a DR real server that shares a segment by its second interface",
    (value) => {
      value.hosts["web1"] = { address: "10.0.0.12/24", interfaces: { ens34: { address: "192.168.80.12/24" } } };
    },
  ],
  [
    "a TUN real server anywhere",
    (value) => {
      first(value)["mode"] = "tun";
      value.hosts["web1"] = { address: "10.0.0.12/24", gateway: "10.0.0.1" };
    },
  ],
  [
    "an IPv6 real server behind an IPv4 VIP in TUN",
    (value) => {
      // EL7 is too old for it.
      value.defaults["platform"] = "debian12";
      first(value)["mode"] = "tun";
      first(value)["realservers"] = [{ address: "2001:db8::5" }, { host: "web1" }, { host: "web2" }];
    },
  ],
  ["a local node", (value) => (first(value)["realservers"] = [{ host: "lvs1" }, { host: "web2" }, { host: "web1" }])],
  [
    "a local node in NAT, without a gateway",
    (value) => {
      nat(value);
      first(value)["realservers"] = [{ host: "lvs1" }, { host: "web2" }, { host: "web1" }];
    },
  ],
  ["a router as gateway", (value) => (value.defaults["gateway"] = "192.168.80.1")],
  [
    "a link-local IPv6 gateway",
    (value) => {
      Object.assign(value.hosts["pc"] ?? {}, { address6: "2001:db8::9/64", gateway6: "fe80::1" });
    },
  ],
  ["hosts of point-to-point networks", (value) => (value.hosts["pc"] = { address: "203.0.113.0/31" })],
  ["a host with a prefix of one address", (value) => (value.hosts["pc"] = { address: "192.168.80.255/32" })],
  [
    "a routed VIP with its interface",
    (value) => Object.assign(first(value), { vip: "203.0.113.80", vipInterface: "ens33" }),
  ],
  [
    "one VIP for several protocols and ports",
    (value) => {
      const base = first(value);
      value.services.push({ ...base, name: "https", port: 443 }, { ...base, name: "dns", protocol: "udp", port: 80 });
    },
  ],
  [
    "every port beside a single one",
    (value) => {
      value.defaults["firewall"] = "keep";
      value.services.push({ ...first(value), name: "all", port: 0, persistence: {} });
    },
  ],
  [
    "FTP by a mark over its control port and the passive range",
    (value) => {
      const { vip, port, ...rest } = first(value);
      const match = [
        { vip, port: 21 },
        { vip, port: "50000-50100" },
      ];
      value.services = [{ ...rest, fwmark: 21, match, persistence: {} }];
    },
  ],
  [
    "one mark for each family",
    (value) => {
      for (const [host, n] of [
        ["lvs1", 10],
        ["web1", 12],
        ["web2", 13],
      ] as const) {
        Object.assign(value.hosts[host] ?? {}, { address6: `2001:db8::${n}/64` });
      }
      const base = { fwmark: 1, realservers: first(value)["realservers"] };
      value.services = [
        { ...base, name: "four", match: [{ vip: "192.168.80.188", port: 80 }] },
        { ...base, name: "six", match: [{ vip: "2001:db8::188", port: 80 }] },
      ];
    },
  ],
  [
    "ranges that only touch",
    (value) => {
      const { port: _port, vip: _vip, ...base } = first(value);
      value.services.push(
        { ...base, name: "a", fwmark: 1, match: [{ vip: "192.168.80.189", port: "8000-8099" }] },
        {
          ...base,
          name: "b",
          fwmark: 2,
          match: [
            { vip: "192.168.80.189", port: "8100-8199" },
            { vip: "192.168.80.189", protocol: "udp", port: 8000 },
          ],
        },
      );
    },
  ],
  [
    "matches of which one lies within the other",
    (value) => {
      value.defaults["firewall"] = "keep";
      Object.assign(value.hosts["lvs1"] ?? {}, { interfaces: { ens34: { address: "10.0.0.10/24" } } });
      const { port: _port, vip: _vip, ...base } = first(value);
      const vip = "192.168.80.189";
      const source = "10.0.0.0/8";
      const matches = [
        [{ vip }],
        [{ vip, protocol: "tcp" }],
        [{ vip, port: 80 }],
        [{ vip, port: 80, source }],
        [{ vip, port: 80, source: "10.1.0.0/16", interface: "ens34" }],
      ];
      value.services.push(...matches.map((match, index) => ({ ...base, name: `m${index}`, fwmark: index + 1, match })));
    },
  ],
  [
    "matches of one service that cross: both give its mark",
    (value) => {
      Object.assign(value.hosts["lvs1"] ?? {}, { interfaces: { ens34: { address: "10.0.0.10/24" } } });
      const { port: _port, vip: _vip, ...base } = first(value);
      const match = [
        { vip: "192.168.80.189", port: 80, source: "10.0.0.0/8" },
        { vip: "192.168.80.189", port: 80, interface: "ens34" },
      ];
      value.services.push({ ...base, name: "either", fwmark: 1, match });
    },
  ],
  [
    "a mark for some clients of a service",
    (value) => {
      const { port, vip, ...base } = first(value);
      value.services.push({ ...base, name: "some", fwmark: 1, match: [{ vip, port, source: "10.0.0.0/8" }] });
    },
  ],
  [
    "one packet for UDP, persistent as well",
    (value) => {
      Object.assign(first(value), { protocol: "udp", onePacket: true, persistence: { prefix: 32 } });
    },
  ],
  [
    "flags of the scheduler",
    (value) => Object.assign(first(value), { scheduler: "sh", schedulerFlags: ["sh-fallback", "sh-port"] }),
  ],
  [
    "equal weights and a weight of 0 with rr",
    (value) => {
      Object.assign(first(value), {
        scheduler: "rr",
        realservers: [
          { host: "web1", weight: 5 },
          { host: "web2", weight: 0 },
          { address: "192.168.80.14", weight: 5 },
        ],
      });
    },
  ],
  [
    "equal thresholds",
    (value) => {
      first(value)["realservers"] = [
        { host: "web1", upperThreshold: 5, lowerThreshold: 5 },
        { host: "web2", upperThreshold: 1 },
      ];
    },
  ],
  [
    "a check of another protocol with its port",
    (value) => {
      Object.assign(first(value), { protocol: "udp", check: { type: "tcp", port: 53 } });
    },
  ],
  [
    "a check of a service on every port with its port",
    (value) => {
      value.defaults["firewall"] = "keep";
      Object.assign(first(value), { port: 0, persistence: {}, check: { type: "http", port: 80 } });
    },
  ],
  ["the longest interface name that has room for an alias", (value) => (value.defaults["interface"] = "enp130s0f1np1")],
  [
    "a longer name where no alias is made",
    (value) => {
      Object.assign(value.hosts["lvs1"] ?? {}, { platform: "debian12", interface: "enp130s0f1np1v1" });
    },
  ],
  ["an export for the host by address", (value) => exported(value, { "192.168.80.12": ["rw"] })],
  ["an export for the host by name", (value) => exported(value, { web1: ["rw"] })],
  ["an export for the network by mask", (value) => exported(value, { "192.168.80.0/255.255.255.0": ["rw"] })],
  ["an export for whom only DNS knows", (value) => exported(value, { "*.example.org": ["rw"] })],
  [
    "a file on a writable mount",
    (value) => {
      exported(value, { "192.168.80.0/24": ["rw"] });
      Object.assign(value.hosts["web1"] ?? {}, { files: [{ path: "/var/www/index.html", content: "x" }] });
    },
  ],
  [
    "a directory as mount point",
    (value) => {
      exported(value, { "192.168.80.0/24": ["rw"] });
      Object.assign(value.hosts["web1"] ?? {}, { directories: [{ path: "/var/www", mode: "0755" }] });
    },
  ],
  [
    "mounts from the outside in",
    (value) => {
      exported(value, { "192.168.80.0/24": ["rw"] });
      const outer = { source: "192.168.80.5:/var", target: "/var" };
      Object.assign(value.hosts["web1"] ?? {}, { mounts: [outer, { export: "/srv/www", target: "/var/www" }] });
    },
  ],
  [
    "one file of a share, the same from every host",
    (value) => {
      exported(value, { "192.168.80.0/24": ["rw"] });
      value["realserver"] = {
        mounts: [{ export: "/srv/www", target: "/var/www" }],
        files: [{ path: "/var/www/index.html", content: "the same" }],
      };
    },
  ],
  [
    "a host's own file in place of everyone's",
    (value) => {
      value["realserver"] = { files: [{ path: "/srv/a", content: "everyone" }] };
      Object.assign(value.hosts["web1"] ?? {}, { files: [{ path: "/srv/a", content: "own" }] });
    },
  ],
  [
    "files that only look like lvsgen's",
    (value) => {
      const paths = ["/etc/sysctl.d/99-lvs.conf", "/opt/lvsgen/readme", "/etc/sysconfig/network-scripts/ifcfg-ens34"];
      Object.assign(value.hosts["web1"] ?? {}, { files: paths.map((path) => ({ path, content: "" })) });
    },
  ],
  ["an https check for a name", (value) => https(value, { name: "www.example.org" })],
  ["an https check by an authority of one's own", (value) => https(value, { ca: authority })],
  ["an https check of an address, said to be meant", (value) => https(value, { verify: true })],
  [
    "an https check where nobody asks",
    (value) => {
      https(value, {});
      delete value["clients"];
      delete value.hosts["pc"];
    },
  ],
  ["the platform's own network back end, written out", (value) => (value.defaults["network"] = "ifcfg")],
];

test.each(cases)("%s brings no finding", async (_name, change) => {
  const value = description();
  change(value);
  const { diagnostics } = await analyse(JSON.stringify(value, null, 2));
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
});
