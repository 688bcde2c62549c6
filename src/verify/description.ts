/** That the description gives the same bytes again. */
import { signatureFiles } from "../sign/index.ts";
import type { Folder, Rebuilt, SumOf } from "./evidence.ts";
import { ok, type Proof, refused, unproven } from "./proof.ts";

const hint = "build it from the description with the lvsgen that built it, and compare; or ask who made it for both";

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
  return proofs.length > 0 ? proofs : [ok("description", `${description} gives the same bytes again`)];
}
