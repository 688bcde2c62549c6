import type { Defaults, Host as HostConfig } from "../generated/config.ts";
import type { Cidr, Host, Interface, OwnAddress, Uplink } from "../model.ts";
import { platformOf } from "../platform/index.ts";
import { child } from "../pointer.ts";
import type { Context } from "./context.ts";
import { defaults as fallback } from "./defaults.ts";
import { type MountSources, resolveResources } from "./resources.ts";
import { type HostsByRole, rolesOf } from "./roles.ts";

/** What of a host is known before its mounts can be resolved. */
export interface HostAddresses {
  readonly address: Cidr | null;
  readonly address6: Cidr | null;
}

/** The addresses of every host's default interface, by name. */
export function resolveAddresses(context: Context): ReadonlyMap<string, HostAddresses> {
  return new Map(
    Object.entries(context.config.hosts).map(([name, host]) => {
      const pointer = child("/hosts", name);
      const addresses = readAddresses(context, host, pointer);
      if (host.address === undefined && host.address6 === undefined) {
        context.report("HOST_WITHOUT_ADDRESS", {
          pointer,
          part: "key",
          message: `${name} has no address`,
          hint: 'add "address" with its prefix length, such as "192.168.80.12/24", or "address6"',
        });
      }
      return [name, addresses];
    }),
  );
}

/**
 * Every host with its defaults filled in, in the order of the description.
 *
 * @param addresses what `resolveAddresses` has read; a host is resolved without those that could not be
 * @param sources how a mount finds its server, which may be another of these hosts
 */
export function resolveHosts(
  context: Context,
  roles: HostsByRole,
  addresses: ReadonlyMap<string, HostAddresses>,
  sources: MountSources,
): Host[] {
  return Object.entries(context.config.hosts).map(([name, host]) => {
    const pointer = child("/hosts", name);
    const own = addresses.get(name) ?? { address: null, address6: null };
    const inherited: Defaults = context.config.defaults ?? {};
    const interfaceName = host.interface ?? inherited.interface ?? missing(context, "interface", name, pointer);
    const hostRoles = rolesOf(name, roles);
    const platform = platformOf(host.platform ?? inherited.platform ?? missing(context, "platform", name, pointer));
    return {
      pointer,
      name,
      platform,
      network: host.network ?? inherited.network ?? platform.network.default,
      interface: interfaceName,
      ...own,
      interfaces: interfacesOf(context, host, pointer, interfaceName, own),
      rip: host.rip === undefined ? null : context.address(host.rip, `${pointer}/rip`),
      gateway: gatewayOf(context, host, pointer, own.address),
      gateway6: gateway6Of(context, host, pointer, own.address6),
      uplinks: uplinksOf(context, host, pointer),
      firewall: host.firewall ?? inherited.firewall ?? fallback.firewall,
      selinux: host.selinux ?? inherited.selinux ?? fallback.selinux,
      alias: host.alias ?? inherited.alias ?? null,
      forwarding: host.forwarding ?? inherited.forwarding ?? fallback.forwarding,
      roles: hostRoles,
      ...resolveResources(context, host, pointer, hostRoles.includes("realserver"), sources.of(name)),
    };
  });
}

function readAddresses(context: Context, written: HostAddressTexts, pointer: string): HostAddresses {
  const { address, address6 } = written;
  const read = {
    address: address === undefined ? null : context.cidr(address, `${pointer}/address`, 4),
    address6: address6 === undefined ? null : context.cidr(address6, `${pointer}/address6`, 6),
  };
  if ((address !== undefined && read.address === null) || (address6 !== undefined && read.address6 === null)) {
    context.lose(pointer);
  }
  return read;
}

type HostAddressTexts = Pick<HostConfig, "address" | "address6">;

/** A gateway that is only inherited counts for hosts with an address of its family alone. */
function gatewayOf({ config, address }: Context, host: HostConfig, pointer: string, own: Cidr | null): Host["gateway"] {
  const inherited = own === null ? undefined : config.defaults?.gateway;
  const text = host.gateway ?? inherited;
  if (text === undefined) return null;
  return address(text, host.gateway === undefined ? "/defaults/gateway" : `${pointer}/gateway`, 4);
}

function gateway6Of(
  { config, address }: Context,
  host: HostConfig,
  pointer: string,
  own: Cidr | null,
): Host["gateway6"] {
  const inherited = own === null ? undefined : config.defaults?.gateway6;
  const text = host.gateway6 ?? inherited;
  if (text === undefined) return null;
  return address(text, host.gateway6 === undefined ? "/defaults/gateway6" : `${pointer}/gateway6`, 6);
}

/** The default interface with all that is written for it, under its name among the further ones too, and then those. */
function interfacesOf(
  context: Context,
  host: HostConfig,
  pointer: string,
  main: string,
  own: HostAddresses,
): Interface[] {
  const further = Object.entries(host.interfaces ?? {}).map(([name, written]): Interface => {
    const at = child(`${pointer}/interfaces`, name);
    return { name, addresses: ownAddresses(context, readAddresses(context, written, at), written.addresses, at) };
  });
  const mine = further.filter(({ name }) => name === main).flatMap(({ addresses }) => addresses);
  return [
    { name: main, addresses: [...ownAddresses(context, own, host.addresses, pointer), ...mine] },
    ...further.filter(({ name }) => name !== main),
  ];
}

function uplinksOf(context: Context, { uplinks = [] }: HostConfig, host: string): Uplink[] {
  return uplinks.flatMap((written, index) => {
    const pointer = child(`${host}/uplinks`, index);
    const gateway = context.address(written.gateway, `${pointer}/gateway`);
    const vips = written.vips.map((text, at) => {
      const own = child(`${pointer}/vips`, at);
      const address = context.address(text, own);
      return address === null ? null : { pointer: own, address };
    });
    if (gateway === null || vips.includes(null)) context.lose(host);
    return gateway === null
      ? []
      : [{ pointer, gateway, interface: written.interface, vips: vips.filter((vip) => vip !== null) }];
  });
}

function ownAddresses(
  context: Context,
  { address, address6 }: HostAddresses,
  further: readonly string[] = [],
  pointer: string,
): OwnAddress[] {
  const more = further.map((text, index) => {
    const at = child(`${pointer}/addresses`, index);
    const cidr = context.cidr(text, at, text.includes(":") ? 6 : 4);
    if (cidr === null) context.lose(pointer);
    return cidr === null ? null : { ...cidr, pointer: at };
  });
  return [
    address === null ? null : { ...address, pointer: `${pointer}/address` },
    address6 === null ? null : { ...address6, pointer: `${pointer}/address6` },
    ...more,
  ].filter((cidr) => cidr !== null);
}

/** Reports a setting that neither the host nor `defaults` has; what comes back only keeps the types whole. */
function missing<Key extends keyof typeof stopgaps>(
  context: Context,
  key: Key,
  name: string,
  pointer: string,
): (typeof stopgaps)[Key] {
  const code = key === "interface" ? "HOST_WITHOUT_INTERFACE" : "HOST_WITHOUT_PLATFORM";
  // One mistake is one finding, however many hosts inherit it.
  if (!context.wasWritten(`/defaults/${key}`))
    context.report(code, {
      pointer,
      part: "key",
      message: `${name} has no "${key}", and neither has "defaults"`,
      hint: `add "${key}" here, or to "defaults" for every host`,
    });
  context.lose(pointer);
  return stopgaps[key];
}

/** Of a system that nobody named it cannot be said what it lacks: this one lacks nothing. */
const stopgaps = { interface: "", platform: "debian13" } as const;
