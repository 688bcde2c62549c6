import { createHash } from "node:crypto";
import { escapedName } from "../platform/systemd.ts";

/** Names of what lvsgen owns on a host: `lvsgen-kgc-director`, with the cluster and the role in it. */
export function ownName(cluster: string, role: string): string {
  return `lvsgen-${cluster}-${role}`;
}

/**
 * Name of the sysctl fragment. The last file name wins, and on EL7 `99-sysctl.conf` is a link to
 * /etc/sysctl.conf: `99-zz-` comes after it (pitfall 22, sysctl.d(5)).
 */
export function sysctlFile(cluster: string, role: string): string {
  return `/etc/sysctl.d/99-zz-${ownName(cluster, role)}.conf`;
}

export function modulesFile(cluster: string, role: string): string {
  return `/etc/modules-load.d/${ownName(cluster, role)}.conf`;
}

/** Bytes of a file's name beside which there is room for that of its new content. */
const longestName = 247;

/**
 * File of an export: `/etc/exports.d/lvsgen-opt-kgc@192.168.80.0-24.exports`, without a client where it is for every one. It has no cluster in it, and each
 * client has a file of its own: exportfs fails where two files have the same path for the same client, and with it the NFS server's start; so whatever
 * clusters describe it, as two do while one is renamed, it stands in one file, which each of them holds.
 */
export function exportFile(path: string, client: string): string {
  const name = `lvsgen-${escapedName(path.slice(1))}${client === "*" ? "" : `@${escapedName(client)}`}`;
  const end = ".exports";
  const whole = name.length + end.length <= longestName;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return `/etc/exports.d/${whole ? name : `${name.slice(0, 200)}~${hash}`}${end}`;
}

/** Drop-in of a unit: `/etc/systemd/system/httpd.service.d/lvsgen-kgc-realserver.conf`. */
export function dropIn(unit: string, cluster: string, role: string): string {
  return `/etc/systemd/system/${unit}.d/${ownName(cluster, role)}.conf`;
}

/** A unit name with its type: `httpd` is `httpd.service` (systemctl(1)). */
export function fullUnit(name: string): string {
  return /\.(service|socket|target|mount|timer|path|slice|scope|swap|automount|device)$/.test(name)
    ? name
    : `${name}.service`;
}

/** `net.ipv4.conf.ens33.arp_ignore`; with slashes where the interface has a dot in its name (sysctl.d(5)). */
export function interfaceKey(family: "ipv4" | "ipv6", device: string, name: string): string {
  return device.includes(".") ? `net/${family}/conf/${device}/${name}` : `net.${family}.conf.${device}.${name}`;
}
