/** The stages between a parsed description and its plan: every finding about it, and the cluster that it describes. */
import { type Acknowledgement, faultyAcknowledgements } from "./acknowledge.ts";
import { check } from "./check/index.ts";
import { copyOf } from "./copy.ts";
import { type Diagnostic, isError } from "./diagnostics/index.ts";
import { expand } from "./expand/index.ts";
import type { Cluster } from "./model.ts";
import { isWithin, parent } from "./pointer.ts";
import { resolve, type Sharing } from "./resolve/index.ts";
import { fillIn, type ReadSource } from "./sources/index.ts";
import { validate } from "./validate/index.ts";

export interface Examined {
  /** What could be resolved; null where too little is left. */
  readonly cluster: Cluster | null;
  /** Pointers to what could not be read or looked up. */
  readonly unresolved: readonly string[];
  readonly found: readonly Diagnostic[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** Findings of later stages as findings about the text. */
  place(found: readonly Diagnostic[]): readonly Diagnostic[];
}

/**
 * Runs every stage as far as the faults of the one before let it, so that one run shows them all. Where real servers that stand in several
 * places are one object, what is found of them is found once more with each apart, so that every place is named.
 */
export function examine(value: unknown, readSource?: ReadSource, secrets = false): Examined {
  const examined = examineWith(value, "all", readSource, secrets);
  return examined.lacksPlaces ? examineApart(value, readSource, secrets) : examined;
}

/** The same with nothing shared but what says only its address or host: what {@link examine} has to find. */
export function examineApart(value: unknown, readSource?: ReadSource, secrets = false): Examined {
  return examineWith(copyOf(value), "plain", readSource, secrets);
}

const realServer = /^\/services\/[0-9]+\/realservers\//;

function examineWith(
  value: unknown,
  sharing: Sharing,
  readSource: ReadSource | undefined,
  secrets: boolean,
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
  const filled = fillIn(validated.config, readSource, secrets);
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
