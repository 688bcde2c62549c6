/** What clients notice of a step, in the words of `lvsgen diff`. */
import type { Subject } from "../../diff/change.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
import type { Step } from "../../diff/step.ts";
import { subjectTitle } from "../../diff/titles.ts";
import { verdictTitles } from "../../diff/verdict.ts";

export interface Effect {
  /** `connections end` */
  readonly verdict: string;
  /** `service shop (tcp 192.0.2.80:80): real server web2 (192.0.2.12:80)` */
  readonly about: string;
  readonly why: string;
}

/** More of them stand in the table of what changes. */
const most = 6;

/**
 * What a step does to connections, the same thing once; empty: nothing.
 *
 * @param isTelling whether it is the step that tells what becomes of services
 */
export function effectsOf(step: Step, groups: readonly ToldGroup[], isTelling: boolean): readonly Effect[] {
  return gathered(groups.filter(({ subject }) => isAbout(subject, step, isTelling)));
}

/** What clients notice of going back. */
export function priceOf(returning: readonly ToldGroup[]): readonly Effect[] {
  return gathered(returning);
}

/** So many of one effect are named. */
const mostAbout = 3;

function gathered(groups: readonly ToldGroup[]): readonly Effect[] {
  const effects = new Map<string, { readonly verdict: string; readonly why: string; readonly about: string[] }>();
  for (const { subject, alike } of groups) {
    for (const { verdict, why, shown, more } of alike) {
      if (verdict === "none") continue;
      const what = shown.slice(0, 3).map((told) => told.what);
      const left = shown.length - what.length + more;
      const all = [...what, ...(left > 0 ? [`${left} more`] : [])].join(", ");
      const key = `${verdict} ${why}`;
      const effect = effects.get(key) ?? { verdict: verdictTitles[verdict], why, about: [] };
      effect.about.push(`${subjectTitle(subject)}: ${all}`);
      effects.set(key, effect);
    }
  }
  return [...effects.values()].slice(0, most).map(({ about, ...effect }) => {
    const rest = about.length - mostAbout;
    return { ...effect, about: [...about.slice(0, mostAbout), ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ") };
  });
}

function isAbout(subject: Subject, { script, hosts }: Step, isTelling: boolean): boolean {
  switch (subject.kind) {
    case "cluster":
      return false;
    case "service":
    case "pool":
      return isTelling;
    case "hosts":
      return (
        (subject.role === null || script === null || `${subject.role}.sh` === script) &&
        subject.names.some((name) => hosts.includes(name))
      );
  }
}

/** Which step tells what becomes of services: the first that brings a director their table, else the first of a director. */
export function tellingStep(steps: readonly Step[]): Step | undefined {
  const directors = steps.filter(({ script }) => script === "director.sh");
  return directors.find(({ action }) => action === "apply") ?? directors[0];
}
