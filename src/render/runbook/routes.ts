/** Hosts whose own way out comes to be another one by a script. */
import type { Step } from "../../diff/step.ts";
import type { Script } from "../../plan/script.ts";

const everywhere: ReadonlySet<string> = new Set(["default", "::/0"]);

/** Whether the script of a step sets a default route on a host. */
export function bringsDefaultRoute(
  scripts: readonly Script[],
  { action, script }: Pick<Step, "action" | "script">,
  name: string,
): boolean {
  if (action !== "apply") return false;
  return scripts.some(
    ({ role, hosts }) =>
      `${role}.sh` === script &&
      hosts.some(
        ({ host, sections }) =>
          host.name === name &&
          sections.some(({ wants }) =>
            wants.some(({ words: [kind, name = ""] }) => kind === "route" && everywhere.has(name)),
          ),
      ),
  );
}
