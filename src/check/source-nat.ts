import type { Address, RealServer } from "../model.ts";
import { contains, networkText, networkValue, overlaps } from "../net.ts";
import { distinctEntries } from "./entries.ts";
import { addressesOf, cidrText } from "./places.ts";
import type { Rule } from "./rule.ts";

/** A network is named by its first address. */
export const addressesAsNetworks: Rule = ({ sourceNat }, report) => {
  for (const { network, pointer } of sourceNat) {
    if (network.address.value === networkValue(network)) continue;
    report("BAD_ADDRESS", {
      pointer,
      message: `${JSON.stringify(cidrText(network))} is an address in its network, not the network`,
      hint: `write ${JSON.stringify(networkText(network))}, or the prefix length of a smaller network`,
    });
  }
};

/** What lies in two networks would be in the list twice. */
export const overlappingSourceNat: Rule = ({ sourceNat }, report) => {
  sourceNat.forEach(({ network, pointer }, index) => {
    const other = sourceNat.slice(0, index).find((earlier) => overlaps(earlier.network, network));
    if (other === undefined) return;
    report("SOURCE_NAT_OVERLAP", {
      pointer,
      message: `${cidrText(network)} overlaps ${cidrText(other.network)}`,
      hint: "keep the larger of the two, or correct a prefix length",
      related: [{ pointer: other.pointer, message: "the other network" }],
    });
  });
};

/** Only real servers in NAT have the director as their gateway. */
export const unusedSourceNat: Rule = (cluster, report) => {
  for (const { network, pointer } of cluster.sourceNat) {
    const isUsed = distinctEntries(cluster).some(
      ({ realServer }) =>
        realServer.mode === "nat" && addressesOfMachine(realServer).some((own) => contains(network, own)),
    );
    if (isUsed) continue;
    report("SOURCE_NAT_UNUSED", {
      pointer,
      message: `no real server in NAT lies in ${cidrText(network)}`,
      hint: "write the network of the real servers whose gateway is the director",
    });
  }
};

/** All that are known: a service of IPv4 says nothing of what its machines do over IPv6. */
function addressesOfMachine({ host, address }: RealServer): Address[] {
  return [address, ...(host === null ? [] : addressesOf(host).map(({ cidr }) => cidr.address))];
}
