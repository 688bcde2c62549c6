/**
 * What an imported description builds against what was imported: the facts of the readers beside the resolved cluster, never beside
 * the text of the description. Where that does not build, what can be resolved of it is compared, and the rest is named.
 */
import type { Facts, FoundService } from "../facts.ts";
import type { Examine, Imported } from "../imported.ts";
import { compareChecks } from "./checks.ts";
import { withLines } from "./description-lines.ts";
import { createTeller, type Findings, saidOfLines, type Teller } from "./difference.ts";
import { compareHosts } from "./hosts.ts";
import { compareMarks } from "./marks.ts";
import { type BuiltParts, frontendText, obstacleOf, pairServices } from "./parts.ts";
import { resolveParts } from "./resolve-parts.ts";
import { compareRules, type RuleComparison, type RuleFacts } from "./rules.ts";
import { compareSorry, compareThresholds } from "./servers.ts";
import { compareExports } from "./storage.ts";
import { compareSysctls } from "./sysctls.ts";
import { compareVips } from "./vips.ts";
import { compareVrrp } from "./vrrp.ts";

export type { Difference, NotCompared } from "./difference.ts";
export type { MissingRule } from "./rules.ts";

export interface Comparison extends RuleComparison, Findings {
  /** Whether all of the description builds; with false, what is wrong with it hinders some of the comparison. */
  readonly builds: boolean;
}

/** Whether nothing differs but what is meant to, and all of it could be compared as it is built. */
export function isSame({ builds, missing, added, differences }: Comparison): boolean {
  return builds && missing.length + added.length === 0 && differences.every(({ verdict }) => verdict === "meant");
}

/** @param examine the compiler, for descriptions that do not build as they are */
export async function compareImported(imported: Imported, examine: Examine): Promise<Comparison> {
  const { facts, misses, description } = imported;
  const builds = imported.cluster !== null;
  const teller = createTeller(misses);
  const parts = await resolveParts(imported, examine);
  if ("why" in parts) {
    teller.leave("everything", parts.why, null);
    return { builds, same: 0, reworded: 0, missing: [], added: [], ...teller.findings() };
  }
  const rules = compareServices(imported, parts, teller);
  compareTimeouts(facts, parts, teller);
  compareVrrp(description.planned, parts, teller);
  compareVips(facts, description.planned, parts, teller);
  compareHosts(facts.hosts, description.planned, parts, teller);
  compareSysctls(description.planned.hosts, imported.plan, parts, teller);
  compareExports(description.planned.hosts, parts, teller);
  const { differences, ...rest } = teller.findings();
  return { builds, ...rules, ...rest, differences: await withLines(differences, imported) };
}

function compareServices(
  { facts, files, misses, cluster }: Imported,
  parts: BuiltParts,
  teller: Teller,
): RuleComparison {
  const { pairs, unbuilt, hindered } = pairServices(facts.services, parts, false);
  const again = pairServices(facts.repeated, parts, true);
  for (const [found, why] of [...hindered, ...again.hindered])
    teller.leave(`the service ${frontendText(found.frontend)}`, why, found.place);
  for (const { check, sorry, frontend, place } of unbuilt)
    if (check !== null || sorry !== null)
      teller.leave(
        `the check and the sorry server of ${frontendText(frontend)}`,
        "the service is not built: its rules are missing above",
        place,
      );
  for (const pair of [...pairs, ...again.pairs]) {
    compareThresholds(pair, teller);
    compareSorry(pair, teller);
    const why = obstacleOf(parts, "/ha", "/directors");
    if (why === null) compareChecks(pair, parts.cluster, teller);
    else if (pair.found.check !== null)
      teller.leave(`the check of ${frontendText(pair.found.frontend)}`, why, pair.found.check.place);
  }
  compareMarks(facts, pairs, parts, teller);
  const services = cluster === null ? pairs.map(({ built }) => built) : cluster.services;
  const said = saidOfLines(misses);
  const read = (all: readonly FoundService[]): RuleFacts => ({
    services: all.filter((service) => !hindered.has(service) && !again.hindered.has(service)),
    printsTunnelType: facts.printsTunnelType,
  });
  const rules = compareRules(read(facts.services), files, { services }, said);
  if (facts.repeated.length === 0) return rules;
  // What another input says as well is counted once; what it says otherwise is a rule that is not built.
  const { missing } = compareRules(read(facts.repeated), files, { services }, said);
  return { ...rules, missing: [...rules.missing, ...missing] };
}

function compareTimeouts({ timeouts, repeatedTimeouts }: Facts, parts: BuiltParts, teller: Teller): void {
  const why = obstacleOf(parts, "/timeouts");
  for (const found of timeouts === null ? [] : [timeouts, ...repeatedTimeouts]) {
    const { place } = found;
    if (why !== null) teller.leave("timeouts", why, place);
    for (const key of why === null ? (["tcp", "tcpfin", "udp"] as const) : []) {
      const built = parts.cluster.timeouts?.[key];
      teller.compare("timeouts", {
        ...{ what: `timeout of ${key}`, place, was: String(found[key]) },
        ...{ becomes: built === undefined ? null : String(built), at: `/timeouts/${key}` },
        remedy: `say it as "${key}" of "timeouts"`,
      });
    }
  }
}
