import type {
  Directory as DirectoryConfig,
  File as FileConfig,
  Host as HostConfig,
  Mount as MountConfig,
  RealServerResources,
} from "../generated/config.ts";
import type { Directory, ManagedFile, Mount, Sysctl, Unit } from "../model.ts";
import { child } from "../pointer.ts";
import type { Context } from "./context.ts";
import { permissions } from "./permissions.ts";

export interface Resources {
  readonly sysctls: readonly Sysctl[];
  readonly packages: readonly string[];
  readonly units: readonly Unit[];
  readonly directories: readonly Directory[];
  readonly files: readonly ManagedFile[];
  readonly mounts: readonly Mount[];
}

/** Completes the source of a mount for one host; null after a report, or where the server is not known. */
export type MountSource = (
  mount: MountConfig,
  pointer: string,
) => Pick<Mount, "source" | "server" | "export" | "own"> | null;

export interface MountSources {
  of(host: string): MountSource;
}

/** A host's own entries and those of every real server, where it is one; for the same path its own wins. */
export function resolveResources(
  context: Context,
  host: HostConfig,
  pointer: string,
  isRealServer: boolean,
  sourceOf: MountSource,
): Resources {
  const shared: RealServerResources = (isRealServer ? context.config.realserver : undefined) ?? {};
  return {
    sysctls: sysctls([
      [context.config.sysctls, "/sysctls"],
      [shared.sysctls, "/realserver/sysctls"],
      [host.sysctls, `${pointer}/sysctls`],
    ]),
    packages: union(shared.packages, host.packages),
    units: units(shared.units, host.units, pointer),
    directories: merge(
      shared.directories,
      host.directories,
      `${pointer}/directories`,
      "directories",
      pathOf,
      directory,
    ),
    files: merge(shared.files, host.files, `${pointer}/files`, "files", pathOf, file),
    mounts: merge(shared.mounts, host.mounts, `${pointer}/mounts`, "mounts", targetOf, (written, at) => {
      const source = sourceOf(written, at);
      if (source === null) return null;
      return { pointer: at, target: written.target, options: written.options ?? [], ...source };
    }).filter((mount) => mount !== null),
  };
}

/** Entries of `realserver` that the host does not have itself, then the host's own. */
function merge<Written, Resolved>(
  shared: readonly Written[] = [],
  own: readonly Written[] = [],
  ownPointer: string,
  sharedKey: keyof RealServerResources,
  keyOf: (entry: Written) => string,
  resolveEntry: (entry: Written, pointer: string) => Resolved,
): Resolved[] {
  const ownKeys = new Set(own.map(keyOf));
  const resolved: Resolved[] = [];
  shared.forEach((entry, index) => {
    if (!ownKeys.has(keyOf(entry))) resolved.push(resolveEntry(entry, child(`/realserver/${sharedKey}`, index)));
  });
  own.forEach((entry, index) => void resolved.push(resolveEntry(entry, child(ownPointer, index))));
  return resolved;
}

function union(shared: readonly string[] = [], own: readonly string[] = []): string[] {
  return [...new Set([...shared, ...own])];
}

/** Where a unit is named both for every real server and for the host, the first says where. */
function units(shared: readonly string[] = [], own: readonly string[] = [], pointer: string): Unit[] {
  const all = [
    ...shared.map((name, index) => ({ name, pointer: child("/realserver/units", index) })),
    ...own.map((name, index) => ({ name, pointer: child(`${pointer}/units`, index) })),
  ];
  const first = new Map<string, Unit>();
  for (const unit of all) if (!first.has(unit.name)) first.set(unit.name, unit);
  return [...first.values()];
}

/** Kernel settings of the cluster, the real servers and the host: of the same one the last counts. */
function sysctls(
  written: readonly (readonly [Readonly<Record<string, string | number>> | undefined, string])[],
): Sysctl[] {
  const found = new Map<string, Sysctl>();
  for (const [settings = {}, pointer] of written) {
    for (const [name, value] of Object.entries(settings)) {
      const key = sysctlKey(name);
      found.set(key, { pointer: child(pointer, name), key, value: String(value) });
    }
  }
  return [...found.values()];
}

/** One name for each setting: with dots, or with slashes where a word has a dot in it. */
function sysctlKey(written: string): string {
  return written.includes(".") ? written : written.replaceAll("/", ".");
}

function pathOf({ path }: { readonly path: string }): string {
  return path;
}

function targetOf({ target }: MountConfig): string {
  return target;
}

function directory(written: DirectoryConfig, pointer: string): Directory {
  return { pointer, path: written.path, ...permissions(written) };
}

/** Every file has its content by now, or is a finding. */
function file(written: FileConfig, pointer: string): ManagedFile {
  const { path, content = "", secret = false } = written;
  return { pointer, path, content, secret, ...permissions(written) };
}
