import type { NfsExport } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import { ownName } from "../naming.ts";
import { type Resource, rootOwned } from "../resource.ts";
import type { Site } from "../site.ts";

/** The NFS server: what is exported exists before it is exported, and is exported before anyone mounts it. */
export function nfsServer({ cluster, host, role }: Site): Contribution {
  const { nfs } = cluster;
  if (nfs === null) return {};
  const { platform } = host;
  return {
    packages: platform.packages.nfsServer,
    ports: ["2049/tcp", ...platform.nfsPorts],
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
        {
          kind: "file",
          path: `/etc/exports.d/${ownName(cluster.name, role)}.exports`,
          content: { template: "files/exports", view: { exports: nfs.exports.map(exportLine) } },
          ...rootOwned,
        },
        ...platform.units.nfsServer.map((name): Resource => ({ kind: "unit", name, enabled: true, active: true })),
        ...nfs.exports.flatMap(({ path, clients, pointer }) =>
          clients.map(({ client, options }): Resource => ({ kind: "export", client, path, options, pointer })),
        ),
      ],
      expectations: [{ kind: "listener", protocol: "tcp", port: 2049 }],
    },
  };
}

/** exports(5): no blank before `(`, which would export to the world (pitfall 24). */
function exportLine({ path, clients }: NfsExport): { path: string; clients: string } {
  return {
    path: exportsField(path),
    clients: clients
      .map(({ client, options }) => (options.length > 0 ? `${client}(${options.join(",")})` : client))
      .join(" "),
  };
}

/** Blanks and what exports(5) would read as syntax, as octal escapes. */
function exportsField(text: string): string {
  return text.replace(/[ \t\\#"]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
