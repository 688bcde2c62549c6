// Guests with more in them than the common ones: a layer on one of those, tagged by what goes into both.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { docker } from "./engine.mjs";
import { ensureImage } from "./image.mjs";

/**
 * The name of the image that the Dockerfile of `directory` and the files in its `build` make of the debian12 guest; it is built when it
 * is not there. Throws when that fails.
 */
export async function ensureLayer(name, directory, say) {
  const base = await ensureImage("debian12", say);
  const hash = createHash("sha256").update(base);
  for (const file of [
    "Dockerfile",
    ...readdirSync(join(directory, "build"))
      .sort()
      .map((entry) => `build/${entry}`),
  ])
    hash.update(`\0${file}\0`).update(readFileSync(join(directory, file)));
  const image = `lvsgen-test:${name}-${hash.digest("hex").slice(0, 12)}`;
  if (docker(["image", "inspect", "--format", "{{.Id}}", image]).status === 0) return image;
  say(`building ${image} on ${base}`);
  const args = ["build", "--force-rm", "--network", "host", "--build-arg", `BASE=${base}`, "--tag", image, directory];
  const built = docker(args, { env: { ...process.env, DOCKER_BUILDKIT: "0" } });
  if (built.status !== 0)
    throw new Error(`docker build failed:\n${built.stdout.slice(-3000)}${built.stderr.slice(-2000)}`);
  return image;
}
