import type { BundleFile } from "../bundle.ts";
import type { Language } from "../language/index.ts";
import type { Cluster, Host } from "../model.ts";
import type { Plan } from "../plan/plan.ts";
import { type Artifacts, artifacts } from "./artifacts.ts";
import { byPath, fileMaker, sha256Of } from "./bundle-files.ts";
import { clientChunks } from "./client.ts";
import { contentReader } from "./contents.ts";
import { doctorChunks } from "./doctor.ts";
import { fetchChunks } from "./fetch.ts";
import { type CarriedRuntime, manifest } from "./manifest.ts";
import { type Program, runtimeOf } from "./runtime.ts";
import { scriptChunks } from "./script.ts";

/** What hosts get: the part of a bundle that depends on the description alone. */
export interface Scripts {
  readonly cluster: Cluster;
  readonly plan: Plan;
  /** Scripts, and what they install. */
  readonly files: readonly BundleFile[];
  /** What the manifest says of them and of these besides, without what else is in the bundle; made for who compares it. */
  readonly manifest: (besides: readonly BundleFile[]) => string;
  readonly installed: Artifacts;
  readonly runtimes: readonly CarriedRuntime[];
  readonly language: Language;
  /** The SHA-256 of the description. */
  readonly sum: string;
  /** The one host that they are for; null: all of the cluster. */
  readonly host: Host | null;
}

/**
 * Makes the scripts and the artifacts. Nothing in them depends on time, machine, locale or the name of the input, so that the same
 * description gives the same bytes everywhere.
 *
 * @param text the description as it was read; only its hash goes into the bundle
 * @param language what scripts say to a person on a terminal; all else that they print is English
 * @param host the one host that cluster and plan are about; null: they are whole
 */
export function renderScripts(
  cluster: Cluster,
  plan: Plan,
  text: string,
  language: Language,
  host: Host | null = null,
): Scripts {
  const { scripts, client, packages, doctor } = plan;
  const textOf = contentReader();
  const bundleFile = fileMaker();
  const files: BundleFile[] = [];
  const runtimes: CarriedRuntime[] = [];
  const add = (script: string, program: Program, chunks: readonly string[]): void => {
    files.push(bundleFile(script, chunks, true));
    runtimes.push({ script, runtime: runtimeOf(program, language) });
  };
  for (const script of scripts) add(`${script.role}.sh`, script.role, scriptChunks(cluster, script, textOf, language));
  if (client) add("client-test.sh", "client", clientChunks(cluster, client, language));
  add("doctor.sh", "doctor", doctorChunks(cluster, doctor, language));
  if (packages.length > 0) add("fetch-packages.sh", "fetch", fetchChunks(cluster, packages, language));
  const installed = artifacts(cluster.name, scripts, textOf);
  for (const [path, { chunks }] of installed.files) files.push(bundleFile(path, chunks, false));
  files.sort(byPath);
  const head = { cluster, language, runtimes, installed, sum: sha256Of([text]), since: null };
  return {
    ...head,
    host,
    plan,
    files,
    manifest: (besides) => manifest({ ...head, host: host?.name ?? null }, [...files, ...besides]),
  };
}
