/**
 * What leads from the former bundle to this one, as `manifest.json` keeps it under `since`: a bundle that was built again, or is built
 * somewhere else from the same description, has the same runbook by it, without the former bundle.
 */
import type { Change, Subject } from "../change.ts";
import type { Alike } from "../groups.ts";
import type { Order } from "../step.ts";

/** Which bundle that was. */
export interface FormerBundle {
  readonly cluster: string;
  /** Of lvsgen. */
  readonly version: string;
  /** SHA-256 of its SHA256SUMS, which people have compared; null: it never stood in a folder. */
  readonly sumOfSums: string | null;
}

/** A change as it is shown; texts are cut. */
export type Told = Pick<Change, "rule" | "action" | "what" | "was" | "becomes">;

export interface ToldGroup {
  readonly subject: Subject;
  readonly alike: readonly (Pick<Alike, "verdict" | "why" | "more"> & { readonly shown: readonly Told[] })[];
}

/** What a picture marks. */
export interface Marks {
  /** By how ipvsadm names them. */
  readonly services: Readonly<Record<string, "new" | "changed">>;
  /** By their names, or by their addresses where someone else manages them. */
  readonly hosts: Readonly<Record<string, "new" | "changed">>;
  /** In words, for people. */
  readonly gone: readonly string[];
}

/** A host that no script of the new bundle is for. */
export interface LeftHost {
  readonly name: string;
  /** `ens33 192.168.80.13/24` */
  readonly interfaces: readonly string[];
}

export interface Transition extends Order {
  readonly from: FormerBundle;
  readonly groups: readonly ToldGroup[];
  /** What going back would do, where clients notice it; left out: not known. */
  readonly returning?: readonly ToldGroup[];
  readonly marks: Marks;
  readonly left: readonly LeftHost[];
}

/** The former bundle is there, and cannot be compared. */
export interface Incomparable {
  readonly from: FormerBundle;
  readonly unreadable: { readonly file: string; readonly message: string };
}

export type Since = Transition | Incomparable;
