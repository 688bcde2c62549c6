import { remedies } from "../diagnostics/suggest.ts";
import type { Host, Nfs } from "../model.ts";
import { child } from "../pointer.ts";
import type { Context } from "./context.ts";
import type { HostAddresses } from "./hosts.ts";
import { permissions } from "./permissions.ts";
import type { MountSource, MountSources } from "./resources.ts";

export function resolveNfs({ config }: Context, hosts: ReadonlyMap<string, Host>): Nfs | null {
  const server = config.nfs && hosts.get(config.nfs.server);
  if (config.nfs === undefined || server === undefined) return null;
  const exports = config.nfs.exports.map((written, index) => ({
    pointer: child("/nfs/exports", index),
    path: written.path,
    ...permissions(written),
    clients: Object.entries(written.clients).map(([client, options]) => ({ client, options })),
  }));
  return { pointer: "/nfs", server, exports };
}

/** How a mount's `export` or `source` becomes a complete source, for the hosts of this description. */
export function mountSources(context: Context, addresses: ReadonlyMap<string, HostAddresses>): MountSources {
  const { nfs } = context.config;
  const paths = new Set(nfs?.exports.map(({ path }) => path));
  const exportRemedy = remedies([...paths]);
  return {
    of:
      (host): MountSource =>
      (mount, pointer) => {
        if (mount.export !== undefined && mount.source !== undefined) {
          context.report("EITHER_OR", {
            pointer: `${pointer}/source`,
            part: "key",
            message: 'a mount has "export" or "source", not both',
            hint: 'keep "export" for a share of this cluster, "source" for any other',
            related: [{ pointer: `${pointer}/export`, part: "key", message: "the other one" }],
          });
          return null;
        }
        if (mount.source !== undefined)
          return { source: mount.source, server: serverOf(mount.source), export: null, own: false };
        if (mount.export === undefined) {
          context.report("EITHER_OR", {
            pointer,
            message: 'this mount has neither "export" nor "source"',
            hint: 'add "export" with a path of "nfs.exports", or "source" such as "192.168.80.5:/srv"',
          });
          return null;
        }
        const path = mount.export;
        if (!paths.has(path)) {
          context.report("UNKNOWN_EXPORT", () => ({
            pointer: `${pointer}/export`,
            message: `no one exports ${JSON.stringify(path)}`,
            hint: nfs === undefined ? 'add "nfs" with this export' : exportRemedy(path),
          }));
          return null;
        }
        const address = serverAddress(addresses, nfs?.server, host);
        if (address === null) return null;
        const source = `${address}:${mount.export}`;
        const own = nfs?.server === host;
        return { source, server: own ? null : serverOf(source), export: mount.export, own };
      },
  };
}

/** `192.168.80.13:/opt/kgc`, `[fd00::13]:/opt`, `nas:/srv`: the machine; null where there is none. */
function serverOf(source: string): string | null {
  return source.slice(0, source.indexOf(":/")).replace(/^\[(.*)\]$/, "$1") || null;
}

/** The server's address in a family that both have, IPv4 first, as a mount source writes it. */
function serverAddress(addresses: ReadonlyMap<string, HostAddresses>, server = "", host: string): string | null {
  const theirs = addresses.get(server);
  const own = addresses.get(host);
  if (theirs?.address && (own?.address || !theirs.address6)) return theirs.address.address.text;
  return theirs?.address6 ? `[${theirs.address6.address.text}]` : null;
}
