import { type Placement, vipPointer } from "../model.ts";
import type { Kind } from "./kinds/kind.ts";
import type { kinds } from "./kinds/table.ts";

/** Where a resource comes from. */
export interface Origin {
  /** JSON pointer to what in the description brings it about; left out: what brings about the contribution that it is part of. */
  readonly pointer?: string;
  /** Whether the description asks for it in as many words; everything else is lvsgen's own. */
  readonly described?: true;
}

type Table = typeof kinds;
type DataOf<Entry> = Entry extends Kind<infer Data> ? Data : never;

/**
 * What a script brings about, as data: `want KIND ...` in a generated script. What each kind says of itself, and what that means, is
 * in `kinds/`; how the shell runtime brings it about is in `templates/runtime`.
 */
export type Resource = { [K in keyof Table]: Origin & { readonly kind: K } & DataOf<Table[K]> }[keyof Table];

/** The address of a VIP on its interface. */
export function placementResource(placement: Placement): Resource {
  const { vip, device, label } = placement;
  return { kind: "address", vip, device, label, pointer: placementPointer(placement) };
}

/** Where the VIP of a placement is written. */
export function placementPointer({ service, vip }: Placement): string {
  return vipPointer(service, vip);
}
