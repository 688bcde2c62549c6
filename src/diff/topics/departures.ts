/** What becomes of clients of a real server that leaves a service, or gets weight 0. */
import { hashing } from "../../lvs/hashing.ts";
import type { TableServer, TableService } from "../read/rules.ts";
import { ends, interrupts, type Judgement } from "../verdict.ts";

const drained =
  "the director gives it weight 0 and its connections up to --drain SECONDS (30) to end; what is left then ends with ipvsadm -d";

/** The service's new scheduler counts: it is set before the weights are. */
export function removed({ weight }: TableServer, service: TableService): Judgement {
  if (weight !== 0 && keepsPlaces(service))
    return interrupts(`${drained}. ${refusedByPlace(service)}, while it has weight 0: --drain 0 spares them that`);
  return ends(`${drained}, and new ones go elsewhere at once`);
}

/** Whether a real server with weight 0 keeps its places in the table of a scheduler that hashes, and the kernel looks for no other one. */
export function keepsPlaces({ scheduler, flags }: TableService): boolean {
  return hashing.some((one) => one === scheduler) && !flags.includes("-fallback");
}

export function refusedByPlace({ scheduler }: TableService): string {
  return `${scheduler} finds no other real server for clients that hash to it without ${scheduler === "dh" ? "a flag, which it has not" : `${scheduler}-fallback`}: they are refused`;
}

export function readdressed({ weight }: TableServer, service: TableService): Judgement {
  const way =
    "for IPVS it is another real server: the former entry is drained for up to --drain SECONDS (30) and taken off with what is left, the new one takes new connections";
  if (weight !== 0 && keepsPlaces(service))
    return interrupts(
      `${way}. ${refusedByPlace(service)}, while the former one has weight 0: --drain 0 spares them that`,
    );
  return ends(way);
}
