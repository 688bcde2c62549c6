import { createHash } from "node:crypto";
import type { Bundle, BundleFile, BundleScript } from "../bundle.ts";
import type { Cluster } from "../model.ts";
import type { ClientScript } from "../plan/client/index.ts";
import type { Plan } from "../plan/plan.ts";
import type { Script } from "../plan/script.ts";
import { encodeChunks } from "../utf8.ts";
import { artifactPath, artifacts } from "./artifacts.ts";
import { clientChunks } from "./client.ts";
import { doctorChunks } from "./doctor.ts";
import { fetchChunks } from "./fetch.ts";
import { runbook } from "./runbook.ts";
import { scriptChunks } from "./script.ts";

/**
 * Makes the bundle: scripts, artifacts, runbook, manifest and checksums. Nothing in it depends on time, machine, locale or
 * the name of the input, so that the same description gives the same bytes everywhere.
 *
 * @param text the description as it was read; only its hash goes into the bundle
 */
export function render(cluster: Cluster, { scripts, client, packages, doctor }: Plan, text: string): Bundle {
  const files: BundleFile[] = scripts.map((script) =>
    bundleFile(`${script.role}.sh`, scriptChunks(cluster, script), true),
  );
  if (client) files.push(bundleFile("client-test.sh", clientChunks(cluster, client), true));
  files.push(bundleFile("doctor.sh", doctorChunks(cluster, doctor), true));
  if (packages.length > 0) files.push(bundleFile("fetch-packages.sh", fetchChunks(cluster, packages), true));
  for (const [path, chunks] of artifacts(cluster.name, scripts)) files.push(bundleFile(path, chunks, false));
  files.push(bundleFile("RUNBOOK.md", [runbook(cluster, scripts, files)], false));
  files.sort(byPath);
  files.push(bundleFile("manifest.json", [manifest(cluster, files, text)], false));
  files.sort(byPath);
  files.push(bundleFile("SHA256SUMS", [files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join("")], false));
  return { files: files.sort(byPath), scripts: [...scripts.map(summary), ...(client ? [clientSummary(client)] : [])] };
}

function bundleFile(path: string, chunks: readonly string[], executable: boolean): BundleFile {
  const hash = createHash("sha256");
  encodeChunks(chunks, (bytes) => hash.update(bytes));
  return { path, chunks, executable, sha256: hash.digest("hex") };
}

/** Code unit order, the same in every locale. */
function byPath(a: BundleFile, b: BundleFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

function manifest(cluster: Cluster, files: readonly BundleFile[], text: string): string {
  const content = {
    generator: "lvsgen",
    format: 1,
    cluster: cluster.name,
    inputs: [{ sha256: createHash("sha256").update(text, "utf8").digest("hex") }],
    hosts: cluster.hosts.map(({ name, platform, roles }) => ({ name, platform: platform.name, roles })),
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

function summary({ role, hosts }: Script): BundleScript {
  return {
    path: `${role}.sh`,
    role,
    hosts: hosts.map(({ host, sections }) => ({
      name: host.name,
      platform: host.platform.name,
      files: [
        ...new Set(
          sections.flatMap(({ wants }) =>
            wants.flatMap(({ artifact }) => (artifact === null ? [] : [artifactPath(host.name, artifact.path)])),
          ),
        ),
      ],
    })),
  };
}
