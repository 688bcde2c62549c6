/** The files that a .deb and an .rpm install, as they will stand below `/`. */
import { chmod, copyFile, cp, mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "./run.mjs";

/** Where npm's package has what is for its program, and not for readers. */
const notForReaders = ["dist", "package.json"];

/**
 * @typedef {object} Inputs
 * @property {string} root the project, built
 * @property {string} executable
 * @property {string} tarball npm's package
 * @property {string} nodeLicence file of Node's licence
 */

/**
 * Fills a directory: the executable, manual pages, completion, what there is to read, and the licences of all that is in it.
 *
 * @param {string} tree
 * @param {Inputs} inputs
 */
export async function fillTree(tree, { root, executable, tarball, nodeLicence }) {
  const place = async (path) => {
    const target = join(tree, path);
    await mkdir(dirname(target), { recursive: true });
    return target;
  };
  await copyFile(executable, await place("usr/bin/lvsgen"));
  for (const folder of [".", "zh_CN"]) {
    const pages = (await readdir(join(root, "dist", "man", folder))).filter((name) => /\.[0-9]$/.test(name));
    for (const page of pages) {
      const text = await readFile(join(root, "dist", "man", folder, page));
      const target = await place(join("usr/share/man", folder, `man${page.at(-1)}`, `${page}.gz`));
      // The head of gzip has no time and no name.
      await writeFile(target, gzipSync(text, { level: 9 }));
    }
  }
  const completion = await run(process.execPath, [join(root, "dist", "start.cjs"), "completion", "bash"]);
  await writeFile(await place("usr/share/bash-completion/completions/lvsgen"), completion);
  await unpackReadings(tarball, await place("usr/share/doc/lvsgen"));
  await writeFile(await place("usr/share/doc/lvsgen/copyright"), await licences(root, nodeLicence));
  await setModes(tree);
}

async function unpackReadings(tarball, target) {
  const scratch = `${target}.unpacked`;
  await mkdir(scratch, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", scratch, "--strip-components=1"]);
  const entries = (await readdir(scratch)).filter((name) => !notForReaders.includes(name));
  for (const name of entries) await cp(join(scratch, name), join(target, name), { recursive: true });
  await run("rm", ["-rf", scratch]);
}

async function licences(root, nodeLicence) {
  const parts = [
    ["lvsgen", join(root, "LICENSE")],
    ["What lvsgen has taken in", join(root, "dist", "THIRD-PARTY-LICENCES.txt")],
    ["Node.js, which the executable consists of beside it", nodeLicence],
  ];
  const texts = await Promise.all(parts.map(async ([title, file]) => `${title}\n\n${await readFile(file, "utf8")}`));
  return texts.join(`\n${"=".repeat(80)}\n\n`);
}

/** Rights as they have to be, whatever the umask was. */
export async function setModes(directory) {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await setModes(path);
    else await chmod(path, /\/usr\/s?bin$/.test(directory) ? 0o755 : 0o644);
  }
}

/** Gives everything below a directory, and itself, one time. */
export async function setTimes(directory, epoch) {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await setTimes(path, epoch);
    else await utimes(path, epoch, epoch);
  }
  await utimes(directory, epoch, epoch);
}

/** Every file below a directory, relative to it, in code unit order. */
export async function filesOf(directory) {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}
