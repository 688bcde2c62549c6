// Descriptions over few names: what one host is in a cluster, and what of a description may change from one day to the next.
import { HOST } from "./bundles.mjs";

/** Paths that a description may have as a file or a directory; some lie below others. */
const PLACES = {
  aa: ["/srv/a", "/srv/a/x", "/srv/a/x/y", "/srv/both/a", "/etc/app.conf", "/srv/share/note", "/srv/odd name/é"],
  bb: ["/srv/b", "/srv/b/x", "/srv/both/b", "/etc/motd.d/b"],
  cc: ["/srv/c/x", "/srv/c", "/srv/both/c", "/srv/b/c"],
};

/** What each cluster has of its own: this host's address, and where its VIPs begin. */
const OWN = {
  aa: { address: "192.168.80.12/24", vips: 0 },
  bb: { address: "192.168.80.13/24", vips: 10 },
  cc: { address: "192.168.80.14/24", vips: 20 },
};

export const DESCRIBED = Object.values(PLACES).flat();

/** Paths that people edit besides: what lvsgen owns in part, and what is nobody's. */
export const EDITED = [
  "/etc/fstab",
  "/etc/network/interfaces",
  "/etc/rc.d/rc.local",
  "/etc/default/ipvsadm",
  "/etc/selinux/config",
  "/etc/sysctl.d/99-zz-lvsgen-aa-realserver.conf",
  "/srv/a/by hand",
  "/srv/share/by hand",
  "/etc/by-hand",
];

const none = { as: "nothing" };
const file = (content, rights = {}) => ({ as: "file", content, ...rights });
const place = [
  [6, none],
  [3, file("one\n")],
  [3, file("two\n")],
  [1, file("no line end")],
  [1, file("")],
  [1, file("with a mode\n", { mode: "0640" })],
  [1, file("with an owner\n", { mode: "0755", owner: "2", group: "3" })],
  [2, { as: "directory" }],
  [1, { as: "directory", mode: "0750" }],
  [1, { as: "directory", mode: "2775", owner: "2" }],
];

/** Key to its values with their weights; the first is what a cluster starts with. */
export const FEATURES = {
  realserver: [
    [4, true],
    [1, false],
  ],
  director: [
    [3, false],
    [2, true],
  ],
  nfs: [
    [2, false],
    [2, true],
  ],
  vip: [
    [2, 188],
    [1, 189],
  ],
  network: [
    [3, "default"],
    [1, "other"],
  ],
  selinux: [
    [2, "keep"],
    [2, "permissive"],
  ],
  mode: [
    [3, "dr"],
    [1, "tun"],
  ],
  mount: [
    [3, undefined],
    [2, "/mnt/x"],
    [1, "/srv/a"],
    [1, "/srv/mnt/deep"],
    [1, "/mnt/x y"],
  ],
  export: [
    [2, { path: "/srv/share", mode: "0777" }],
    [1, { path: "/srv/share" }],
    [1, { path: "/srv/a/x", mode: "0755" }],
    [1, { path: "/opt/kgc", mode: "1777", owner: "2" }],
  ],
  ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((index) => [`place${index}`, place])),
};

/** The description, as data: this host as it is in the cluster, and others. A cluster may have got another name. */
export function describe(cluster, platform, features, name = cluster) {
  const isDirector = features.director;
  const hasRole = isDirector || features.realserver || features.nfs;
  const files = [];
  const directories = [];
  for (const [index, path] of PLACES[cluster].entries()) {
    const { as, ...rest } = features[`place${index}`] ?? none;
    if (files.some((one) => path.startsWith(`${one.path}/`))) continue;
    if (as === "file") files.push({ path, ...rest });
    if (as === "directory") directories.push({ path, ...rest });
  }
  const below = (path) => files.every((one) => path !== one.path && !path.startsWith(`${one.path}/`));
  const mounted = features.mount !== undefined && below(features.mount);
  // A directory may be exported as well, where it is described without rights of its own.
  const differs = ({ path, mode, owner }) => path === features.export.path && (mode ?? owner) !== undefined;
  const exported = features.nfs && below(features.export.path) && !directories.some(differs);
  const network = { debian12: "networkd", el7: "networkmanager" }[platform];
  const { address, vips } = OWN[cluster];
  return {
    version: 1,
    name,
    defaults: {
      platform,
      interface: "ens33",
      firewall: "keep",
      ...(platform === "el7" ? { selinux: features.selinux } : {}),
      mode: features.mode,
    },
    hosts: {
      [HOST]: {
        address,
        ...(features.network === "other" ? { network } : {}),
        ...(directories.length ? { directories } : {}),
        ...(files.length ? { files } : {}),
        ...(mounted ? { mounts: [{ source: "192.168.80.9:/opt/x", target: features.mount }] } : {}),
      },
      other: { address: "192.168.80.20/24" },
      another: { address: "192.168.80.21/24" },
    },
    directors: [isDirector ? HOST : "other"],
    services: [
      {
        name: "web",
        vip: `192.168.80.${features.vip + vips}`,
        port: 80,
        realservers: [{ host: "another" }, ...(features.realserver || !hasRole ? [{ host: HOST }] : [])],
      },
    ],
    ...(exported
      ? { nfs: { server: HOST, exports: [{ ...features.export, clients: { "192.168.80.0/24": ["rw", "sync"] } }] } }
      : {}),
  };
}
