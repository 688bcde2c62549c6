import type { Language } from "../language/index.ts";
import type { Cluster } from "../model.ts";
import type { PlatformPackages } from "../plan/packages.ts";
import { runtimeOf } from "./runtime.ts";
import { withPreamble } from "./script.ts";
import { renderChunks } from "./templates.ts";

/** `fetch-packages.sh`: the check of its own integrity, what it downloads for which system, the runtime. */
export function fetchChunks(cluster: Cluster, platforms: readonly PlatformPackages[], language: Language): string[] {
  const runtime = runtimeOf("fetch", language);
  const body = renderChunks("fetch-packages.sh", {
    cluster: cluster.name,
    platforms: platforms.map(({ platform: { name, packageManager, releases }, hosts, packages }) => ({
      platform: [name, packageManager, releases.join(" ")],
      hosts: [name, ...hosts],
      packages: [name, ...packages],
    })),
    inChinese: language.name === "zh",
    library: runtime.chunks,
  });
  return withPreamble(body, runtime.sha256);
}
