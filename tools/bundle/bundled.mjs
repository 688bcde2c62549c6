/** Which packages a bundle has taken in. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * @typedef {object} BundledPackage
 * @property {string} path where npm put it, as in package-lock.json: `node_modules/yaml`
 * @property {string} name
 * @property {string} version
 */

/**
 * @param {string} root the project
 * @param {readonly string[]} inputs files of the bundles, relative to the project
 * @returns {Promise<BundledPackage[]>} each package once, sorted by path
 */
export async function bundledPackages(root, inputs) {
  const all = [...inputs, ...(await inputsOfValidator(root))];
  const paths = new Set(all.map(packagePath).filter((path) => path !== null));
  return Promise.all(
    [...paths].sort().map(async (path) => {
      const { name, version } = JSON.parse(await readFile(join(root, path, "package.json"), "utf8"));
      return { path, name, version };
    }),
  );
}

/** `node_modules/@clack/core` of `node_modules/@clack/core/dist/index.mjs`; null for the project's own files. */
function packagePath(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? null;
}

/** The validator was bundled before, when it was generated: esbuild names in it what it took in. */
async function inputsOfValidator(root) {
  const text = await readFile(join(root, "src", "generated", "validator.mjs"), "utf8");
  return Array.from(text.matchAll(/^\/\/ (node_modules\/.+)$/gm), ([, input]) => input);
}
