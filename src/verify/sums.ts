/** That `SHA256SUMS` has the sum of every file, and that nothing else lies there. */
import { signatureFiles } from "../sign/index.ts";
import type { Folder, SumOf } from "./evidence.ts";
import { ok, type Proof, refused, unproven } from "./proof.ts";

/** What may lie beside a bundle, and no sum of it covers. */
export const uncovered = "packages/";

const line = /^([0-9a-f]{64}) {2}([^\n]+)$/;

/** The sums by path; null where the text is none that `build` writes. */
function readListed(text: string): ReadonlyMap<string, string> | null {
  if (!text.endsWith("\n")) return null;
  const sums = new Map<string, string>();
  let last = "";
  for (const one of text.slice(0, -1).split("\n")) {
    const [, sum = "", path = ""] = line.exec(one) ?? [];
    // In code unit order, so that none stands twice.
    if (sum === "" || path <= last) return null;
    sums.set(path, sum);
    last = path;
  }
  return sums;
}

/** The paths that a `SHA256SUMS` lists and that lead nowhere else; whatever is wrong with it, `verifyBundle` says. */
export function listedPaths(sums: Buffer): readonly string[] {
  return [...(readListed(sums.toString("utf8"))?.keys() ?? [])].filter((path) => !leadsOut(path));
}

/** Whether a path, which is relative and has `/`, is another one than it looks, here or on Windows. */
function leadsOut(path: string): boolean {
  return /[\\\p{Cc}]|^[A-Za-z]:/u.test(path) || path.split("/").some((name) => ["", ".", ".."].includes(name));
}

export function proofsOfSums({ files, strange }: Folder, sumOf: SumOf): readonly Proof[] {
  const bytes = files.get("SHA256SUMS") ?? null;
  const proofs: Proof[] = strange.map(({ path, kind, why }) => {
    if (kind === "unreadable")
      return unproven("sums", path, `cannot be read: ${why}`, "run it as a user who may read every file of the bundle");
    return refused(
      "sums",
      path,
      kind === "symbolic-link"
        ? "is a symbolic link, which no build makes: it may lead anywhere"
        : "is neither a file nor a directory, and no build makes such",
    );
  });
  const isUnreadable = strange.some(({ path, kind }) => path === "SHA256SUMS" && kind === "unreadable");
  if (bytes === null)
    return isUnreadable
      ? proofs
      : [...proofs, refused("sums", "SHA256SUMS", "is missing: nothing says what belongs to the bundle")];
  const listed = readListed(bytes.toString("utf8"));
  if (listed === null || !Buffer.from(bytes.toString("utf8")).equals(bytes))
    return [...proofs, refused("sums", "SHA256SUMS", "is not as lvsgen writes it")];
  const seen = new Set(strange.map(({ path }) => path));
  for (const [path, sum] of listed) {
    const content = files.get(path) ?? null;
    if (leadsOut(path)) proofs.push(refused("sums", path, "leads out of the bundle"));
    else if (seen.has(path)) continue;
    else if (content === null) proofs.push(refused("sums", path, "is missing"));
    else if (sumOf(content) !== sum)
      proofs.push(refused("sums", path, "is not the file that SHA256SUMS has the sum of"));
  }
  if (!listed.has("manifest.json")) proofs.push(refused("sums", "SHA256SUMS", "does not list manifest.json"));
  if (proofs.length === 0) proofs.push(ok("sums", `all ${listed.size} files have the sums that SHA256SUMS has`));
  return [...proofs, ...beside(files, listed)];
}

/** Files that no sum covers. */
function beside(files: Folder["files"], listed: ReadonlyMap<string, string>): readonly Proof[] {
  const own = new Set<string>(["SHA256SUMS", ...Object.values(signatureFiles)]);
  const extra = [...files.keys()].filter((path) => !listed.has(path) && !own.has(path));
  if (extra.length === 0) return [ok("beside", "nothing lies beside the files of the bundle")];
  return extra.map((path) =>
    path === uncovered
      ? unproven(
          "beside",
          path,
          "is a folder that may lie there, and no sum of the bundle covers it",
          "compare its sum with what fetch-packages.sh printed, and give that to the scripts: --packages-sum",
        )
      : refused(
          "beside",
          path,
          "belongs to no bundle: no sum covers it",
          "move it away, where you know whose it is; otherwise get the bundle anew from who made it",
        ),
  );
}
