// The guest that has every back end: a layer on the debian12 guest, tagged by what goes into both.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { docker } from "../docker/engine.mjs";
import { ensureImage } from "../docker/image.mjs";

const here = import.meta.dirname;

/** The name of the image; it is built when it is not there. Throws when that fails. */
export async function ensureBackendsImage(say) {
  const base = await ensureImage("debian12", say);
  const hash = createHash("sha256").update(base);
  for (const file of [
    "Dockerfile",
    ...readdirSync(join(here, "build"))
      .sort()
      .map((name) => `build/${name}`),
  ])
    hash.update(`\0${file}\0`).update(readFileSync(join(here, file)));
  const image = `lvsgen-test:backends-${hash.digest("hex").slice(0, 12)}`;
  if (docker(["image", "inspect", "--format", "{{.Id}}", image]).status === 0) return image;
  say(`building ${image} on ${base}`);
  const args = ["build", "--force-rm", "--network", "host", "--build-arg", `BASE=${base}`, "--tag", image, here];
  const built = docker(args, { env: { ...process.env, DOCKER_BUILDKIT: "0" } });
  if (built.status !== 0)
    throw new Error(`docker build failed:\n${built.stdout.slice(-3000)}${built.stderr.slice(-2000)}`);
  return image;
}
