import type { Cluster } from "../model.ts";
import type { PlatformPackages } from "../plan/packages.ts";
import { librarySource, withPreamble } from "./script.ts";
import { renderChunks } from "./templates.ts";

/** The runtime of `fetch-packages.sh`, in the order in which a reader meets it. */
const runtime = [
  "text.sh",
  "output.sh",
  "words.sh",
  "fetch/options.sh",
  "release.sh",
  "trust.sh",
  "carried.sh",
  "fetch/target.sh",
  "fetch/folder.sh",
  "fetch/apt.sh",
  "fetch/rpm.sh",
  "fetch/main.sh",
];

/** `fetch-packages.sh`: the check of its own integrity, what it downloads for which system, the runtime. */
export function fetchChunks(cluster: Cluster, platforms: readonly PlatformPackages[]): string[] {
  const body = renderChunks("fetch-packages.sh", {
    cluster: cluster.name,
    platforms: platforms.map(({ platform: { name, packageManager, releases }, hosts, packages }) => ({
      platform: [name, packageManager, releases.join(" ")],
      hosts: [name, ...hosts],
      packages: [name, ...packages],
    })),
    library: runtime.map(librarySource),
  });
  return withPreamble(body);
}
