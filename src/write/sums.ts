/** Checksums by path: what a file may hold and still be what a build wrote. */
import { isBundlePath } from "./bundle-paths.ts";

/** Lower-case hexadecimal SHA-256 of every content that a build gave the file at a path. */
export type Sums = Map<string, Set<string>>;

/** The sums of a list of `{ path, sha256 }`; null when one of it is not what a build writes. */
export function readSums(entries: readonly unknown[]): Sums | null {
  const sums: Sums = new Map();
  for (const entry of entries) {
    if (!isObject(entry) || typeof entry.path !== "string" || !isBundlePath(entry.path)) return null;
    if (typeof entry.sha256 !== "string" || !/^[0-9a-f]{64}$/.test(entry.sha256)) return null;
    addSum(sums, entry.path, entry.sha256);
  }
  return sums;
}

export function addSum(sums: Sums, path: string, sum: string): void {
  const known = sums.get(path);
  if (known === undefined) sums.set(path, new Set([sum]));
  else known.add(sum);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
