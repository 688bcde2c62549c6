/** What a host shares by NFS, and what it mounts. */
import type { Host, Nfs } from "../../model.ts";
import type { PlannedHost } from "../describe/index.ts";
import type { FoundExport, FoundHost } from "../facts.ts";
import type { Teller } from "./difference.ts";
import { type BuiltParts, obstacleOf } from "./parts.ts";

export function compareMounts({ mounts }: FoundHost, host: Host, teller: Teller): void {
  const built = new Map(host.mounts.map((mount) => [mount.target, mount]));
  const remedy = 'say it in "mounts" of the host';
  for (const { place, source, target, options } of mounts) {
    const own = built.get(target);
    const becomes = own === undefined ? null : mountText(own.source, own.options);
    teller.compare("mounts", {
      ...{ what: `${target} on ${host.name}`, place, was: mountText(source, options), becomes },
      ...{ at: own?.pointer ?? `${host.pointer}/mounts`, remedy },
    });
  }
  const read = new Set(mounts.map(({ target }) => target));
  for (const { target, source, options, pointer } of host.mounts)
    if (!read.has(target))
      teller.differs("mounts", {
        ...{ what: `${target} on ${host.name}`, place: null, was: null, becomes: mountText(source, options) },
        ...{ at: pointer, remedy: "take it out" },
      });
}

function mountText(source: string, options: readonly string[]): string {
  return options.length === 0 ? source : `${source} with ${options.join(",")}`;
}

/** A cluster has one server of NFS. */
export function compareExports(planned: readonly PlannedHost[], parts: BuiltParts, teller: Teller): void {
  const { nfs } = parts.cluster;
  const why = obstacleOf(parts, "/nfs");
  for (const { name, found } of planned) {
    for (const one of found?.exports ?? []) {
      const what = `${one.path} of ${name}`;
      if (why !== null) teller.leave(what, why, one.place);
      else compareExport(one, what, nfs?.server.name === name ? nfs : null, teller);
    }
  }
  const server = planned.find(({ name }) => name === nfs?.server.name)?.found;
  const paths = new Set(server?.exports.map(({ path }) => path));
  for (const { path, pointer } of why === null ? (nfs?.exports ?? []) : [])
    if (!paths.has(path))
      teller.differs("exports", {
        ...{ what: `${path} of ${nfs?.server.name}`, place: null, was: null, becomes: path, at: pointer },
        remedy: "take it out",
      });
}

function compareExport({ place, path, clients }: FoundExport, what: string, nfs: Nfs | null, teller: Teller): void {
  const built = nfs?.exports.find((one) => one.path === path);
  const remedy = nfs === null ? "make a cluster of its own of what it exports" : 'say it in "exports" of "nfs"';
  if (built === undefined) {
    teller.differs("exports", { what, place, was: path, becomes: null, at: "/nfs", remedy });
    return;
  }
  const own = new Map(built.clients.map(({ client, options }) => [client, options]));
  for (const client of new Set([...clients.keys(), ...own.keys()])) {
    const was = clients.get(client);
    const becomes = own.get(client);
    teller.compare("exports", {
      ...{ what: `${what} for ${client}`, place: was === undefined ? null : place, at: built.pointer, remedy },
      ...{
        was: was === undefined ? null : optionsText(was),
        becomes: becomes === undefined ? null : optionsText(becomes),
      },
    });
  }
}

function optionsText(options: readonly string[]): string {
  return options.length === 0 ? "no options" : options.join(",");
}
