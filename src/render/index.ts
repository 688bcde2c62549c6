import type { Bundle, BundleScript } from "../bundle.ts";
import type { Since } from "../diff/since/record.ts";
import type { Pictures } from "../graph/index.ts";
import { english, type Language } from "../language/index.ts";
import { serviceName } from "../lvs/table.ts";
import type { Host } from "../model.ts";
import type { ClientScript } from "../plan/client/index.ts";
import type { Script } from "../plan/script.ts";
import type { Artifacts } from "./artifacts.ts";
import { byPath, fileMaker } from "./bundle-files.ts";
import { hostFiles } from "./host-files.ts";
import { manifest } from "./manifest.ts";
import { operations } from "./operations/index.ts";
import { runbook } from "./runbook/index.ts";
import type { Scripts } from "./scripts.ts";
import { withSignedCommands } from "./signed-commands.ts";

export { inFolder } from "./host-files.ts";
export { renderScripts, type Scripts } from "./scripts.ts";

/**
 * Adds what people read, manifest and checksums.
 *
 * @param pictures the cluster as it is drawn
 * @param since what leads from the former bundle to this one; null where nothing is known of one
 * @param language what documents are in; the manifest is in English
 * @param perHost what each host gets that is to have a folder with nothing of another one's
 */
export function renderBundle(
  rendered: Scripts,
  pictures: Pictures,
  since: Since | null,
  language: Language = english,
  perHost: readonly (Scripts & { readonly host: Host })[] = [],
): Bundle {
  const { cluster, plan, installed } = rendered;
  const bundleFile = fileMaker();
  const files = [...rendered.files];
  files.push(bundleFile("topology.svg", [pictures.svg], false));
  files.push(
    bundleFile("RUNBOOK.md", [withSignedCommands(runbook(rendered, pictures, since, language), cluster, null)], false),
  );
  const tasks = operations(cluster, plan.scripts, pictures.overview, language);
  files.push(bundleFile("OPERATIONS.md", [withSignedCommands(tasks, cluster, null)], false));
  for (const own of perHost) files.push(...hostFiles(own, rendered, language));
  files.sort(byPath);
  files.push(bundleFile("manifest.json", [manifest({ ...rendered, since, host: null }, files)], false));
  files.sort(byPath);
  files.push(bundleFile("SHA256SUMS", [files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join("")], false));
  const { scripts, client } = plan;
  return {
    files: files.sort(byPath),
    cluster: cluster.name,
    scripts: [...scripts.map((script) => summary(script, installed)), ...(client ? [clientSummary(client)] : [])],
    services: cluster.services.map((service) => ({ name: service.name, key: serviceName(service) })),
    healthChecks: cluster.failover !== null,
    signedOnly: cluster.trust !== null,
    change: since === null ? null : { sumOfSums: since.from.sumOfSums, hosts: touched(since) },
  };
}

function touched(since: Since): readonly string[] | null {
  return "unreadable" in since ? null : [...new Set(since.steps.flatMap(({ hosts }) => hosts))];
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
