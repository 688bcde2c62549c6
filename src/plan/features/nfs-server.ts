import type { Contribution } from "../contribution.ts";
import { rootOwned } from "../managed.ts";
import { exportFile } from "../naming.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/** The NFS server: what is exported exists before it is exported, and is exported before anyone mounts it. */
export function nfsServer({ cluster, host }: Site): Contribution {
  const { nfs } = cluster;
  if (nfs === null) return {};
  const { platform } = host;
  const devices = host.interfaces.map(({ name }) => name);
  return {
    packages: platform.packages.nfsServer,
    openings: ["2049/tcp", ...platform.nfsPorts].map((what) => ({ what, devices })),
    resources: {
      exportedDirectories: nfs.exports.map(({ path, mode, owner, group, pointer }) => ({
        kind: "directory",
        path,
        mode,
        owner,
        group,
        pointer: `${pointer}/path`,
        described: true,
      })),
      exports: [
        ...platform.units.nfsServer.map((name): Resource => ({ kind: "unit", name, enabled: true, active: true })),
        // Live first, so that what a power cut leaves behind for the next boot is in the journal already.
        ...nfs.exports.flatMap(({ path, clients, pointer }) =>
          clients.map(({ client, options }): Resource => ({ kind: "export", client, path, options, pointer })),
        ),
        ...nfs.exports.flatMap(({ path, clients }) =>
          clients.map(
            (client): Resource => ({
              kind: "file",
              path: exportFile(path, client.client),
              content: { template: "files/exports", view: { path, clients: [client] } },
              ...rootOwned,
            }),
          ),
        ),
      ],
      expectations: [{ kind: "listener", protocol: "tcp", ports: "2049" }],
    },
  };
}
