import type { Host } from "../../model.ts";
import type { Claim } from "../claim.ts";
import type { Need } from "../need.ts";
import type { Resource } from "../resource.ts";
import type { Want } from "../want.ts";
import type { Kind } from "./kind.ts";
import { kinds } from "./table.ts";

/** The table has for each kind what takes a resource of that kind. */
function kindOf<R extends Resource>(resource: R): Kind<R> {
  return kinds[resource.kind] as unknown as Kind<R>;
}

/**
 * A resource as a script declares it.
 *
 * @param pointer what in the description brings it about
 */
export function wantOf(resource: Resource, pointer: string): Want {
  const kind = kindOf(resource);
  return {
    verb: kind.verb,
    words: [resource.kind, ...kind.words(resource)],
    body: kind.body?.(resource) ?? null,
    artifact: kind.artifact?.(resource) ?? null,
    resource,
    pointer,
  };
}

/** What `doctor.sh` asks a host because of a resource. */
export function needsOf(resource: Resource, host: Host): readonly Need[] {
  return kindOf(resource).needs?.(resource, host) ?? [];
}

/** What of a host is a resource's own. */
export function claimsOf(resource: Resource): readonly Claim[] {
  return kindOf(resource).claims?.(resource) ?? [];
}
