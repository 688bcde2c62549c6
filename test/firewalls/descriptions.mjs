// What is described in the tests: one host, lvs1, with a NIC to the clients and one to the machines behind; it is a director, or as
// web1 a real server.
const hosts = {
  lvs1: { address: "192.168.80.10/24", interfaces: { ens34: { address: "10.0.0.1/24" } } },
  web1: { address: "192.168.80.12/24", interfaces: { ens34: { address: "10.0.0.3/24" } } },
  web2: { address: "10.0.0.12/24" },
};

const web = { name: "web", vip: "192.168.80.188", port: 8443, realservers: [{ host: "web1" }] };

const described = (name, services, changes = {}) => ({
  version: 1,
  name,
  hosts,
  directors: ["lvs1"],
  services,
  ...changes,
  defaults: { platform: "debian12", interface: "ens33", network: "ifupdown", firewall: "open", ...changes.defaults },
});

const nat = {
  hosts: { ...hosts, web2: { ...hosts.web2, gateway: "10.0.0.1" } },
  defaults: { mode: "nat" },
};
const behind = [{ name: "web", vip: "192.168.80.10", port: 8443, realservers: [{ host: "web2", port: 8080 }] }];

/** Two directors: lvs2 stands among the clients. */
const pair = (ha) => ({
  ...described("fw", [
    { ...web, realservers: [{ host: "web2" }] },
    { ...web, name: "six", vip: "fd00:80::188", realservers: [{ host: "web2" }] },
  ]),
  hosts: {
    lvs1: {
      address: "192.168.80.10/24",
      address6: "fd00:80::10/64",
      interfaces: { ens34: { address6: "fd00:10::1/64" } },
    },
    lvs2: {
      address: "192.168.80.11/24",
      address6: "fd00:80::11/64",
      interfaces: { ens34: { address6: "fd00:10::2/64" } },
    },
    web2: { address: "192.168.80.12/24", address6: "fd00:80::12/64" },
  },
  directors: ["lvs1", "lvs2"],
  ha: { routerId: 80, ...ha },
});

const marked = {
  name: "shop",
  fwmark: 7,
  match: [{ vip: "192.168.80.188", port: 8443 }],
  realservers: [{ host: "web1" }],
};

export const DESCRIPTIONS = {
  dr: described("fw", [web]),
  /** Another cluster that needs the same port, and one more. */
  other: described("other", [
    { ...web, vip: "192.168.80.189" },
    { ...web, name: "tls", vip: "192.168.80.189", port: 8444 },
  ]),
  range: described("fw", [
    {
      name: "shop",
      fwmark: 7,
      match: [
        { vip: "192.168.80.188", port: 8443 },
        { vip: "192.168.80.188", port: 8444 },
        { vip: "192.168.80.188", port: "8000-8099", protocol: "udp" },
      ],
      realservers: [{ host: "web1" }],
    },
  ]),
  tun: described(
    "fw",
    [
      { ...web, mode: "tun" },
      { ...web, name: "six", vip: "2001:db8::188", mode: "tun", realservers: [{ host: "web1" }] },
      {
        ...web,
        name: "gre",
        vip: "192.168.80.190",
        mode: "tun",
        tunnel: { type: "gre" },
        realservers: [{ host: "web1" }],
      },
    ],
    {},
  ),
  nat: described("fw", behind, nat),
  source: described("fw", behind, { ...nat, sourceNat: ["10.0.0.0/24"] }),
  pair: pair({}),
  /** And the sync of connections by a cable that has IPv6 alone. */
  multicast: pair({ unicast: false, sync: { interface: "ens34" } }),
  /** Rules that are no firewall's; and the same with the unit of one described. */
  marks: described("fw", [marked], { defaults: { firewall: "keep" } }),
  unit: described("fw", [marked], {
    defaults: { firewall: "keep" },
    hosts: { ...hosts, lvs1: { ...hosts.lvs1, units: ["nftables"] } },
  }),
  ...Object.fromEntries(
    ["firewalld", "ufw", "nftables", "netfilter-persistent"].map((unit) => [
      `started/${unit}`,
      described("fw", [web], { hosts: { ...hosts, lvs1: { ...hosts.lvs1, units: [unit] } } }),
    ]),
  ),
  disable: described("fw", [web], { defaults: { firewall: "disable" } }),
};
