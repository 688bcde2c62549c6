import type { Cluster, Host, Nfs, NfsExport } from "../model.ts";
import { carriesContent, contentPackages, contentSections } from "./content.ts";
import { ownName } from "./naming.ts";
import { protectionSections } from "./protection.ts";
import { type Resource, rootOwned, type Section } from "./resource.ts";

const role = "nfs";

/** The NFS server: what is exported exists before it is exported, and is exported before anyone mounts it. */
export function nfsSections(cluster: Cluster, nfs: Nfs, host: Host): Section[] {
  const platform = host.platform;
  const carries = carriesContent(host, role);
  return [
    {
      title: "Packages",
      resources: [
        ...platform.packages.nfsServer.map((name): Resource => ({ kind: "package", name })),
        ...(carries
          ? contentPackages(host).filter(
              (own) => own.kind === "package" && !platform.packages.nfsServer.includes(own.name),
            )
          : []),
      ],
    },
    ...protectionSections(host, platform, { ports: ["2049/tcp", ...platform.nfsPorts], booleans: [] }),
    {
      title: "Exported directories",
      resources: nfs.exports.map(
        ({ path, mode, owner, group }): Resource => ({ kind: "directory", path, mode, owner, group }),
      ),
    },
    {
      title: "NFS server and exports, live and at boot",
      resources: [
        {
          kind: "file",
          path: `/etc/exports.d/${ownName(cluster.name, role)}.exports`,
          content: { template: "files/exports", view: { exports: nfs.exports.map(exportLine) } },
          ...rootOwned,
        },
        ...platform.units.nfsServer.map((name): Resource => ({ kind: "unit", name, enabled: true, active: true })),
        ...nfs.exports.flatMap(({ path, clients }) =>
          clients.map(({ client, options }): Resource => ({ kind: "export", client, path, options })),
        ),
      ],
    },
    ...(carries ? contentSections(cluster.name, role, host) : []),
    { title: "What verify proves besides", resources: [{ kind: "listener", protocol: "tcp", port: 2049 }] },
  ];
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
