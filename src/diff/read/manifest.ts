/** What `manifest.json` of a bundle says. */

export interface Manifest {
  readonly cluster: string;
  readonly version: string;
  /** The one host that the bundle is for; null: for all. */
  readonly host: string | null;
  readonly hosts: readonly { readonly name: string; readonly platform: string; readonly roles: readonly string[] }[];
  /** What the description calls its services, by how ipvsadm names them; empty in those of before they were kept. */
  readonly services: ReadonlyMap<string, string>;
  /** The pools of those that have one, by the same. */
  readonly pools: ReadonlyMap<string, string>;
  /** SHA-256 by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The number that a script finds itself by, by its path; none in those of before it was kept. */
  readonly sums: ReadonlyMap<string, string>;
}

/** Null where it is no manifest of lvsgen's, or of a format that this version does not know. */
export function readManifest(text: string): Manifest | null {
  const value = parsed(text);
  if (!isObject(value) || value["generator"] !== "lvsgen" || value["format"] !== 1) return null;
  const { cluster, version, hosts, files, host = null } = value;
  const services = Array.isArray(value["services"]) ? value["services"] : [];
  if (typeof cluster !== "string" || typeof version !== "string" || !Array.isArray(hosts) || !Array.isArray(files))
    return null;
  if (host !== null && typeof host !== "string") return null;
  const readHosts = hosts.flatMap((host: unknown) => {
    if (!isObject(host)) return [];
    const { name, platform, roles } = host;
    if (typeof name !== "string" || typeof platform !== "string" || !Array.isArray(roles)) return [];
    return [{ name, platform, roles: roles.filter((role: unknown): role is string => typeof role === "string") }];
  });
  const ofFiles = (part: "sha256" | "sum"): readonly [string, string][] =>
    files.flatMap((file: unknown): [string, string][] => {
      if (!isObject(file)) return [];
      const { path, [part]: number } = file;
      return typeof path === "string" && typeof number === "string" ? [[path, number]] : [];
    });
  const hashes = ofFiles("sha256");
  if (readHosts.length !== hosts.length || hashes.length !== files.length) return null;
  const ofServices = (part: "name" | "pool"): ReadonlyMap<string, string> =>
    new Map(
      services.flatMap((service: unknown): [string, string][] => {
        if (!isObject(service)) return [];
        const { key, [part]: text } = service;
        return typeof text === "string" && typeof key === "string" ? [[key, text]] : [];
      }),
    );
  const [names, pools] = [ofServices("name"), ofServices("pool")];
  const [known, sums] = [new Map(hashes), new Map(ofFiles("sum"))];
  return { cluster, version, host, hosts: readHosts, services: names, pools, files: known, sums };
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
