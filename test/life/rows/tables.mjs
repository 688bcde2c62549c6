// The table of IPVS: services of others, weights, who is drained, and marks.
import { cluster, file, lines, packages, service } from "../descriptions.mjs";
import { shows } from "../look.mjs";

const RULES = { el7: "/etc/sysconfig/ipvsadm", debian12: "/etc/ipvsadm.rules" };
const theirs = "-a -t 192.168.80.99:80 -r 192.168.80.12:80 -g -w 3";
/** Without loading the module, which would be there before the apply then. */
const table = 'if lsmod | grep -q "^ip_vs "; then ipvsadm -S -n; fi';

/** Whoever has services in that file has it loaded at boot. */
const LOADED = {
  el7: "systemctl -q enable ipvsadm",
  debian12: lines('printf \'AUTO="true"\\nDAEMON="none"\\n\' > /etc/default/ipvsadm', "systemctl -q enable ipvsadm"),
};
const weighted = (weight) =>
  cluster("debian12", {
    services: [service("web", "192.168.80.188", 80, { realservers: [{ host: "web1", weight }, { host: "web2" }] })],
  });

/** As tutorials have it: a script for start and stop, which rc.local calls. */
const BY_HAND = lines(
  "#!/bin/bash",
  "VIP=192.168.80.188",
  'case "$1" in',
  "start)",
  "  ipvsadm -C",
  "  ipvsadm -A -t $VIP:80 -s wlc",
  "  ipvsadm -a -t $VIP:80 -r 192.168.80.12:80 -g",
  "  ;;",
  "stop)",
  "  ipvsadm -C",
  "  ;;",
  "esac",
);
/** What a boot runs it by, and how somebody takes it out. */
const BOOTED = {
  el7: {
    file: "/etc/rc.d/rc.local",
    text: lines("#!/bin/bash", "/usr/local/sbin/lvs_dr.sh start"),
    mode: "755",
    enabled: ":",
    cleared: "sed -i '/lvs_dr/d' /etc/rc.d/rc.local",
  },
  debian12: {
    file: "/etc/systemd/system/lvs.service",
    text: lines(
      "[Service]",
      "Type=oneshot",
      "RemainAfterExit=yes",
      "ExecStart=/usr/local/sbin/lvs_dr.sh start",
      "[Install]",
      "WantedBy=multi-user.target",
    ),
    mode: "644",
    enabled: "systemctl -q enable lvs",
    cleared: "systemctl -q disable lvs",
  },
};

export const TABLES = [
  ...["el7", "debian12"].map((platform) => ({
    id: "A13",
    platform,
    role: "director",
    title: "a script of a hand's clears the table and sets it at each boot: refused by its line",
    description: cluster(platform),
    stands: lines(
      packages(platform),
      "printf 'ip_vs\\nip_vs_wlc\\n' >> /etc/modules-load.d/site.conf",
      file("/usr/local/sbin/lvs_dr.sh", BY_HAND, "755"),
      file(BOOTED[platform].file, BOOTED[platform].text, BOOTED[platform].mode),
      BOOTED[platform].enabled,
    ),
    situation: [shows(table, "-A -t 192.168.80.188:80 -s wlc")],
    refused: {
      code: 69,
      says: [`/usr/local/sbin/lvs_dr.sh:5 ipvsadm -C (${BOOTED[platform].file})`, "Take it out there"],
    },
    cleared: BOOTED[platform].cleared,
    holds: [shows(table, "-A -t 192.168.80.188:80 -s rr", "-r 192.168.80.13:80")],
  })),
  ...["el7", "debian12"].map((platform) => ({
    id: "A4",
    platform,
    role: "director",
    title: "services of others in the rules file and in the table outlive the boot",
    description: cluster(platform),
    stands: lines(
      packages(platform),
      file(RULES[platform], lines("# by hand", "-A -t 192.168.80.99:80 -s wlc", theirs)),
      "printf 'ip_vs\\nip_vs_wlc\\nip_vs_rr\\n' >> /etc/modules-load.d/site.conf",
      LOADED[platform],
    ),
    situation: [shows(table, theirs)],
    holds: [
      shows(table, theirs, "-A -t 192.168.80.188:80 -s rr"),
      shows(`cat ${RULES[platform]}`, theirs, "-A -t 192.168.80.188:80 -s rr"),
    ],
    // EL's unit writes at each stop what is live, without comments.
    differs: platform === "el7" ? /\/etc\/sysconfig\/ipvsadm$/ : undefined,
  })),
  {
    id: "A11",
    platform: "debian12",
    role: "director",
    title: "a rollback undoes the weights, and who was put back into rotation stays there",
    description: weighted(1),
    next: weighted(7),
    stands: packages("debian12"),
    holds: [shows(table, "-r 192.168.80.12:80 -g -w 1", "-r 192.168.80.13:80 -g -w 1")],
    meanwhile: [
      { bundle: "next", words: ["apply"], looks: [shows(table, "-r 192.168.80.12:80 -g -w 7")] },
      {
        bundle: "next",
        words: ["drain", "web2", "--drain", "0"],
        looks: [shows(table, "-r 192.168.80.13:80 -g -w 0")],
      },
      { bundle: "next", words: ["undrain", "web2"] },
      {
        bundle: "next",
        words: ["rollback", "--drain", "0"],
        looks: [shows(table, "-r 192.168.80.12:80 -g -w 1", "-r 192.168.80.13:80 -g -w 1")],
      },
      { words: ["apply"], says: [" changed=0 "] },
    ],
  },
  {
    id: "B14",
    platform: "debian12",
    role: "director",
    title: "a mark of 2^31 and more, which ipvsadm shows as a negative number",
    description: cluster("debian12", {
      services: [
        {
          name: "shop",
          fwmark: 3516183003,
          match: [{ vip: "192.168.80.188", protocol: "tcp", port: 80 }],
          scheduler: "rr",
          realservers: [{ host: "web1" }],
        },
      ],
    }),
    stands: lines(
      packages("debian12"),
      "apt-get install -y -q nftables > /dev/null; systemctl -q disable --now nftables",
      "mv /usr/sbin/ipvsadm /usr/sbin/ipvsadm.plain",
      file(
        "/usr/sbin/ipvsadm",
        lines(
          "#!/bin/bash",
          'case " $* " in',
          "  *' -S '* | *' -Sn '*) set -o pipefail; ipvsadm.plain \"$@\" | perl -pe 's/ -f (\\d+)/sprintf q( -f %d), $1 >= 2**31 ? $1 - 2**32 : $1/e' ;;",
          '  *) exec ipvsadm.plain "$@" ;;',
          "esac",
        ),
        "755",
      ),
    ),
    holds: [shows(table, "-A -f -778784293 -s rr"), shows("nft list ruleset", "mark set 0xd194b1db")],
  },
];
