// The scripts of a description, compiled in this process by the built library, each description once.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../docker/container.mjs";

/** The host on which everything happens. */
export const HOST = "h1";

const { compile } = await import(pathToFileURL(join(repository, "dist/index.mjs")).href);

const compiled = new Map();

/** Role to script of the roles that the description gives this host, or undefined where it has errors. */
export async function scriptsOf(description, directory) {
  const text = JSON.stringify(description);
  if (!compiled.has(text)) compiled.set(text, await build(text, directory));
  return compiled.get(text);
}

export async function findings(description) {
  const { diagnostics } = await compile(JSON.stringify(description));
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code}: ${message}`);
}

async function build(text, directory) {
  const { bundle } = await compile(text);
  if (bundle === null) return undefined;
  const sum = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const at = join(directory, sum);
  mkdirSync(at, { recursive: true });
  const scripts = {};
  for (const { path, role, hosts } of bundle.scripts) {
    if (!["director", "realserver", "nfs"].includes(role)) continue;
    if (!hosts.some(({ name }) => name === HOST)) continue;
    const file = join(at, path);
    writeFileSync(file, bundle.files.find((one) => one.path === path).chunks.join(""));
    scripts[role] = { id: `${sum} ${role}`, role, file, described: described(file) };
  }
  return scripts;
}

/** What of a script's resources is in files: kind to paths. */
function described(file) {
  const { stdout } = spawnSync("bash", [file, "list", "--json"], { encoding: "utf8" });
  const paths = { file: [], directory: [], block: [], setting: [], mode: [] };
  for (const line of stdout.split("\n").filter((one) => one !== "")) {
    const { host, kind, name } = JSON.parse(line);
    if (host === HOST && kind in paths) paths[kind].push(kind === "setting" ? name.replace(/ \S+$/, "") : name);
  }
  return paths;
}
