/** All proofs, in groups that share a lab, in an order in which each finds the site as it wants it. */
import type { Proof } from "../bench.ts";
import { backendsProof } from "./backends.ts";
import { breakageProof } from "./breakage.ts";
import { changesProof } from "./changes.ts";
import { howTosProof, tutorialProof } from "./documentation.ts";
import { drainsProof } from "./failover/drains.ts";
import { largerProof } from "./failover/larger.ts";
import { movingProof } from "./failover/moving.ts";
import { natProof } from "./failover/nat.ts";
import { failoverProof } from "./failover/pair.ts";
import { releaseProofs } from "./failover/releases.ts";
import { PairSite } from "./failover/site.ts";
import { sixProof } from "./failover/six.ts";
import { splitProof } from "./failover/split.ts";
import { thousandProof } from "./failover/thousand.ts";
import { growthProof } from "./growth.ts";
import { hitlessProof } from "./hitless.ts";
import { importedProof } from "./imported.ts";
import { interruptedProof } from "./interrupted.ts";
import { secondaryProof } from "./life.ts";
import { placesProof } from "./modes/places.ts";
import { schedulersProof } from "./modes/schedulers.ts";
import { ModesSite } from "./modes/site.ts";
import { tableProof } from "./modes/table.ts";
import { trafficProof } from "./modes/traffic.ts";
import { procedureProof } from "./procedure.ts";
import { rebootProof } from "./reboot.ts";
import { reconcileProof } from "./reconcile.ts";
import { rollbackProof, uninstallProof } from "./restore.ts";
import { runbookProof } from "./runbook/index.ts";
import { selftest } from "./selftest.ts";
import { Site } from "./site.ts";
import { statefulNatProof, statefulProof } from "./stateful.ts";
import { statefulMixedProof } from "./stateful-mixed.ts";

/** What `npm test` proves in every other commit. What a cluster lives by is proved in each: the procedure, its way back, failover, reboots. */
const inTurn = (turn: 0 | 1, proof: Proof): Proof => ({ ...proof, turn });

export function allProofs(): Proof[][] {
  const site = new Site();
  const modes = new ModesSite();
  const failover = new PairSite();
  // Two groups run at a time: the longest first.
  return [
    [
      procedureProof(site),
      rollbackProof(site),
      hitlessProof(site),
      breakageProof(site),
      rebootProof(site),
      uninstallProof(site),
      inTurn(1, interruptedProof(site)),
    ],
    [
      inTurn(0, trafficProof(modes)),
      inTurn(0, schedulersProof(modes)),
      inTurn(0, placesProof(modes)),
      inTurn(0, tableProof(modes)),
    ],
    [failoverProof(failover), drainsProof(failover), splitProof(failover)],
    [natProof()],
    [movingProof()],
    ...releaseProofs(),
    [sixProof()],
    [thousandProof()],
    [largerProof()],
    [growthProof()],
    [reconcileProof()],
    [changesProof()],
    [runbookProof()],
    [inTurn(0, importedProof())],
    [tutorialProof()],
    [inTurn(1, howTosProof())],
    [inTurn(1, backendsProof())],
    [inTurn(1, secondaryProof)],
    [inTurn(0, statefulProof())],
    [inTurn(0, statefulNatProof())],
    [inTurn(0, statefulMixedProof())],
    [selftest],
  ];
}
