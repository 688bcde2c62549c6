import { createHash } from "node:crypto";
import type { Bundle, BundleFile, BundleScript } from "../bundle.ts";
import { version } from "../generated/version.ts";
import type { Pictures } from "../graph/index.ts";
import { serviceName } from "../lvs/table.ts";
import type { Cluster } from "../model.ts";
import type { ClientScript } from "../plan/client/index.ts";
import type { Plan } from "../plan/plan.ts";
import type { Script } from "../plan/script.ts";
import { encodeChunks } from "../utf8.ts";
import { type Artifacts, artifacts } from "./artifacts.ts";
import { clientChunks } from "./client.ts";
import { contentReader } from "./contents.ts";
import { doctorChunks } from "./doctor.ts";
import { fetchChunks } from "./fetch.ts";
import { runbook } from "./runbook.ts";
import { type Program, type Runtime, runtimeOf, sumsOf } from "./runtime.ts";
import { scriptChunks } from "./script.ts";

/**
 * Makes the bundle: scripts, artifacts, picture, runbook, manifest and checksums. Nothing in it depends on time, machine, locale or
 * the name of the input, so that the same description gives the same bytes everywhere.
 *
 * @param pictures the cluster as it is drawn
 * @param text the description as it was read; only its hash goes into the bundle
 */
export function render(
  cluster: Cluster,
  { scripts, client, packages, doctor }: Plan,
  pictures: Pictures,
  text: string,
): Bundle {
  const textOf = contentReader();
  const bundleFile = fileMaker();
  const files: BundleFile[] = [];
  const runtimes: CarriedRuntime[] = [];
  const add = (script: string, program: Program, chunks: readonly string[]): void => {
    files.push(bundleFile(script, chunks, true));
    runtimes.push({ script, runtime: runtimeOf(program) });
  };
  for (const script of scripts) add(`${script.role}.sh`, script.role, scriptChunks(cluster, script, textOf));
  if (client) add("client-test.sh", "client", clientChunks(cluster, client));
  add("doctor.sh", "doctor", doctorChunks(cluster, doctor));
  if (packages.length > 0) add("fetch-packages.sh", "fetch", fetchChunks(cluster, packages));
  const installed = artifacts(cluster.name, scripts, textOf);
  for (const [path, chunks] of installed.files) files.push(bundleFile(path, chunks, false));
  files.push(bundleFile("topology.svg", [pictures.svg], false));
  files.push(bundleFile("RUNBOOK.md", [runbook(cluster, scripts, files, pictures.mermaid)], false));
  files.sort(byPath);
  files.push(bundleFile("manifest.json", [manifest(cluster, runtimes, files, text)], false));
  files.sort(byPath);
  files.push(bundleFile("SHA256SUMS", [files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join("")], false));
  return {
    files: files.sort(byPath),
    cluster: cluster.name,
    scripts: [...scripts.map((script) => summary(script, installed)), ...(client ? [clientSummary(client)] : [])],
    services: cluster.services.map((service) => ({ name: service.name, key: serviceName(service) })),
    healthChecks: cluster.failover !== null,
  };
}

/** Makes files with their sums; that of a text which many hosts have is taken once. */
function fileMaker(): (path: string, chunks: readonly string[], executable: boolean) => BundleFile {
  const sums = new Map<string, string>();
  return (path, chunks, executable) => {
    const [text = ""] = chunks;
    if (chunks.length > 1) return { path, chunks, executable, sha256: sha256Of(chunks) };
    const sha256 = sums.get(text) ?? sha256Of(chunks);
    sums.set(text, sha256);
    return { path, chunks, executable, sha256 };
  };
}

function sha256Of(chunks: readonly string[]): string {
  const hash = createHash("sha256");
  encodeChunks(chunks, (bytes) => hash.update(bytes));
  return hash.digest("hex");
}

/** Code unit order, the same in every locale. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** What of a script is the same in every bundle of this version of lvsgen, so that who knows it need not read it again. */
interface CarriedRuntime {
  readonly script: string;
  readonly runtime: Runtime;
}

function manifest(
  cluster: Cluster,
  runtimes: readonly CarriedRuntime[],
  files: readonly BundleFile[],
  text: string,
): string {
  const content = {
    generator: "lvsgen",
    version,
    format: 1,
    cluster: cluster.name,
    inputs: [{ sha256: createHash("sha256").update(text, "utf8").digest("hex") }],
    hosts: cluster.hosts.map(({ name, platform, roles }) => ({ name, platform: platform.name, roles })),
    runtimes: runtimes.map(({ script, runtime: { sha256, files: parts } }) => ({ script, sha256, files: parts })),
    // Once each: most of them are in several scripts.
    runtimeFiles: sumsOf(runtimes.map(({ runtime }) => runtime)),
    files: files.map(({ path, sha256, executable }) => ({ path, sha256, mode: executable ? "0755" : "0644" })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function clientSummary({ hosts }: ClientScript): BundleScript {
  return {
    path: "client-test.sh",
    role: "client",
    hosts: hosts.map(({ name, platform }) => ({ name, platform: platform.name, files: [] })),
  };
}

function summary({ role, hosts }: Script, { paths }: Artifacts): BundleScript {
  return {
    path: `${role}.sh`,
    role,
    hosts: hosts.map((scriptHost) => ({
      name: scriptHost.host.name,
      platform: scriptHost.host.platform.name,
      files: [...(paths.get(scriptHost) ?? [])],
    })),
  };
}
