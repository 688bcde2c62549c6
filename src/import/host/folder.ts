import type { Facts, FoundHost, FoundInterface } from "../facts.ts";
import type { Place } from "../place.ts";
import type { Input } from "../reading.ts";

/** The host that an input is from: its folder, or the folder that the file lies in. */
export function originOf({ file, folder }: Pick<Input, "file" | "folder">): string {
  if (folder !== null) return folder.replace(/\/+$/, "");
  return file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
}

/** Whether a file is one of a host's own. */
export function isFrom(file: string, origin: string): boolean {
  return origin === "" ? !file.includes("/") : file.startsWith(`${origin}/`);
}

/** What is known of the host of an input. */
export function hostOf(input: Pick<Input, "file" | "folder">, { hosts }: Facts): FoundHost {
  const origin = originOf(input);
  const known = hosts.find((host) => host.origin === origin);
  if (known !== undefined) return known;
  const host: FoundHost = {
    origin,
    name: null,
    platform: null,
    network: null,
    interfaces: [],
    vips: [],
    mounts: [],
    exports: [],
    sysctls: [],
    notes: [],
  };
  hosts.push(host);
  return host;
}

/** An interface of a host by its name; an alias such as `eth0:0` is none of its own. */
export function interfaceOf(host: FoundHost, name: string, place: Place): FoundInterface {
  const known = host.interfaces.find((one) => one.name === name);
  if (known !== undefined) return known;
  const found: FoundInterface = { place, name, addresses: [], further: [], gateways: [], places: new Map() };
  host.interfaces.push(found);
  return found;
}
