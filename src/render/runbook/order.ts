import { firstSteps } from "../../diff/first.ts";
import type { Step } from "../../diff/step.ts";
import type { Script } from "../../plan/script.ts";

/** What is shared first, then what serves, then what sends clients there; undone in the other direction. */
const order = ["nfs", "realserver", "director"] as const;

export function inOrder(scripts: readonly Script[]): readonly Script[] {
  return order.flatMap((role) => scripts.filter((script) => script.role === role));
}

/** The steps of a first installation. */
export function stepsOfFirst(scripts: readonly Script[]): readonly Step[] {
  return firstSteps((role) =>
    scripts.filter((script) => script.role === role).flatMap(({ hosts }) => hosts.map(({ host }) => host.name)),
  );
}
