/** What a guest's kernel needs on a processor that has more registers than it knows: registers.c, compiled and loaded before it. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./command.ts";
import { locked } from "./lock.ts";
import { needPackages } from "./packages.ts";
import { cache, sources } from "./places.ts";

/** Flags of /proc/cpuinfo for state beyond the 2,696 bytes up to AVX-512 and protection keys, for which those kernels have room. */
const larger = /\b(?:amx_tile|apx(?:_f)?)\b/;

export const hasLargerState = (cpuinfo: string): boolean => larger.test(/^flags\s*:.*$/m.exec(cpuinfo)?.[0] ?? "");

/** The library to load before the guest's kernel; empty where it needs none. */
export async function registersLibrary(): Promise<string> {
  if (!hasLargerState(readFileSync("/proc/cpuinfo", "utf8"))) return "";
  const source = join(sources, "registers.c");
  const hash = createHash("sha256")
    .update(await readFile(source))
    .digest("hex")
    .slice(0, 12);
  const library = join(cache, `registers-${hash}.so`);
  if (!existsSync(library))
    await locked(`${library}.lock`, async () => {
      if (existsSync(library)) return;
      await needPackages(["gcc", "libc6-dev"]);
      await must("gcc", ["-Wall", "-Werror", "-O2", "-shared", "-fPIC", "-o", `${library}.part`, source]);
      await rename(`${library}.part`, library);
    });
  return library;
}
