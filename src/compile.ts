import { type Acknowledgement, acknowledge, faultyAcknowledgements } from "./acknowledge.ts";
import type { Bundle, BundleFile } from "./bundle.ts";
import { check } from "./check/index.ts";
import { copyOf } from "./copy.ts";
import { type Diagnostic, isError, type LocatedDiagnostic } from "./diagnostics/index.ts";
import type { Former, Since } from "./diff/since/index.ts";
import { expand } from "./expand/index.ts";
import { describePicture, draw, type GraphFormat, picturesOf } from "./graph/index.ts";
import { languageOf } from "./language/index.ts";
import { locate } from "./locate.ts";
import type { Cluster } from "./model.ts";
import { parse } from "./parse/index.ts";
import { collisions } from "./plan/collisions.ts";
import { hostParts } from "./plan/for-host.ts";
import { plan } from "./plan/index.ts";
import type { Plan } from "./plan/plan.ts";
import { isWithin, parent } from "./pointer.ts";
import { inFolder, renderBundle, renderScripts, type Scripts } from "./render/index.ts";
import { resolve, type Sharing } from "./resolve/index.ts";
import { fillIn, type ReadSource } from "./sources/index.ts";
import { validate } from "./validate/index.ts";

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

/** All findings about a description, the cluster that it describes, and what is planned for it: what `validate` needs of the pipeline. */
export async function analyse(
  text: string,
  { file = "cluster.json", readSource }: CompileOptions = {},
): Promise<Analysis> {
  const { document, diagnostics: syntax } = await parse(text, file);
  if (document === null) return { cluster: null, resolved: null, unresolved: [], plan: null, diagnostics: syntax };
  const { cluster, unresolved, found, acknowledgements, place } = examine(document.value, readSource);
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

interface Examined extends Pick<Analysis, "cluster" | "unresolved"> {
  readonly found: readonly Diagnostic[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** Findings of later stages as findings about the text. */
  place(found: readonly Diagnostic[]): readonly Diagnostic[];
}

/**
 * Runs every stage as far as the faults of the one before let it, so that one run shows them all. Where real servers that stand in several
 * places are one object, what is found of them is found once more with each apart, so that every place is named.
 */
export function examine(value: unknown, readSource?: ReadSource): Examined {
  const examined = examineWith(value, "all", readSource);
  return examined.lacksPlaces ? examineApart(value, readSource) : examined;
}

/** The same with nothing shared but what says only its address or host: what {@link examine} has to find. */
export function examineApart(value: unknown, readSource?: ReadSource): Examined {
  return examineWith(copyOf(value), "plain", readSource);
}

const realServer = /^\/services\/[0-9]+\/realservers\//;

function examineWith(
  value: unknown,
  sharing: Sharing,
  readSource: ReadSource | undefined,
): Examined & { readonly lacksPlaces: boolean } {
  const validated = validate(value);
  if (validated.config === null)
    return {
      cluster: null,
      unresolved: [],
      found: validated.diagnostics,
      acknowledgements: [],
      place: (found) => found,
      lacksPlaces: false,
    };
  const { acknowledge: acknowledgements = [] } = validated.config;
  const ofValidate = new Set(validated.incomplete);
  const filled = fillIn(validated.config, readSource);
  const ofSources = filled.diagnostics.filter((found) => !isFollowUp(found, ofValidate));
  const expanded = expand(filled.config, ofValidate);
  const { written, place } = expanded;
  const lost = { has: (pointer: string) => ofValidate.has(written(pointer)), values: () => ofValidate.values() };
  const resolved = resolve(expanded.config, lost, sharing);
  const checked = check(resolved.cluster);
  const ofExpand = new Set([...ofValidate, ...expanded.incomplete]);
  const incomplete = new Set([...ofExpand, ...filled.incomplete, ...resolved.incomplete.map(written)]);
  const resolving = place(resolved.diagnostics);
  return {
    cluster: resolved.cluster,
    unresolved: [...validated.diagnostics, ...ofSources, ...expanded.diagnostics, ...resolving]
      .filter(isError)
      .map(({ pointer }) => pointer),
    found: [
      ...expanded.told(validated.diagnostics),
      ...ofSources,
      ...expanded.diagnostics.filter((found) => !isFollowUp(found, ofValidate)),
      ...resolving.filter((found) => !isFollowUp(found, ofExpand)),
      ...place(checked).filter(
        (found) =>
          !isFollowUp(found, incomplete) && !(resolved.areReferencesLost && found.code === "HOST_WITHOUT_ROLE"),
      ),
      ...faultyAcknowledgements(acknowledgements),
    ],
    acknowledgements,
    place,
    lacksPlaces:
      resolved.sharesPlaces && [...resolved.diagnostics, ...checked].some(({ pointer }) => realServer.test(pointer)),
  };
}

/**
 * Where a value was left out because of an error, nobody wants to hear that it is missing, or a warning about
 * what remains. Of a host, what remains says nothing at all: its settings are about its addresses.
 */
function isFollowUp({ severity, pointer }: Diagnostic, incomplete: ReadonlySet<string>): boolean {
  if (incomplete.size === 0) return false;
  const concerns = (around: string): boolean =>
    incomplete.has(around) && (severity !== "error" || around === pointer || isWithin(around, "/hosts"));
  for (let around = pointer; around !== ""; around = parent(around)) if (concerns(around)) return true;
  return concerns("");
}
