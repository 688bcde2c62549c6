/** What is asked before the first step: where hosts stand, and whether they would take it. */
import type { Step } from "../../diff/step.ts";
import { beginningOf, questionsOf } from "./commands.ts";
import { type HostView, mostWithCommands, shown, viewOf } from "./host-view.ts";
import type { HostBook } from "./hosts.ts";
import { isNewHost, type ToldChange } from "./told.ts";

/** Where clients wait from one step to the next, all that asks is typed before the first of them. */
export function asksFirst(steps: readonly Step[]): boolean {
  return steps.some(({ awaited = [] }) => awaited.length > 0);
}

/** That, host by host; none where each step asks for itself. */
export function questionViews(steps: readonly Step[], book: HostBook): readonly HostView[] {
  if (!asksFirst(steps)) return [];
  const hosts = [...new Set(steps.flatMap(({ action, hosts: all }) => (action === "apply" ? all : [])))];
  return onHosts(hosts, steps, book, questionsOf);
}

/**
 * What is typed in the former folder, on each host that was in that bundle.
 *
 * @param sum SHA-256 of its `SHA256SUMS`; null where it never stood in a folder
 */
export function beginningViews(
  steps: readonly Step[],
  told: readonly ToldChange[],
  sum: string | null,
  book: HostBook,
): readonly HostView[] {
  const known = steps.map((step) => ({ ...step, hosts: step.hosts.filter((name) => !isNewHost(told, step, name)) }));
  const scripted = known.filter(({ action }) => action !== "by-hand");
  const hosts = [...new Set(scripted.flatMap((step) => step.hosts))];
  return onHosts(hosts, scripted, book, (step, name) => beginningOf(step, name, sum));
}

/** Each command once a host; of many hosts the first with these commands has them. */
function onHosts(
  hosts: readonly string[],
  steps: readonly Step[],
  book: HostBook,
  linesOf: (step: Step, host: string) => ReturnType<typeof questionsOf>,
): readonly HostView[] {
  const shownBy = new Map<string, string>();
  return hosts.map((name) => {
    const lines = steps.filter(({ hosts: all }) => all.includes(name)).flatMap((step) => linesOf(step, name));
    const once = lines.filter(({ command }, place) => lines.findIndex((one) => one.command === command) === place);
    const typed = once.map(({ command }) => command).join("\n");
    const before = hosts.length > mostWithCommands ? shownBy.get(typed) : undefined;
    shownBy.set(typed, before ?? name);
    const host = shown(book(name));
    return before === undefined
      ? { ...viewOf(once, []), shown: host, noted: false }
      : { ...viewOf([], []), shown: `${host}, as ${before}`, noted: false };
  });
}
