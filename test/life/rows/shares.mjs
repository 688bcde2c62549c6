// Mounts and exports of others for the same place, a mount that changes, and a host that is no longer described.
import { cluster, file, lines, mounting, packages, RC_LOCAL, share } from "../descriptions.mjs";
import { lacks, shows } from "../look.mjs";

const mounted = (platform, options = ["ro"]) => cluster(platform, { hosts: { web1: mounting(options) }, nfs: share });
const options = "findmnt -n -o OPTIONS /var/www/html";

export const SHARES = [
  ...["debian12", "el7"].map((platform) => ({
    id: "A7",
    platform,
    role: "realserver",
    title: "a line of fstab for the same mount point is refused, or taken over",
    description: mounted(platform),
    stands: lines(
      packages(platform),
      "mkdir -p /var/www/html",
      file(
        "/etc/fstab",
        lines("proc /proc proc defaults 0 0", "192.168.80.13:/opt/kgc /var/www/html/ nfs rw,_netdev 0 0", "# end"),
      ),
    ),
    situation: [shows(options, "rw")],
    refused: { says: ["in line 2: 192.168.80.13:/opt/kgc /var/www/html/ nfs rw,_netdev 0 0", "--adopt"] },
    words: ["--adopt"],
    holds: [shows(options, /^ro,/), lacks("cat /etc/fstab", "nfs rw,_netdev")],
    untilBoot: platform === "el7" ? RC_LOCAL : undefined,
  })),
  {
    id: "A7",
    platform: "debian12",
    role: "nfs",
    title: "an entry of /etc/exports for the same path and client is refused, or taken over",
    description: mounted("debian12"),
    stands: lines(
      packages("debian12"),
      "mkdir -p /opt/kgc /srv",
      file("/etc/exports", lines("# by hand", "/srv 10.0.0.0/8(ro)", "/opt/kgc 192.168.80.0/24(rw,sync)"), "644"),
    ),
    situation: [shows("exportfs -s", /^\/opt\/kgc .*[(,]rw,/m)],
    refused: { says: ["/etc/exports:3: /opt/kgc 192.168.80.0/24(rw,sync)"] },
    words: ["--adopt"],
    holds: [
      shows("exportfs -s", /^\/opt\/kgc .*[(,]ro,/m, "/srv"),
      lacks("exportfs -ra", "duplicated"),
      lacks("cat /etc/exports", "/opt/kgc"),
    ],
  },
  {
    id: "A8",
    platform: "el7",
    role: "realserver",
    title: "a mount's options change: remounted, and back with the rollback",
    description: mounted("el7"),
    next: mounted("el7", ["rw"]),
    stands: packages("el7"),
    holds: [shows(options, /^ro,/)],
    meanwhile: [
      {
        shell: "umount /var/www/html; mount -t nfs -o rw 192.168.80.13:/opt/kgc /var/www/html",
        words: ["verify", "--only", "mount"],
        code: 1,
        says: ["mounted otherwise than described: +ro"],
      },
      { words: ["apply"], looks: [shows(options, /^ro,/)] },
      { bundle: "next", words: ["apply"], looks: [shows(options, /^rw,/)] },
      { bundle: "next", words: ["verify", "--only", "mount"] },
      { bundle: "next", words: ["rollback"], looks: [shows(options, /^ro,/)] },
      { words: ["verify", "--only", "mount"] },
      { words: ["rollback"], looks: [shows(options, /^rw,/)] },
    ],
    untilBoot: RC_LOCAL,
  },
  {
    id: "A9",
    platform: "debian12",
    role: "realserver",
    title: "a host that has left the description is uninstalled by the new script, by its journal",
    description: mounted("debian12"),
    next: cluster("debian12", {
      hosts: { web1: undefined, web3: { address: "192.168.80.14/24" } },
      services: [
        {
          name: "web",
          vip: "192.168.80.188",
          port: 80,
          scheduler: "rr",
          realservers: [{ host: "web2" }, { host: "web3" }],
        },
      ],
    }),
    stands: packages("debian12"),
    holds: [shows(options, /^ro,/)],
    leave: {
      refused: ["apply", "check", "verify", "rollback"].map((command) => ({
        bundle: "next",
        words: [command],
        code: 78,
        says: ["this script is not for this host"],
      })),
      by: { bundle: "next", says: ["is not described any more"] },
    },
  },
];
