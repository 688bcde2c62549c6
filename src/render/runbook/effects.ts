/** What clients notice of a step, in the words of `lvsgen diff`. */
import type { Subject } from "../../diff/change.ts";
import type { Step } from "../../diff/order.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
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
  const effects = new Map<string, Effect>();
  for (const { subject, alike } of groups) {
    if (!isAbout(subject, step, isTelling)) continue;
    for (const { verdict, why, shown, more } of alike) {
      if (verdict === "none") continue;
      const what = shown.slice(0, 3).map((told) => told.what);
      const left = shown.length - what.length + more;
      const all = [...what, ...(left > 0 ? [`${left} more`] : [])].join(", ");
      const effect = { verdict: verdictTitles[verdict], about: `${subjectTitle(subject)}: ${all}`, why };
      effects.set(`${verdict} ${why}`, effects.get(`${verdict} ${why}`) ?? effect);
    }
  }
  return [...effects.values()].slice(0, most);
}

function isAbout(subject: Subject, { script, hosts }: Step, isTelling: boolean): boolean {
  switch (subject.kind) {
    case "cluster":
      return false;
    case "service":
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
