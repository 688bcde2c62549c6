import { remedy } from "../diagnostics/suggest.ts";
import { longestLabel } from "../lvs/label.ts";
import { directorDevice } from "../lvs/placement.ts";
import { isTunnelDevice } from "../lvs/tunnel.ts";
import { vipPointer } from "../model.ts";
import { child } from "../pointer.ts";
import type { Rule } from "./rule.ts";

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
      const name = directorDevice(director, service, vip);
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

/** ifcfg carries a VIP as an alias, whose label is the name of the interface, a colon and a name or at least a number. */
export const longAliasLabels: Rule = ({ directors, placements }, report) => {
  for (const director of directors.filter(({ network }) => network === "ifcfg")) {
    const aliases = (placements.get(director) ?? []).filter(
      ({ vip, device }) => vip.family === 4 && !isTunnelDevice(device),
    );
    for (const device of new Set(aliases.filter(({ label }) => label === null).map(({ device }) => device))) {
      const last = (director.alias ?? 0) + aliases.filter((alias) => alias.device === device).length - 1;
      const longest = `${device}:${last}`;
      const isDefault = device === director.interface;
      report("ALIAS_LABEL_TOO_LONG", {
        pointer: isDefault ? `${director.pointer}/interface` : child(`${director.pointer}/interfaces`, device),
        part: isDefault ? "value" : "key",
        message: `the alias ${longest} has ${longest.length} characters; the kernel takes ${longestLabel}`,
        hint: 'let an interface with a shorter name carry the VIP, or lo ("vipInterface")',
      });
    }
  }
};
