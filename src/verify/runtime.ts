/** That what follows the third part's first line of each script is the runtime of a release of lvsgen. */
import type { Folder, SumOf } from "./evidence.ts";
import { ok, type Proof, refused, unproven } from "./proof.ts";

const inHead = /^lvsgen_runtime=([0-9a-f]{64}) #/m;

/** Bytes in which the head says it. */
const head = 4096;

export function proofsOfRuntimes(
  { files }: Folder,
  known: ReadonlyMap<string, string>,
  sumOf: SumOf,
): readonly Proof[] {
  const manifest = inManifest(files.get("manifest.json") ?? null);
  if (manifest === null) return [refused("runtime", "manifest.json", "is no manifest of lvsgen")];
  // A host's own script carries the same as the one for all.
  const scripts = [...files].flatMap(([path, bytes]) =>
    /^(?:hosts\/[^/]+\/)?[^/]+\.sh$/.test(path) && bytes !== null ? [{ path, bytes }] : [],
  );
  const lost = [...manifest.keys()].filter((path) => !scripts.some((one) => one.path === path));
  const proofs = [
    ...lost.map((path) => refused("runtime", path, "is missing")),
    ...scripts.flatMap(({ path, bytes }) => {
      const [, said] = inHead.exec(bytes.toString("latin1", 0, head)) ?? [];
      const carried = partThree(bytes);
      if (said === undefined || carried === null) return [refused("runtime", path, "is no script of lvsgen")];
      if (sumOf(carried) !== said) return [refused("runtime", path, "carries another runtime than its head says")];
      if (manifest.get(path.replace(/^.*\//, "")) !== said)
        return [refused("runtime", path, "has another runtime than manifest.json says")];
      if (known.has(said)) return [];
      return [
        unproven(
          "runtime",
          path,
          "has a runtime of no release that this lvsgen knows",
          "verify it with the lvsgen that built it, or a later release",
        ),
      ];
    }),
  ];
  if (proofs.length > 0) return proofs;
  const releases = [...new Set([...manifest.values()].map((sum) => known.get(sum) ?? ""))].join(", ");
  return [ok("runtime", `the runtime of all ${scripts.length} scripts is that of lvsgen ${releases}`)];
}

/** The runtimes by script that the manifest has; null: it is none. */
function inManifest(bytes: Buffer | null): ReadonlyMap<string, string> | null {
  try {
    const { runtimes } = JSON.parse(bytes?.toString("utf8") ?? "") as {
      runtimes: { script: string; sha256: string }[];
    };
    return new Map(runtimes.map(({ script, sha256 }) => [script, sha256] as const));
  } catch {
    return null;
  }
}

/** What `sed '1,/^# Part 3 of 3/d'` leaves. */
function partThree(script: Buffer): Buffer | null {
  const at = script.indexOf("\n# Part 3 of 3");
  const end = at < 0 ? -1 : script.indexOf("\n", at + 1);
  return end < 0 ? null : script.subarray(end + 1);
}
