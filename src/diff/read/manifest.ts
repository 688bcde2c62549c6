/** What `manifest.json` of a bundle says. */

export interface Manifest {
  readonly cluster: string;
  readonly version: string;
  readonly hosts: readonly { readonly name: string; readonly platform: string; readonly roles: readonly string[] }[];
  /** SHA-256 by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Null where it is no manifest of lvsgen's, or of a format that this version does not know. */
export function readManifest(text: string): Manifest | null {
  const value = parsed(text);
  if (!isObject(value) || value["generator"] !== "lvsgen" || value["format"] !== 1) return null;
  const { cluster, version, hosts, files } = value;
  if (typeof cluster !== "string" || typeof version !== "string" || !Array.isArray(hosts) || !Array.isArray(files))
    return null;
  const readHosts = hosts.flatMap((host: unknown) => {
    if (!isObject(host)) return [];
    const { name, platform, roles } = host;
    if (typeof name !== "string" || typeof platform !== "string" || !Array.isArray(roles)) return [];
    return [{ name, platform, roles: roles.filter((role: unknown): role is string => typeof role === "string") }];
  });
  const sums = files.flatMap((file: unknown): [string, string][] => {
    if (!isObject(file)) return [];
    const { path, sha256 } = file;
    return typeof path === "string" && typeof sha256 === "string" ? [[path, sha256]] : [];
  });
  if (readHosts.length !== hosts.length || sums.length !== files.length) return null;
  return { cluster, version, hosts: readHosts, files: new Map(sums) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
