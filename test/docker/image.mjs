// Builds the guests' images. Each is tagged by a hash of what goes into it and built only when no image has that tag.

import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { aptInstall } from "../../tools/machine/apt.mjs";
import { docker, dockerClient } from "./engine.mjs";

/** Runs a program that takes minutes, while suites go on beside it. */
const run = promisify(execFile);

const here = fileURLToPath(new URL(".", import.meta.url));
const REPOSITORY = "lvsgen-test";
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The guests that there are: targets of the Dockerfile. */
export const TARGETS = ["debian12", "debian12-bare", "el7"];

/** What the Dockerfile copies: a change to any of it is another image. */
const CONTEXT = ["Dockerfile", "build", "guest", "stand-in", "el7"];

function* filesBelow(path) {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) yield { path, stat };
  else for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

function contextHash() {
  const hash = createHash("sha256");
  for (const top of CONTEXT) {
    for (const { path, stat } of filesBelow(join(here, top))) {
      hash.update(`${relative(here, path)}\0${stat.mode & 0o111 ? "x" : "-"}\0`);
      hash.update(stat.isSymbolicLink() ? readlinkSync(path) : readFileSync(path));
      hash.update("\0");
    }
  }
  return hash.digest("hex").slice(0, 12);
}

const exists = (image) => docker(["image", "inspect", "--format", "{{.Id}}", image]).status === 0;

/** A Debian 12 to build on: pulled where a registry answers, else bootstrapped here and imported (once; the engine keeps it). */
export async function ensureBase(say) {
  const imported = `${REPOSITORY}:base`;
  if (exists("debian:12")) return "debian:12";
  if (exists(imported)) return imported;
  say("looking for debian:12 in a registry");
  if (docker(["pull", "-q", "debian:12"], { timeout: 60_000 }).status === 0) return "debian:12";
  say("no registry answers: bootstrapping Debian 12 with mmdebstrap");
  const failed = spawnSync("mmdebstrap", ["--version"]).status === 0 ? undefined : aptInstall(["mmdebstrap"]);
  if (failed) throw new Error(failed);
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-base-"));
  try {
    const tar = join(directory, "base.tar");
    await run("mmdebstrap", ["--variant=minbase", "--quiet", "bookworm", tar]).catch(({ stderr, message }) => {
      throw new Error(`mmdebstrap failed: ${stderr || message}`);
    });
    const result = docker(["import", "--change", 'CMD ["bash"]', "--change", `ENV PATH=${PATH}`, tar, imported]);
    if (result.status !== 0) throw new Error(`docker import failed: ${result.stderr}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return imported;
}

/**
 * Makes sure that the image of a target is there; returns its name with the tag of what went into it.
 * Also tags it `lvsgen-test:TARGET`, for people. Throws when the build fails.
 */
export async function ensureImage(target, say) {
  const image = `${REPOSITORY}:${target}-${contextHash()}`;
  if (exists(image)) return image;
  const base = await ensureBase(say);
  say(`building ${image} on ${base}`);
  // The classic builder is on every engine; a build needs Debian's archive the first time only.
  const args = [
    "build",
    "--force-rm",
    "--network",
    "host",
    "--build-arg",
    `BASE=${base}`,
    "--target",
    target,
    "--tag",
    image,
    "--tag",
    `${REPOSITORY}:${target}`,
    here,
  ];
  const options = { env: { ...process.env, DOCKER_BUILDKIT: "0" }, maxBuffer: 256 * 1024 * 1024 };
  await run(dockerClient(), args, options).catch(({ stdout = "", stderr = "", message }) => {
    throw new Error(`docker build ${target} failed:\n${stdout.slice(-3000)}${stderr.slice(-2000) || message}`);
  });
  return image;
}
