import type { NfsExport } from "../model.ts";
import { parseAddress } from "../net.ts";
import { child } from "../pointer.ts";
import { clientNetwork } from "./export-access.ts";
import { directoriesAbove } from "./paths.ts";
import type { Rule } from "./rule.ts";

/** A path has one set of clients. */
export const duplicateExports: Rule = ({ nfs }, report) => {
  const first = new Map<string, NfsExport>();
  for (const one of nfs?.exports ?? []) {
    const other = first.get(one.path);
    if (other === undefined) {
      first.set(one.path, one);
      continue;
    }
    report("DUPLICATE_EXPORT", {
      pointer: `${one.pointer}/path`,
      message: `${one.path} is exported already`,
      hint: "put all its clients in one export",
      related: [{ pointer: `${other.pointer}/path`, message: "the first one" }],
    });
  }
};

/** What exportfs(8) writes into etab is decoded once more by mountd. */
export const unexportablePaths: Rule = ({ nfs }, report) => {
  for (const { path, pointer } of nfs?.exports ?? []) {
    if (!/\\[0-7]{3}/.test(path)) continue;
    report("UNEXPORTABLE_PATH", {
      pointer: `${pointer}/path`,
      message: `${JSON.stringify(path)} has a backslash and three octal digits, which the NFS server takes for one character`,
      hint: "export a directory with another name",
    });
  }
};

/** An export within an export is reached through both. */
export const nestedExports: Rule = ({ nfs }, report) => {
  const byPath = new Map((nfs?.exports ?? []).map((one) => [one.path, one]));
  for (const inner of nfs?.exports ?? []) {
    const outer = firstOf(directoriesAbove(inner.path), byPath);
    if (outer === undefined) continue;
    report("NESTED_EXPORTS", {
      pointer: `${inner.pointer}/path`,
      message: `${inner.path} lies within the export ${outer.path}`,
      hint: "export one of the two, or separate directories",
      related: [{ pointer: `${outer.pointer}/path`, message: "the outer one" }],
    });
  }
};

function firstOf<Value>(keys: Iterable<string>, values: ReadonlyMap<string, Value>): Value | undefined {
  for (const key of keys) {
    const value = values.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What everyone may write, everyone may deface. With the sticky bit, only one's own. */
export const worldWritableExports: Rule = ({ nfs }, report) => {
  for (const { path, mode, pointer } of nfs?.exports ?? []) {
    const bits = Number.parseInt(mode ?? "0", 8);
    if ((bits & 0o002) === 0 || (bits & 0o1000) !== 0) continue;
    report("WORLD_WRITABLE_EXPORT", {
      pointer: `${pointer}/mode`,
      message: `everyone may write in ${path} (mode ${mode})`,
      hint: 'use "owner" or "group" with a mode such as "0755" or "0775"',
    });
  }
};

/** What looks like an address or a network has to be one. Wildcards, netgroups and names are not looked at. */
export const malformedClients: Rule = ({ nfs }, report) => {
  for (const { clients, pointer } of nfs?.exports ?? []) {
    for (const { client } of clients) {
      if (!looksNumeric(client) || clientNetwork(client) !== null || parseAddress(client) !== null) continue;
      report("BAD_ADDRESS", {
        pointer: child(`${pointer}/clients`, client),
        part: "key",
        message: `${JSON.stringify(client)} is no address or network`,
        hint: 'write it as "192.168.80.12", "192.168.80.0/24", "192.168.80.0/255.255.255.0" or "2001:db8::/64"',
      });
    }
  }
};

function looksNumeric(client: string): boolean {
  return /^[0-9.]+(?:\/|$)|:/.test(client);
}

const everyone: readonly string[] = ["*", "0.0.0.0/0", "::/0"];

/** `*` is every machine that reaches the server. */
export const exportsToEveryone: Rule = ({ nfs }, report) => {
  for (const { path, clients, pointer } of nfs?.exports ?? []) {
    for (const { client } of clients.filter((one) => everyone.includes(one.client))) {
      report("EXPORT_TO_EVERYONE", {
        pointer: child(`${pointer}/clients`, client),
        part: "key",
        message: `everyone may mount ${path}`,
        hint: 'name the network of its clients, such as "192.168.80.0/24"',
      });
    }
  }
};
