import {
  isSingle,
  networkValue,
  overlaps,
  reservedIn,
  sameAddress,
  sameNetwork,
  specialRange,
  withArticle,
} from "../net.ts";
import { addressesOf, cidrText, type HostAddress } from "./places.ts";
import type { Rule } from "./rule.ts";

/** An address belongs to one interface of one host. */
export const duplicateAddresses: Rule = ({ hosts }, report) => {
  const first = new Map<string, HostAddress>();
  for (const one of hosts.flatMap(addressesOf)) {
    const { text } = one.cidr.address;
    const other = first.get(text);
    if (other === undefined) {
      first.set(text, one);
      continue;
    }
    report("DUPLICATE_ADDRESS", {
      pointer: one.pointer,
      message: `${text} is an address of ${other.host.name}${other.host === one.host ? " already" : " too"}`,
      hint: `give ${one.host.name} an address of its own`,
      related: [{ pointer: other.pointer, message: "the first one" }],
    });
  }
};

/** Hosts of a segment agree on its prefix length, and interfaces of a host are on separate networks. */
export const overlappingNetworks: Rule = ({ hosts }, report) => {
  const networks = new Map<string, HostAddress[]>();
  for (const one of hosts.flatMap(addressesOf)) {
    if (isSingle(one.cidr)) continue;
    const key = `${one.cidr.address.family} ${networkValue(one.cidr)}/${one.cidr.prefix}`;
    const members = networks.get(key);
    if (members === undefined) networks.set(key, [one]);
    else members.push(one);
  }
  const groups = [...networks.values()];
  groups.forEach((group, index) => {
    for (const other of groups.slice(index + 1)) reportOverlap(group, other, report);
    reportSharedNetwork(group, report);
  });
};

/** The network with fewer hosts is more likely the slip; of two alike, the later one. */
function reportOverlap(a: readonly HostAddress[], b: readonly HostAddress[], report: Parameters<Rule>[1]): void {
  const [odd, usual] = a.length < b.length ? [a[0], b[0]] : [b[0], a[0]];
  if (odd === undefined || usual === undefined || !overlaps(odd.cidr, usual.cidr)) return;
  report("OVERLAPPING_NETWORKS", {
    pointer: odd.pointer,
    message: `the network of ${cidrText(odd.cidr)} overlaps that of ${cidrText(usual.cidr)} (${usual.host.name})`,
    hint: "write the same prefix length on one segment, and separate networks for separate ones",
    related: [{ pointer: usual.pointer, message: "the other network" }],
  });
}

function reportSharedNetwork(group: readonly HostAddress[], report: Parameters<Rule>[1]): void {
  const first = new Map<HostAddress["host"], HostAddress>();
  for (const one of group) {
    const other = first.get(one.host);
    // Several addresses of one network on one interface are no second way there.
    if (other?.interface === one.interface) continue;
    if (other === undefined) {
      first.set(one.host, one);
    } else if (sameNetwork(one.cidr, other.cidr) && one.cidr.address.text !== other.cidr.address.text) {
      report("OVERLAPPING_NETWORKS", {
        pointer: one.pointer,
        message: `${one.interface} and ${other.interface} of ${one.host.name} are on one network`,
        hint: "put the second interface on a network of its own",
        related: [{ pointer: other.pointer, message: "the other interface" }],
      });
    }
  }
}

/** The first and the last address of a network are not a host's. */
export const networkOrBroadcastAddresses: Rule = ({ hosts }, report) => {
  for (const { cidr, pointer, host } of hosts.flatMap(addressesOf)) {
    const kind = reservedIn(cidr, cidr.address);
    if (kind === null) continue;
    report("NETWORK_OR_BROADCAST_ADDRESS", {
      pointer,
      message: `${cidr.address.text} is the ${kind} address of its network /${cidr.prefix}`,
      hint: `give ${host.name} an address between the first and the last, or correct the prefix length`,
    });
  }
};

/** Addresses of no network have no place on an interface of a host. */
export const unusableAddresses: Rule = ({ hosts }, report) => {
  for (const { cidr, pointer, host } of hosts.flatMap(addressesOf)) {
    const kind = specialRange(cidr.address);
    if (kind === null) continue;
    report("UNUSABLE_ADDRESS", {
      pointer,
      message: `${cidr.address.text} is ${withArticle(kind)} address`,
      hint: `give ${host.name} an address of the network that it serves`,
    });
  }
};

/** What the table is to have of a host is an address of that host. */
export const foreignRips: Rule = ({ hosts }, report) => {
  for (const host of hosts) {
    const { rip, name, pointer } = host;
    const own = addressesOf(host);
    if (rip === null || own.some(({ cidr }) => sameAddress(cidr.address, rip))) continue;
    report("RIP_NOT_OF_HOST", {
      pointer: `${pointer}/rip`,
      message: `${rip.text} is no address of ${name}`,
      hint: `write one of ${own.map(({ cidr }) => cidr.address.text).join(", ")}, or add it to "addresses"`,
      related: own.map((one) => ({ pointer: one.pointer, message: `an address of ${name}` })),
    });
  }
};
