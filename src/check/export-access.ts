import type { Cidr, ExportClient, Host } from "../model.ts";
import { contains, parseAddress, parseCidr, prefixOfMask, sameAddress } from "../net.ts";

/** Whether a client of an export is this host; `maybe` where only DNS or NIS could tell. */
export type Access = "yes" | "no" | "maybe";

/** How exports(5) reads a client: everyone, a netgroup, a network with prefix or mask, an address, a name. */
export function accessOf({ client }: ExportClient, host: Host, hostNames: ReadonlySet<string>): Access {
  if (client === "*") return "yes";
  if (client.startsWith("@")) return "maybe";
  const addresses = host.interfaces.flatMap((one) => one.addresses.map(({ address }) => address));
  const network = clientNetwork(client);
  if (network !== null) return yesOrNo(addresses.some((address) => contains(network, address)));
  const single = parseAddress(client);
  if (single !== null) return yesOrNo(addresses.some((address) => sameAddress(address, single)));
  if (client === host.name) return "yes";
  return hostNames.has(client) ? "no" : "maybe";
}

/** The network that a client of an export names by prefix length or mask, or null. */
export function clientNetwork(client: string): Cidr | null {
  return parseCidr(withPrefix(client));
}

/** `192.168.80.0/255.255.255.0` says the same as `192.168.80.0/24`. */
function withPrefix(client: string): string {
  const slash = client.indexOf("/");
  const prefix = slash === -1 ? null : prefixOfMask(client.slice(slash + 1));
  return prefix === null ? client : `${client.slice(0, slash)}/${prefix}`;
}

/** exports(5): without `rw` an export is read-only. */
export function isReadOnly({ options }: ExportClient): boolean {
  return !options.includes("rw");
}

function yesOrNo(is: boolean): Access {
  return is ? "yes" : "no";
}
