/** What a bundle's manifest says that there is to be seen. */
export interface Expected {
  readonly cluster: string;
  /** Roles that a script brings about, by host. */
  readonly hosts: readonly { readonly host: string; readonly roles: readonly string[] }[];
  /**
   * The numbers in the heads of its scripts, by role (`doctor` and `client` too): of the one for all hosts, and of those that hosts have for
   * themselves. A role without any is of a manifest that does not say it.
   */
  readonly sums: ReadonlyMap<string, ReadonlySet<string>>;
  /** The one host that the bundle is for; null: for all. */
  readonly host: string | null;
}

const scriptOf: ReadonlyMap<string, string> = new Map([
  ["director.sh", "director"],
  ["realserver.sh", "realserver"],
  ["nfs.sh", "nfs"],
  ["doctor.sh", "doctor"],
  ["client-test.sh", "client"],
]);

const ofOneHost = /^hosts\/[^/]+\//;

/** Roles that nobody has to report on: whoever tests from outside does so when there is a reason to. */
const unasked: ReadonlySet<string> = new Set(["client"]);

/**
 * Reads a manifest; null where it is none of lvsgen's.
 *
 * @param headOf the beginning of a script beside the manifest, for one of an older lvsgen, which has no `sum`; null: it is not there
 */
export function readExpected(text: string, headOf: (script: string) => string | null): Expected | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || value["generator"] !== "lvsgen" || typeof value["cluster"] !== "string") return null;
  const { cluster, hosts, files, host: only } = value;
  if (!Array.isArray(hosts) || !Array.isArray(files)) return null;
  const described = hosts
    .filter(isObject)
    .flatMap(({ name, roles }) =>
      typeof name === "string" && Array.isArray(roles)
        ? [{ host: name, roles: roles.filter((role) => typeof role === "string" && !unasked.has(role)) as string[] }]
        : [],
    );
  const sums = new Map<string, Set<string>>();
  for (const { path, sum } of files.filter(isObject)) {
    const role = typeof path === "string" ? scriptOf.get(path.replace(ofOneHost, "")) : undefined;
    if (role === undefined) continue;
    const found = typeof sum === "string" ? sum : /^lvsgen_sum=([0-9a-f]{64}) /m.exec(headOf(String(path)) ?? "")?.[1];
    if (found !== undefined) sums.set(role, new Set([...(sums.get(role) ?? []), found]));
  }
  return { cluster, hosts: described, sums, host: typeof only === "string" ? only : null };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
