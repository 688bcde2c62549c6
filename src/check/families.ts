import { modesOf } from "../lvs/modes.ts";
import { vipPointer } from "../model.ts";
import { specialRange } from "../net.ts";
import { distinctEntries } from "./entries.ts";
import { machineName, machinePointer } from "./places.ts";
import type { Rule } from "./rule.ts";

/** A mark is looked up per family, so the VIPs of one service are of one. */
export const mixedMatches: Rule = ({ services }, report) => {
  for (const { frontend, family, vips } of services) {
    if (frontend.kind !== "fwmark") continue;
    const odd = frontend.matches.find(({ vip }) => vip.family !== family);
    const [first] = frontend.matches;
    if (odd === undefined || first === undefined) continue;
    report("MIXED_FAMILIES", {
      pointer: `${odd.pointer}/vip`,
      message: `${odd.vip.text} is IPv${odd.vip.family} while ${vips[0]?.text} is IPv${family}`,
      hint: "make a service of its own for each family",
      related: [{ pointer: `${first.pointer}/vip`, message: `IPv${family}` }],
    });
  }
};

/** Only a tunnel carries one family in the other. */
export const mixedRealServers: Rule = (cluster, report) => {
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    const [vip] = service.vips;
    if (vip === undefined || realServer.mode === "tun" || realServer.address.family === vip.family) continue;
    // An address that no machine has on a network is a finding of its own.
    if (realServer.host === null && specialRange(realServer.address) !== null) continue;
    const name = machineName(realServer);
    report("MIXED_FAMILIES", {
      pointer: machinePointer(service, index),
      message: `${name} has no IPv${vip.family} address, which the VIP ${vip.text} needs in ${realServer.mode.toUpperCase()}`,
      hint:
        realServer.host === null ? "write an address of the family of the VIP" : `give ${name} "${keyOf(vip.family)}"`,
      related: [{ pointer: vipPointer(service, vip), message: `IPv${vip.family}` }],
    });
  }
};

/** A director without an address of the VIP's family has no way to the real servers. */
export const mixedDirectors: Rule = ({ services, directors }, report) => {
  for (const service of services) {
    const [vip] = service.vips;
    if (vip === undefined || [...modesOf(service)].every((mode) => mode === "tun")) continue;
    const without = directors.find(({ address, address6, interfaces }) => {
      const own = [address, address6, ...interfaces.flatMap(({ addresses }) => addresses)].filter(
        (one) => one !== null,
      );
      return own.length > 0 && own.every((cidr) => cidr.address.family !== vip.family);
    });
    if (without === undefined) continue;
    report("MIXED_FAMILIES", {
      pointer: vipPointer(service, vip),
      message: `the VIP ${vip.text} is IPv${vip.family} and the director ${without.name} has no such address`,
      hint: `give ${without.name} "${keyOf(vip.family)}", or use a VIP of its family`,
      related: [{ pointer: without.pointer, part: "key", message: "the director" }],
    });
  }
};

function keyOf(family: 4 | 6): string {
  return family === 4 ? "address" : "address6";
}
