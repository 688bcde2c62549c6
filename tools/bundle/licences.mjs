import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The licences of everything that a bundle has taken in: their authors ask that copies carry them.
 *
 * @param {string} root the project
 * @param {readonly string[]} inputs files of the bundle, relative to the project
 * @returns {Promise<string>}
 */
export async function licences(root, inputs) {
  const packages = new Set(inputs.map(packageDirectory).filter((directory) => directory !== null));
  const texts = await Promise.all([...packages].sort().map((directory) => licence(join(root, directory))));
  return `${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** `node_modules/@clack/core` of `node_modules/@clack/core/dist/index.mjs`; null for the project's own files. */
function packageDirectory(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? null;
}

async function licence(directory) {
  const { name, version, license } = JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
  const file = (await readdir(directory)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) return `${name} ${version} (${license})\n`;
  return `${name} ${version} (${license})\n\n${(await readFile(join(directory, file), "utf8")).trim()}\n`;
}
