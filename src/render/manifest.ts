import { type BundleFile, modeOf } from "../bundle.ts";
import type { Since } from "../diff/since/record.ts";
import { version } from "../generated/version.ts";
import type { Language } from "../language/index.ts";
import { serviceName } from "../lvs/table.ts";
import type { Cluster } from "../model.ts";
import type { Artifacts } from "./artifacts.ts";
import { type Runtime, sumsOf } from "./runtime.ts";

/** What of a script is the same in every bundle of this version of lvsgen, so that who knows it need not read it again. */
export interface CarriedRuntime {
  readonly script: string;
  readonly runtime: Runtime;
}

interface Content {
  readonly cluster: Cluster;
  readonly runtimes: readonly CarriedRuntime[];
  readonly installed: Artifacts;
  readonly language: Language;
  /** The SHA-256 of the description. */
  readonly sum: string;
  readonly since: Since | null;
  /** The one host that it is for; null: for all. */
  readonly host: string | null;
}

/** `manifest.json`: what belongs to the bundle, and to whom. docs/cli.md has its keys. */
export function manifest(
  { cluster, runtimes, installed, language, sum, since, host }: Content,
  files: readonly BundleFile[],
): string {
  const content = {
    generator: "lvsgen",
    version,
    format: 1,
    cluster: cluster.name,
    ...(host === null ? {} : { host }),
    inputs: [{ sha256: sum }],
    hosts: cluster.hosts.map(({ name, platform, roles }) => ({ name, platform: platform.name, roles })),
    services: cluster.services.map((service) => ({
      name: service.name,
      key: serviceName(service),
      ...(service.pool === null ? {} : { pool: service.pool }),
    })),
    runtimes: runtimes.map(({ script, runtime: { sha256, files: parts } }) => ({ script, sha256, files: parts })),
    // Once each: most of them are in several scripts.
    runtimeFiles: sumsOf(
      runtimes.map(({ runtime }) => runtime),
      language,
    ),
    files: files.map((file) => ({
      path: file.path,
      sha256: file.sha256,
      mode: modeOf(file).toString(8).padStart(4, "0"),
      ...ownSum(file),
      ...placeOf(file, installed),
    })),
    ...(since === null ? {} : { since }),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The number that a script finds itself by, which its reports and its history name: of its text without that number. */
function ownSum({ chunks, executable }: BundleFile) {
  const sum = executable ? /^lvsgen_sum=([0-9a-f]{64}) /m.exec(chunks[0] ?? "")?.[1] : undefined;
  return sum === undefined ? {} : { sum };
}

/** Whose file it is, where it stands there, and whether lvsgen owns it whole or only these lines of it. */
function placeOf({ path }: BundleFile, { files }: Artifacts) {
  const found = files.get(path);
  return found === undefined ? {} : { host: found.host, target: found.path, owns: found.owns };
}
