// The hosts that a year begins with: for each platform, groups of files of which one choice each is taken. (Form: tree.mjs)
const everywhere = [
  [
    {},
    { "/etc/fstab": "proc /proc proc defaults 0 0\n" },
    { "/etc/fstab": "proc /proc proc defaults 0 0" },
    { "/etc/fstab": { text: "# crlf\r\nproc /proc proc defaults 0 0\r\n", mode: "0600" } },
    { "/etc/fstab": "\n\n# empty lines\n\n" },
  ],
  [
    {},
    { "/srv/a": { text: "someone's\n", mode: "0600", owner: 2 } },
    { "/srv/a": { directory: "2775", owner: 3 }, "/srv/a/x": "someone's, below\n" },
    { "/srv/a/x": { directory: "0700" } },
    { "/srv/target": "behind a link\n", "/srv/a": { link: "/srv/target" } },
  ],
  [
    {},
    { "/srv/share": { directory: "1777" }, "/srv/share/theirs": "kept\n" },
    { "/etc/app.conf": "as shipped\n" },
    { "/etc/app.conf": { link: "app.d/conf" }, "/etc/app.d/conf": "shipped\n" },
  ],
  [
    {},
    { "/etc/sysctl.d": { directory: "0755" } },
    { "/etc/modules-load.d": { directory: "0755" }, "/etc/sysctl.d": { directory: "0755" } },
  ],
];

export const WORLDS = {
  debian12: [
    [{ "/etc/os-release": 'ID=debian\nVERSION_ID="12"\n' }],
    ...everywhere,
    [
      {},
      { "/etc/network/interfaces": "auto lo\niface lo inet loopback\n" },
      { "/etc/network/interfaces": "source /etc/network/interfaces.d/*\n\nauto lo\niface lo inet loopback" },
      {
        "/etc/network/interfaces": { text: "auto lo\r\n", mode: "0600" },
        "/etc/network/interfaces.d": { directory: "0755" },
      },
    ],
    [
      {},
      { "/etc/default/ipvsadm": 'AUTO="false"\nDAEMON="none"\n' },
      { "/etc/default/ipvsadm": "# by hand\nAUTO=no\nDAEMON=none\nAUTO=maybe" },
    ],
  ],
  el7: [
    [{ "/etc/os-release": 'ID="centos"\nVERSION_ID="7"\n' }],
    ...everywhere,
    [
      {},
      {
        "/etc/rc.d/rc.local": "#!/bin/bash\ntouch /var/lock/subsys/local\n",
        "/etc/rc.local": { link: "rc.d/rc.local" },
      },
      { "/etc/rc.d/rc.local": { text: "#!/bin/sh\n\nexit 0\n# never run", mode: "0755" } },
      { "/etc/rc.d/rc.local": "#!/bin/sh\r\ntrue\r\n" },
    ],
    [
      {},
      { "/etc/selinux/config": "SELINUX=enforcing\nSELINUXTYPE=targeted\n" },
      { "/etc/selinux/config": "SELINUX=disabled\n# twice\nSELINUX=enforcing" },
    ],
    [{}, { "/etc/sysconfig/ipvsadm": { text: "-A -t 10.0.0.1:80 -s rr\n", mode: "0600" } }],
  ],
};
