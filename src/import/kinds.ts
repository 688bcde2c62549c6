/** What an input can be. The value is what a person calls it. */
export const kindTitles = {
  "ipvsadm-rules": "rules of ipvsadm-save",
  "ipvsadm-list": "a listing of ipvsadm -L",
  shell: "a shell script of a director or a real server",
  keepalived: "a keepalived.conf",
  ldirectord: "an ldirectord.cf",
  ifcfg: "an ifcfg file",
  interfaces: "an interfaces file of ifupdown",
  netplan: "a netplan file",
  keyfile: "a keyfile of NetworkManager",
  networkd: "a network file of systemd-networkd",
  sysctl: "a sysctl file",
  exports: "an exports file",
  fstab: "an fstab",
  hosts: "an /etc/hosts",
  "os-release": "an os-release file",
  hostname: "an /etc/hostname",
} as const;

export type Kind = keyof typeof kindTitles;
