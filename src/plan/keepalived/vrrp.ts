import { hostCidr } from "../../lvs/placement.ts";
import type { Carried, Host, Vrrp, VrrpInstance } from "../../model.ts";
import type { Release } from "../../platform/keepalived.ts";

/**
 * What advertisements name in place of the addresses that move: an address on `lo` of whoever is master, by the router id, that no change
 * of the description changes. keepalived drops what names others than its own file does (`vrrp_check_packet`: "received an unexpected ip
 * number count"; 2.3 no longer does), so that directors between two versions of a description would all be master.
 */
export function signOf({ family, routerId }: VrrpInstance): string {
  // Of the link alone (RFC 3927; RFC 4291, 2.5.6); the first of IPv6 has to be (RFC 5798, 5.2.9).
  return family === 4 ? `169.254.112.${routerId}` : `fe80::70:${routerId.toString(16)}`;
}

/** That of IPv4 is the kernel's own, 224.0.0.81; for IPv6 it has none. A transient one of the link (RFC 4291, 2.7), named by the port. */
const syncGroup6 = "ff12::8848";

/** What the template of keepalived.conf says of VRRP on one director; a list, for it may be none. */
export function vrrpView(vrrp: Vrrp | null, cluster: string, host: Host) {
  if (vrrp === null) return [];
  const instances = vrrp.instances.map((instance) => instanceView(vrrp, instance, cluster, host));
  const [first] = instances;
  const told = vrrp.sync?.interfaces.get(host);
  return [
    {
      version: vrrp.version,
      // Of one alone keepalived says that it is not meant.
      groups: instances.length > 1 ? [{ name: cluster, members: instances.map(({ name }) => name) }] : [],
      sync:
        vrrp.sync === null || told === undefined || first === undefined
          ? []
          : [
              {
                interface: told,
                instance: first.name,
                id: vrrp.sync.id,
                group: vrrp.sync.family === 6 ? syncGroup6 : null,
              },
            ],
      instances,
    },
  ];
}

function instanceView(vrrp: Vrrp, instance: VrrpInstance, cluster: string, host: Host) {
  const { family, routerId, members } = instance;
  const sign = signOf(instance);
  const own = members.get(host);
  const others = [...members].filter(([member]) => member !== host);
  const carried = (vrrp.carried.get(host) ?? []).filter(({ address }) => address.family === family).map(addressWords);
  return {
    name: `${cluster}-v${family}`,
    nopreempt: !vrrp.preempt,
    interface: own?.interface ?? host.interface,
    routerId,
    priority: vrrp.priorities.get(host) ?? 1,
    // Version 2 knows no IPv6, which is a finding.
    version: vrrp.version,
    advertInterval: vrrp.advertInterval,
    oldChecksum: vrrp.unicast && vrrp.version === 3 && family === 4 && meetsOldChecksums(host, [...members.keys()]),
    address: own?.address.text ?? "",
    // By multicast IPv6 has an address of the link's own, which keepalived finds.
    speaksFrom: !vrrp.unicast && family === 4,
    peers: vrrp.unicast ? others.map(([, { address }]) => address.text) : [],
    sign: family === 4 ? [`${sign}/32`, "dev", "lo", "scope", "host"] : [`${sign}/128`, "dev", "lo"],
    carried,
  };
}

/** As keepalived.conf(5) has an address: on `lo` it is this host's alone, and never the source of what it sends itself. */
function addressWords({ address, device, label }: Carried): string[] {
  const scope = device === "lo" && address.family === 4 ? ["scope", "host"] : [];
  return [hostCidr(address), "dev", device, ...(label === null ? [] : ["label", label]), ...scope];
}

/**
 * Up to 1.3.6 the checksum of a unicast advertisement of version 3 is another one (`old_unicast_checksum` in keepalived.conf(5)).
 * Newer releases notice it once they hear it; a backup of the old kind is not heard.
 */
function meetsOldChecksums(host: Host, directors: readonly Host[]): boolean {
  return (
    !hasOldChecksum(host.platform.keepalived.release) &&
    directors.some(({ platform }) => hasOldChecksum(platform.keepalived.release))
  );
}

function hasOldChecksum([major, minor, patch]: Release): boolean {
  return major === 1 && (minor < 3 || (minor === 3 && patch <= 6));
}
