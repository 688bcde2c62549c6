/** The .deb, by dpkg-deb. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { cp, mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "./run.mjs";
import { filesOf, setModes, setTimes } from "./tree.mjs";
import { description, maintainer, packageVersion, summary } from "./words.mjs";

/**
 * The file that deb-control(5) describes.
 *
 * @param {{ version: string, architecture: string, kibibytes: number }} facts architecture: as Debian calls it
 * @returns {string}
 */
export function debControl({ version, architecture, kibibytes }) {
  const paragraphs = description.map((lines) => lines.map((line) => ` ${line}`).join("\n"));
  return `Package: lvsgen
Version: ${packageVersion(version)}
Architecture: ${architecture}
Maintainer: ${maintainer}
Installed-Size: ${kibibytes}
Depends: libc6 (>= 2.28), libstdc++6 (>= 7)
Suggests: bash-completion, git, shellcheck
Section: admin
Priority: optional
Description: ${summary}
${paragraphs.join("\n .\n")}
`;
}

/**
 * @param {string} tree what is installed, as tree.mjs fills it
 * @param {string} scratch a directory for the work
 * @param {{ version: string, architecture: string, epoch: number, target: string, quick?: boolean }} facts
 * @param {typeof debControl} control what the package says of itself
 */
export async function writeDeb(
  tree,
  scratch,
  { version, architecture, epoch, target, quick = false },
  control = debControl,
) {
  const staged = join(scratch, "deb");
  await cp(tree, staged, { recursive: true });
  const files = await filesOf(staged);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(staged, file))).size));
  const kibibytes = sizes.reduce((sum, size) => sum + Math.ceil(size / 1024), 0);
  const sums = [];
  for (const file of files) sums.push(`${await md5(join(staged, file))}  ${file}\n`);
  await mkdir(join(staged, "DEBIAN"));
  await writeFile(join(staged, "DEBIAN", "control"), control({ version, architecture, kibibytes }));
  await writeFile(join(staged, "DEBIAN", "md5sums"), sums.join(""));
  await setModes(staged);
  await setTimes(staged, epoch);
  // With several threads, xz's blocks depend on their number.
  const packing = quick ? ["-Zgzip", "-z1"] : ["-Zxz"];
  const args = ["--root-owner-group", "--threads-max=1", ...packing, "--build", staged, target];
  await run("dpkg-deb", args, { env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) } });
}

async function md5(file) {
  const hash = createHash("md5");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
