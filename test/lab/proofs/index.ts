/** The proofs of the procedure's cluster, in an order in which each finds the site as it wants it. */
import type { Proof } from "../bench.ts";
import { breakageProof } from "./breakage.ts";
import { hitlessProof } from "./hitless.ts";
import { interruptedProof } from "./interrupted.ts";
import { procedureProof } from "./procedure.ts";
import { rebootProof } from "./reboot.ts";
import { rollbackProof, uninstallProof } from "./restore.ts";
import { Site } from "./site.ts";

export function procedureProofs(): Proof[] {
  const site = new Site();
  return [
    procedureProof(site),
    rollbackProof(site),
    hitlessProof(site),
    breakageProof(site),
    rebootProof(site),
    uninstallProof(site),
    interruptedProof(site),
  ];
}
