/** That the description gives the same bytes again. */
import { signatureFiles } from "../sign/index.ts";
import type { Folder, Rebuilt, SumOf } from "./evidence.ts";
import { ok, type Proof, refused, unproven } from "./proof.ts";

const hint = "build it from the description with the lvsgen that built it, and compare; or ask who made it for both";

const otherText = "name the description that it was built from: --description FILE; or build it again";

export function proofsOfDescription({ files, strange }: Folder, rebuilt: Rebuilt, sumOf: SumOf): readonly Proof[] {
  if (rebuilt.kind === "not-built") return [unproven("description", null, rebuilt.why, rebuilt.hint)];
  const { sums, description } = rebuilt;
  const signature = new Set<string>(Object.values(signatureFiles));
  const proofs: Proof[] = [];
  for (const [path, sum] of sums) {
    const bytes = files.get(path) ?? null;
    if (bytes === null || sumOf(bytes) !== sum)
      proofs.push(
        strange.some((one) => one.path === path && one.kind === "unreadable")
          ? unproven("description", path, "cannot be compared: it cannot be read", hint)
          : refused("description", path, `is not what ${description} gives`, hint),
      );
  }
  for (const [path, bytes] of files)
    if (bytes !== null && !sums.has(path) && !signature.has(path))
      proofs.push(refused("description", path, `${description} gives no such file`, hint));
  // Of another text nearly every file is another one. It stays refused: a manifest says what who made it wants.
  if (proofs.length > 1 && isOfOtherText(files.get("manifest.json"), rebuilt.input))
    proofs.unshift(refused("description", null, `it was built from another text than ${description}`, otherText));
  return proofs.length > 0 ? proofs : [ok("description", `${description} gives the same bytes again`)];
}

/** Whether the manifest names a description with another sum. */
function isOfOtherText(manifest: Buffer | null | undefined, sum: string): boolean {
  try {
    const { inputs } = JSON.parse(String(manifest)) as { readonly inputs?: readonly { readonly sha256?: unknown }[] };
    const told = inputs?.[0]?.sha256;
    return typeof told === "string" && told !== sum;
  } catch {
    return false;
  }
}
