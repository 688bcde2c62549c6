import { remedy } from "../diagnostics/suggest.ts";
import type { Address, Cluster, Host, Service } from "../model.ts";
import { contains } from "../net.ts";
import { child } from "../pointer.ts";
import { vipPointer } from "./places.ts";
import type { Rule } from "./rule.ts";

/** The interface that carries a VIP on a director: as written, or the one whose subnet holds it, or the default one. */
function carrier(director: Host, { vipInterface }: Service, vip: Address): string {
  if (vipInterface !== null) return vipInterface;
  const near = director.interfaces.find(({ addresses }) => addresses.some((cidr) => contains(cidr, vip)));
  return near?.name ?? director.interface;
}

/** `vipInterface` names a NIC of the director, or what it always has. */
export const unknownVipInterfaces: Rule = ({ services, directors }, report) => {
  for (const { vipInterface, pointer, realServers } of services) {
    if (vipInterface === null || vipInterface === "lo") continue;
    if (vipInterface === "tunl0" && realServers.some(({ mode }) => mode === "tun")) continue;
    for (const director of directors) {
      const names = director.interfaces.map(({ name }) => name);
      if (names.includes(vipInterface)) continue;
      report("UNKNOWN_VIP_INTERFACE", {
        pointer: `${pointer}/vipInterface`,
        message:
          vipInterface === "tunl0"
            ? "tunl0 carries a VIP only in TUN"
            : `${director.name} has no interface ${JSON.stringify(vipInterface)}`,
        hint: remedy(vipInterface, [...names, "lo"]),
        related: [{ pointer: director.pointer, part: "key", message: "the director" }],
      });
    }
  }
};

/** One VIP is on one interface. */
export const vipInterfaceConflicts: Rule = ({ services, directors }, report) => {
  const first = new Map<string, { readonly name: string; readonly pointer: string }>();
  const [director] = directors;
  if (director === undefined) return;
  for (const service of services) {
    for (const vip of service.vips) {
      const name = carrier(director, service, vip);
      const other = first.get(vip.text);
      if (other === undefined) first.set(vip.text, { name, pointer: vipPointer(service, vip) });
      else if (other.name !== name) {
        report("VIP_INTERFACE_CONFLICT", {
          pointer: service.vipInterface === null ? vipPointer(service, vip) : `${service.pointer}/vipInterface`,
          message: `the VIP ${vip.text} would be on ${name} here and on ${other.name} for another service`,
          hint: 'write the same "vipInterface" for every service of the VIP',
          related: [{ pointer: other.pointer, message: `on ${other.name}` }],
        });
      }
    }
  }
};

/** IFNAMSIZ less the final NUL: the longest label of an address. */
const maxLabel = 15;

/** ifcfg carries a VIP as an alias, whose label is the name of the interface, a colon and a number. */
export const longAliasLabels: Rule = (cluster, report) => {
  for (const director of cluster.directors.filter(usesAliases)) {
    for (const [name, count] of vipsByInterface(director, cluster)) {
      const longest = `${name}:${count - 1}`;
      if (name === "lo" || longest.length <= maxLabel) continue;
      const isDefault = name === director.interface;
      report("ALIAS_LABEL_TOO_LONG", {
        pointer: isDefault ? `${director.pointer}/interface` : child(`${director.pointer}/interfaces`, name),
        part: isDefault ? "value" : "key",
        message: `the alias ${longest} has ${longest.length} characters; the kernel takes ${maxLabel}`,
        hint: 'let an interface with a shorter name carry the VIP, or lo ("vipInterface")',
      });
    }
  }
};

function usesAliases({ network, platform }: Host): boolean {
  return network === "ifcfg" || (network === null && platform === "el7");
}

function vipsByInterface(director: Host, { services }: Cluster): Map<string, number> {
  const carriers = new Map<string, string>();
  for (const service of services)
    for (const vip of service.vips) carriers.set(vip.text, carrier(director, service, vip));
  const counts = new Map<string, number>();
  for (const name of carriers.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
