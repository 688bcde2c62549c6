/** Packages of the npm registry that are taken as they are: unpacked once into a folder that goes with node_modules. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.mjs";

/**
 * The folder of an unpacked package, whose content is checked before it is unpacked.
 *
 * @param {string} root the project
 * @param {{ name: string, version: string, integrity: string }} wanted
 * @returns {Promise<string>}
 */
export function fetched(root, wanted) {
  // Both architectures are made at once and want some of the same.
  const key = `${wanted.name}@${wanted.version}`;
  if (!fetching.has(key)) fetching.set(key, fetch(root, wanted));
  return fetching.get(key);
}

/** @type {Map<string, Promise<string>>} */
const fetching = new Map();

async function fetch(root, { name, version, integrity }) {
  const cache = join(root, "node_modules", ".cache", "lvsgen-dist");
  // Another content is another folder.
  const folder = join(cache, `${name}-${version}-${createHash("sha256").update(integrity).digest("hex").slice(0, 12)}`);
  if (existsSync(folder)) return join(folder, "package");
  await mkdir(cache, { recursive: true });
  const scratch = await mkdtemp(join(cache, "fetch-"));
  try {
    const tarball = join(scratch, await pack(`${name}@${version}`, scratch));
    checkIntegrity(await readFile(tarball), integrity, `${name}@${version}`);
    await run("tar", ["-xzf", tarball, "-C", scratch]);
    await rm(tarball);
    await rename(scratch, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return join(folder, "package");
}

/** Not `npm install`: that refuses what is for another processor. */
async function pack(specifier, directory) {
  try {
    const [{ filename }] = JSON.parse(await run("npm", ["pack", "--json", "--pack-destination", directory, specifier]));
    return filename;
  } catch (error) {
    throw new Error(
      `cannot get ${specifier} from the npm registry (npm config get registry), and executables are made of it:\n${error.message}`,
    );
  }
}

/** Throws unless the bytes are those that `sha512-BASE64` names. */
export function checkIntegrity(bytes, integrity, specifier) {
  const found = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  if (found !== integrity)
    throw new Error(
      `${specifier} is not what tools/distribution/architectures.mjs names: it is ${found}, and not ${integrity}`,
    );
}
