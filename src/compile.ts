import { acknowledge } from "./acknowledge.ts";
import type { Bundle, BundleFile } from "./bundle.ts";
import { isError, type LocatedDiagnostic } from "./diagnostics/index.ts";
import type { Former, Since } from "./diff/since/index.ts";
import { examine } from "./examine.ts";
import { describePicture, draw, type GraphFormat, picturesOf } from "./graph/index.ts";
import { languageOf } from "./language/index.ts";
import { locate } from "./locate.ts";
import type { Cluster } from "./model.ts";
import { parse } from "./parse/index.ts";
import { collisions } from "./plan/collisions.ts";
import { hostParts } from "./plan/for-host.ts";
import { plan } from "./plan/index.ts";
import type { Plan } from "./plan/plan.ts";
import { inFolder, renderBundle, renderScripts, type Scripts } from "./render/index.ts";
import { type SecretsFile, secretsOf } from "./secrets/index.ts";
import type { ReadSource } from "./sources/index.ts";

export interface CompileOptions {
  /** Name of the file, for diagnostics; `.yaml` or `.yml` at its end makes the text YAML. Default: `cluster.json`. */
  readonly file?: string;
  /** Reads what `source` of a file names; left out: a description with a source is not compiled. */
  readonly readSource?: ReadSource;
}

export interface BundleOptions extends CompileOptions {
  /** The bundle that is there already; left out: nothing is, and the runbook is that of a first installation. */
  readonly former?: Former;
  /** Whether each host gets a folder `hosts/HOST` besides, with nothing in it of another one's. */
  readonly perHost?: boolean;
}

export interface Compiled {
  /** Null when there are errors. */
  readonly bundle: Bundle | null;
  /** Errors and warnings in the order of the text. */
  readonly diagnostics: readonly LocatedDiagnostic[];
}

export interface Secrets {
  /** A file a host that has secrets; null when there are errors. */
  readonly files: readonly SecretsFile[] | null;
  /** The name of the cluster; null when there are errors. */
  readonly cluster: string | null;
  /** Errors and warnings in the order of the text. */
  readonly diagnostics: readonly LocatedDiagnostic[];
}

export interface GraphOptions extends CompileOptions {
  /** Default: `svg`. */
  readonly format?: GraphFormat;
}

export interface Graph {
  /** The text of the picture; null when there are errors. */
  readonly picture: string | null;
  /** Errors and warnings in the order of the text. */
  readonly diagnostics: readonly LocatedDiagnostic[];
}

export interface Analysis {
  /** Null when there are errors. */
  readonly cluster: Cluster | null;
  /** With errors: what could be resolved, fit to be looked at and not to be built from; null where too little is left. */
  readonly resolved: Cluster | null;
  /** Pointers to what could not be read or looked up: what is `resolved` there is left out, or a guess. */
  readonly unresolved: readonly string[];
  /** What its scripts bring about; null when there are errors. */
  readonly plan: Plan | null;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/**
 * Compiles a description into the bundle of its scripts. Pure: no files, no clock, no environment but by `readSource`; what is
 * wrong with the description comes back as diagnostics.
 */
export async function compile(text: string, options: BundleOptions = {}): Promise<Compiled> {
  const { cluster, plan, diagnostics } = await analyse(text, options);
  if (cluster === null || plan === null) return { bundle: null, diagnostics };
  const language = await languageOf(cluster.language);
  const scripts = renderScripts(cluster, plan, text, language);
  const parts = options.perHost === true ? hostParts(cluster, plan) : [];
  const perHost = parts.map(({ host, ...part }) => ({
    ...renderScripts(part.cluster, part.plan, text, language, host),
    host,
  }));
  const since = options.former === undefined ? null : await sinceOf(options.former, scripts, perHost.flatMap(inFolder));
  const marks = since === null || "unreadable" in since ? null : since.marks;
  return { bundle: renderBundle(scripts, picturesOf(cluster, marks, language), since, language, perHost), diagnostics };
}

/** Loaded only where there is something to compare with. */
async function sinceOf(
  former: Former,
  { files, manifest }: Scripts,
  ofHosts: readonly BundleFile[],
): Promise<Since | null> {
  const { sinceFormer } = await import("./diff/since/index.ts");
  return sinceFormer(former, files, () => manifest(ofHosts));
}

/** Draws the cluster of a description. As pure as `compile`. */
export async function graph(text: string, options: GraphOptions = {}): Promise<Graph> {
  const { cluster, diagnostics } = await analyse(text, options);
  if (cluster === null) return { picture: null, diagnostics };
  const language = await languageOf(cluster.language);
  return { picture: draw(describePicture(cluster), options.format ?? "svg", language), diagnostics };
}

/** The texts of a description's secrets, which nothing else here reads. As pure as `compile`, but that it needs `readSource`. */
export async function secrets(text: string, options: CompileOptions): Promise<Secrets> {
  const { cluster, diagnostics } = await analyse(text, { ...options, secrets: true });
  return { files: cluster === null ? null : secretsOf(cluster), cluster: cluster?.name ?? null, diagnostics };
}

/** All findings about a description, the cluster that it describes, and what is planned for it: what `validate` needs of the pipeline. */
export async function analyse(
  text: string,
  { file = "cluster.json", readSource, secrets = false }: CompileOptions & { readonly secrets?: boolean } = {},
): Promise<Analysis> {
  const { document, diagnostics: syntax } = await parse(text, file);
  if (document === null) return { cluster: null, resolved: null, unresolved: [], plan: null, diagnostics: syntax };
  const { cluster, unresolved, found, acknowledgements, place } = examine(document.value, readSource, secrets);
  const isSound = cluster !== null && ![...syntax, ...found].some(isError);
  // What is wrong already would only be planned to collide.
  const planned = isSound ? plan(cluster) : null;
  const all = planned === null ? found : [...found, ...place(collisions(planned.scripts))];
  const located = all.length === 0 ? [] : locate(all, document, file);
  const acknowledged = acknowledge([...syntax, ...located], acknowledgements);
  const stale = isSound && !all.some(isError) ? locate(acknowledged.stale, document, file) : [];
  const diagnostics = [...acknowledged.diagnostics, ...stale].sort((a, b) => a.line - b.line || a.column - b.column);
  return diagnostics.some(isError)
    ? { cluster: null, resolved: cluster, unresolved, plan: null, diagnostics }
    : { cluster, resolved: cluster, unresolved, plan: planned, diagnostics };
}
