import type { Language } from "../../language/index.ts";
import type { Host } from "../../model.ts";
import type { Scripts } from "../scripts.ts";
import { renderDocument } from "../templates.ts";
import { shown } from "./host-view.ts";
import { hostBook, secretsView } from "./hosts.ts";
import { stepsOfFirst } from "./order.ts";
import { stepViews } from "./steps.ts";
import type { WayBack } from "./way-back.ts";

/**
 * What to run on one host, in a folder that has nothing of the others.
 *
 * @param own what the host gets
 * @param whole what all hosts get: its steps have the numbers that they have there
 * @param folder where it stands in the whole bundle
 */
export function hostRunbook(
  own: Scripts & { readonly host: Host },
  whole: Scripts,
  folder: string,
  language: Language,
): string {
  const render = (name: string, view: Readonly<Record<string, unknown>>): string =>
    renderDocument(`runbook/${name}.md`, view, language);
  const { cluster, plan, runtimes, host } = own;
  const book = hostBook(cluster, []);
  // With the steps of others, but not with their names: what a step says depends on what comes after it.
  const steps = stepsOfFirst(whole.plan.scripts).map((step) => ({
    ...step,
    hosts: step.hosts.filter((name) => name === host.name),
  }));
  const mine = steps.filter(({ hosts }) => hosts.length > 0);
  const views = stepViews(steps, null, book, whole.plan.scripts)
    .filter((_, index) => steps[index]?.hosts.length !== 0)
    .map((step) => ({ ...step, way: step.way.map(withoutOthers) }));
  const named = book(host.name);
  const secrets = secretsView([host]);
  return [
    render("host", {
      cluster: cluster.name,
      trusting: cluster.trust !== null,
      host: host.name,
      about: named.about,
      folder: folder.slice("hosts/".length),
    }),
    ...(secrets === null ? [] : [render("secrets", secrets)]),
    render("using", { former: false, needing: [] }),
    render("host-steps", { steps: mine.length > 0 }),
    ...views.map((step) => render("step", step)),
    render("host-end", {
      client: plan.client === null ? [] : [{ number: String(steps.length + 1), shown: shown(named) }],
      scripts: mine.map(({ script }) => ({ script: script ?? "" })).reverse(),
      runtimes: runtimes.map(({ script, runtime }) => ({ script, sha256: runtime.sha256 })),
    }),
  ].join("");
}

/** The way back without what is to be done on other hosts. */
function withoutOthers(way: WayBack): WayBack {
  const lines = way.lines.filter(({ hosts }) => hosts !== "");
  return { ...way, lines: lines.map((line, index) => ({ ...line, number: String(index + 1) })) };
}
