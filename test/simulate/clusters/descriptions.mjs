// Clusters that have one host in common, by letter and version: what they share differs from version to version, and nothing that one describes
// contradicts another (that is refused, and other suites have it).
import { HOST } from "../bundles.mjs";

const ADDRESS = "192.168.80.10/24";
export const NETWORK = { director: "192.168.80.10", nic: `ens33=${ADDRESS}` };

const others = [{ host: "other" }, { host: "another", weight: 2 }];
const service = (name, vip, port, more = {}) => ({
  name,
  vip: `192.168.80.${vip}`,
  port,
  realservers: others,
  ...more,
});
const mount = (target, more = {}) => ({ source: "192.168.80.9:/opt/x", target, ...more });
const file = (path, content) => ({ path, content });
const network = (number) => `192.168.${number}.0/24`;
const share = (path, clients, more = {}) => ({
  path,
  clients: Object.fromEntries(clients.map((one) => [one, ["rw", "sync"]])),
  ...more,
});

const backlog = { "net.core.somaxconn": "1024" };

/** Role to letter to what each version of the cluster describes of this host in that role, and of the cluster because of it. */
const VERSIONS = {
  director: {
    aa: [
      { services: [service("web", 188, 80)], host: { sysctls: backlog } },
      {
        services: [
          service("web", 189, 80, { scheduler: "wrr", persistence: { timeout: 300 } }),
          service("dns", 189, 53, { protocol: "udp", scheduler: "rr" }),
        ],
        host: { forwarding: "off" },
      },
    ],
    bb: [
      // The VIP of another, with a port of its own; then a VIP of its own.
      { services: [service("safe", 188, 443)], host: { sysctls: backlog } },
      { services: [service("safe", 198, 443, { scheduler: "sh" })], host: { sysctls: backlog } },
    ],
    cc: [
      // The same service as another's, and one more; then one that is its own.
      { services: [service("web", 188, 80), service("mail", 208, 25)], host: { forwarding: "off" } },
      { services: [service("mail", 208, 25, { scheduler: "wrr" })], host: {} },
    ],
  },
  realserver: {
    aa: [
      {
        services: [service("web", 138, 80)],
        host: { mounts: [mount("/srv/mnt/x")], files: [file("/srv/both/a", "a\n")], sysctls: backlog },
      },
      {
        services: [service("web", 139, 80)],
        host: { mounts: [mount("/srv/mnt/deep/x")], files: [file("/srv/both/a", "changed\n")], web: true },
      },
    ],
    bb: [
      {
        services: [service("safe", 138, 443)],
        host: {
          mounts: [mount("/srv/mnt/x y", { source: "192.168.80.9:/opt/y", options: ["ro"] })],
          directories: [{ path: "/srv/both" }],
          files: [file("/srv/both/b", "b\n")],
          web: true,
        },
      },
      {
        services: [service("safe", 148, 443)],
        host: { directories: [{ path: "/srv/both" }], sysctls: backlog },
      },
    ],
    cc: [
      // The same share as another's, where a hand's line of fstab has something else.
      {
        services: [service("web", 138, 80)],
        host: { mounts: [mount("/srv/mnt/x")], files: [file("/srv/both/c", "c\n")], web: true },
      },
      { services: [service("mail", 158, 25)], host: { files: [file("/srv/cc/c", "c\n")] } },
    ],
  },
  nfs: {
    aa: [
      { exports: [share("/srv/share", [network(80)], { mode: "0777" })] },
      { exports: [share("/srv/share", [network(80)], { mode: "0777" }), share("/srv/kgc", [network(81)])] },
    ],
    bb: [
      // Another's directory for other clients; then one below it.
      { exports: [share("/srv/share", [network(82)])] },
      { exports: [share("/srv/share/below", [network(80)], { mode: "0750" })] },
    ],
    cc: [
      // The very same export; then one that another has in one of its versions for others.
      { exports: [share("/srv/share", [network(80)], { mode: "0777" })] },
      { exports: [share("/srv/kgc", [network(80)])] },
    ],
  },
};

/** What a host is to each cluster: all the same, or each something else. */
export const SHAPES = {
  director: { aa: ["director"], bb: ["director"], cc: ["director"] },
  realserver: { aa: ["realserver"], bb: ["realserver"], cc: ["realserver"] },
  nfs: { aa: ["nfs"], bb: ["nfs"], cc: ["nfs"] },
  mixed: { aa: ["director", "nfs"], bb: ["realserver"], cc: ["realserver", "nfs"] },
};
export const LETTERS = ["aa", "bb", "cc"];
export const VERSIONS_OF_EACH = 2;

/** A cluster's two names begin with its letter. */
export const letterOf = (name) => name.slice(0, 2);

const WEB = { debian12: "apache2", el7: "httpd" };

/** @param face `{ name, version }` */
export function describe(platform, shape, { name, version }) {
  const letter = letterOf(name);
  const roles = SHAPES[shape][letter];
  const of = Object.fromEntries(roles.map((role) => [role, VERSIONS[role][letter][version]]));
  const { web, ...host } = { ...of.director?.host, ...of.realserver?.host };
  // Whoever is no real server itself balances to the others alone.
  const services = (of.director ?? of.realserver)?.services ?? [service("web", 250, 80)];
  return {
    version: 1,
    name,
    defaults: { platform, interface: "ens33", firewall: "keep", ...(platform === "el7" ? { selinux: "keep" } : {}) },
    hosts: {
      [HOST]: { address: ADDRESS, ...host },
      other: { address: "192.168.80.20/24" },
      another: { address: "192.168.80.21/24" },
      elsewhere: { address: "192.168.80.22/24" },
    },
    directors: [of.director ? HOST : "elsewhere"],
    services: services.map((one) => (of.realserver ? { ...one, realservers: [...others, { host: HOST }] } : one)),
    ...(web ? { realserver: { packages: [WEB[platform]], units: [WEB[platform]] } } : {}),
    ...(of.nfs ? { nfs: { server: HOST, ...of.nfs } } : {}),
  };
}
