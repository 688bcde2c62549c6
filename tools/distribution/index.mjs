/**
 * `npm run dist [-- DIRECTORY]`: everything that a release consists of, into dist/release/ or another directory. The same tree gives the same
 * bytes each time (../release says which moment they carry). With `--quick`, for tests: what is for this machine's processor alone, in
 * packages that are packed fast instead of small.
 */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensurePrograms } from "../machine/apt.mjs";
import { release } from "../release/index.mjs";
import { architectures } from "./architectures.mjs";
import { writeDeb } from "./deb.mjs";
import { writeExecutable } from "./executable.mjs";
import { writeRpm } from "./rpm.mjs";
import { run } from "./run.mjs";
import { writeRunner } from "./runner.mjs";
import { sbom } from "./sbom.mjs";
import { fillTree, setTimes } from "./tree.mjs";
import { packageVersion } from "./words.mjs";

process.umask(0o022);

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const usual = join(root, "dist", "release");
const {
  values: { quick },
  positionals: [directory = usual],
} = parseArgs({ options: { quick: { type: "boolean", default: false } }, allowPositionals: true });
const target = resolve(directory);
const say = (line) => console.log(`dist: ${line}`);

const tools = { "dpkg-deb": "dpkg", rpmbuild: "rpm", "eu-strip": "elfutils", tar: "tar" };

/** npm's package, of dist/ as it stands. */
async function packNpm() {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", target];
  const [{ filename }] = JSON.parse(await run("npm", args, { cwd: root }));
  return join(target, filename);
}

async function packageFor(architecture, { version, epoch }, tarball) {
  const executable = join(target, `lvsgen-${version}-linux-${architecture.name}`);
  const { licence } = await writeExecutable(root, architecture, executable);
  say(`wrote the executable for ${architecture.name}`);
  const scratch = await mkdtemp(join(tmpdir(), "lvsgen-dist-"));
  try {
    const tree = join(scratch, "tree");
    await fillTree(tree, { root, executable, tarball, nodeLicence: licence });
    await setTimes(tree, epoch);
    const named = packageVersion(version);
    await writeDeb(tree, scratch, {
      version,
      epoch,
      architecture: architecture.deb,
      quick,
      target: join(target, `lvsgen_${named}_${architecture.deb}.deb`),
    });
    await writeRpm(tree, scratch, {
      version,
      epoch,
      architecture: architecture.name,
      quick,
      target: join(target, `lvsgen-${named}-1.${architecture.name}.rpm`),
    });
    say(`wrote the .deb and the .rpm for ${architecture.name}`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function sumsOf(directory) {
  const lines = [];
  for (const name of (await readdir(directory)).sort())
    lines.push(
      `${createHash("sha256")
        .update(await readFile(join(directory, name)))
        .digest("hex")}  ${name}\n`,
    );
  return lines.join("");
}

/** Only what is its own is removed unasked. */
async function emptyTarget() {
  if (target === usual) await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0)
    throw new Error(`${target} is not empty: name another directory, or empty it`);
}

async function main() {
  const lacking = ensurePrograms(tools, say);
  if (lacking !== undefined) throw new Error(lacking);
  const { version, epoch } = release(root);
  if (epoch === null)
    throw new Error(
      "no time for the files: no commit here, and no release of this version in CHANGELOG.md; set SOURCE_DATE_EPOCH",
    );
  await emptyTarget();
  const tarball = await packNpm();
  const made = architectures.filter(({ node }) => !quick || node === process.arch);
  await Promise.all(made.map((architecture) => packageFor(architecture, { version, epoch }, tarball)));
  await writeRunner(root, target, { version, epoch, quick });
  say("wrote the .deb and the .rpm of lvsgen-run");
  await writeFile(join(target, `lvsgen-${version}.cdx.json`), sbom(root, { version, epoch }));
  await writeFile(join(target, "SHA256SUMS"), await sumsOf(target));
  say(`wrote ${(await readdir(target)).length} files into ${target}`);
}

await main().catch((error) => {
  console.error(`dist: ${error.message}`);
  process.exitCode = 1;
});
