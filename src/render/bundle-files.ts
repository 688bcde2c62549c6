import { createHash } from "node:crypto";
import type { BundleFile } from "../bundle.ts";
import { encodeChunks } from "../utf8.ts";

/** Makes files with their sums; that of a text which many hosts have is taken once. */
export function fileMaker(): (path: string, chunks: readonly string[], executable: boolean) => BundleFile {
  const sums = new Map<string, string>();
  return (path, chunks, executable) => {
    const [text = ""] = chunks;
    if (chunks.length > 1) return { path, chunks, executable, sha256: sha256Of(chunks) };
    const sha256 = sums.get(text) ?? sha256Of(chunks);
    sums.set(text, sha256);
    return { path, chunks, executable, sha256 };
  };
}

/** Lower-case hexadecimal SHA-256 of the chunks in UTF-8. */
export function sha256Of(chunks: readonly string[]): string {
  const hash = createHash("sha256");
  encodeChunks(chunks, (bytes) => hash.update(bytes));
  return hash.digest("hex");
}

/** Code unit order, the same in every locale. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
