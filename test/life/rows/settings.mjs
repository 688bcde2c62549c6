// Kernel settings that the site's own files set otherwise at each boot, which real systemd-sysctl reads.
import { cluster, file, lines, packages, RC_LOCAL } from "../descriptions.mjs";
import { shows } from "../look.mjs";

const value = (key) => `cat /proc/sys/net/ipv4/${key}`;

export const SETTINGS = [
  {
    id: "A12",
    platform: "el7",
    role: "realserver",
    title: "a later file of sysctl.d takes ARP suppression back at each boot: refused by its line, or taken over",
    description: cluster("el7"),
    stands: lines(
      packages("el7"),
      file(
        "/etc/sysctl.d/zz-site.conf",
        lines(
          "# of the site",
          "net/ipv4/conf/all/arp_ignore = 0",
          "-net.ipv4.conf.all.arp_announce",
          "net.ipv4.ip_forward = 1",
        ),
      ),
    ),
    situation: [shows(value("ip_forward"), /^1$/m)],
    refused: {
      says: [
        "/etc/sysctl.d/zz-site.conf:2 sets net.ipv4.conf.all.arp_ignore to 0, and described is 1",
        "/etc/sysctl.d/zz-site.conf:3 leaves net.ipv4.conf.all.arp_announce as the kernel has it, and described is 2",
        "--adopt",
      ],
    },
    words: ["--adopt"],
    holds: [
      shows(value("conf/all/arp_ignore"), /^1$/m),
      shows(value("conf/all/arp_announce"), /^2$/m),
      shows("cat /etc/sysctl.d/zz-site.conf", /^# of the site\nnet.ipv4.ip_forward = 1\n$/),
    ],
    untilBoot: RC_LOCAL,
  },
  {
    id: "A12",
    platform: "debian12",
    role: "realserver",
    title: "lines that are read before, patterns, and sysctl.conf by its link stay, and take nothing back",
    description: cluster("debian12"),
    stands: lines(
      packages("debian12"),
      file("/etc/sysctl.d/zz-site.conf", lines("net.ipv4.conf.*.arp_ignore = 0", "net.ipv4.conf.*.arp_announce = 0")),
      file("/etc/sysctl.d/50-site.conf", "net.ipv4.conf.all.arp_ignore = 0"),
      "echo net.ipv4.conf.all.arp_announce = 0 >> /etc/sysctl.conf",
    ),
    situation: [shows(value("conf/all/arp_ignore"), /^0$/m)],
    holds: [shows(value("conf/all/arp_ignore"), /^1$/m), shows(value("conf/all/arp_announce"), /^2$/m)],
  },
  {
    id: "A12",
    platform: "debian12",
    role: "director",
    title: "a router's own file turns forwarding on again, by its other name: refused, or taken over",
    description: cluster("debian12", { defaults: { forwarding: "off" } }),
    stands: lines(packages("debian12"), file("/etc/sysctl.d/zz-router.conf", "net.ipv4.conf.all.forwarding=1")),
    situation: [shows(value("ip_forward"), /^1$/m)],
    refused: { says: ["/etc/sysctl.d/zz-router.conf:1 sets net.ipv4.ip_forward to 1, and described is 0"] },
    words: ["--adopt"],
    holds: [shows(value("ip_forward"), /^0$/m)],
  },
];
