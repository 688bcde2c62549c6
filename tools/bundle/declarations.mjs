import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/**
 * Writes the library's types: the declarations that `src/index.ts` reaches, and none of those that only the
 * implementation needs (they name dependencies that the package does not have).
 *
 * @param {string} root the project
 * @param {string} target directory for the declarations
 */
export async function writeDeclarations(root, target) {
  const emitted = await mkdtemp(join(tmpdir(), "lvsgen-types-"));
  try {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const project = join(root, "tools", "bundle", "declarations.json");
    await promisify(execFile)(process.execPath, [tsc, "-p", project, "--outDir", emitted]);
    await rm(target, { recursive: true, force: true });
    await copyReachable(emitted, target, "index.d.ts", new Set());
  } catch (error) {
    throw new Error(`the declarations cannot be made:\n${error.stdout ?? error.message}`, { cause: error });
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
}

const relativeImport = /((?:from|import\()\s*")(\.[^"]+)\.ts(")/g;

/** A consumer's compiler looks for `./bundle.js` and finds `bundle.d.ts`; it would not take `./bundle.ts`. */
async function copyReachable(from, to, file, done) {
  if (done.has(file)) return;
  done.add(file);
  const text = await readFile(join(from, file), "utf8");
  await mkdir(dirname(join(to, file)), { recursive: true });
  await writeFile(join(to, file), text.replaceAll(relativeImport, "$1$2.js$3"));
  for (const [, , specifier] of text.matchAll(relativeImport)) {
    await copyReachable(from, to, join(dirname(file), `${specifier}.d.ts`), done);
  }
}
