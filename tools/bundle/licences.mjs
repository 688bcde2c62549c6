import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The licences of everything that a bundle has taken in: their authors ask that copies carry them.
 *
 * @param {string} root the project
 * @param {readonly import("./bundled.mjs").BundledPackage[]} packages
 * @returns {Promise<string>}
 */
export async function licences(root, packages) {
  const texts = await Promise.all(packages.map(({ path }) => licence(join(root, path))));
  return `${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

async function licence(directory) {
  const { name, version, license } = JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
  const file = (await readdir(directory)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) return `${name} ${version} (${license})\n`;
  return `${name} ${version} (${license})\n\n${(await readFile(join(directory, file), "utf8")).trim()}\n`;
}
