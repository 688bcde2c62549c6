import type { Host } from "../../model.ts";
import type { Claim } from "../claim.ts";
import type { Artifact, Content } from "../managed.ts";
import type { Need } from "../need.ts";

/**
 * What a kind of resource means outside the shell runtime: one entry a kind is all that this side has to know of it. `Data` is
 * what a resource of that kind says of itself.
 */
export interface Kind<Data> {
  /** `expect` is proved by `verify`, and `apply` does not bring it about. */
  readonly verb: "want" | "expect";
  /** The words after the kind. */
  readonly words: (data: Data) => readonly string[];
  /** The text that a `want` carries besides its words. */
  readonly body?: (data: Data) => Content;
  /** The file that it leaves on the host. */
  readonly artifact?: (data: Data) => Artifact;
  /** What `doctor.sh` asks the host because of it. */
  readonly needs?: (data: Data, host: Host) => readonly Need[];
  /** What of the host is its own. */
  readonly claims?: (data: Data) => readonly Claim[];
}

/** An entry of a table of kinds: `package: wanted<{ readonly name: string }>({ words: … })`. */
export function wanted<Data>(meaning: Omit<Kind<Data>, "verb">): Kind<Data> {
  return { verb: "want", ...meaning };
}

/** The same for what `verify` proves and `apply` does not bring about. */
export function expected<Data>(meaning: Omit<Kind<Data>, "verb">): Kind<Data> {
  return { verb: "expect", ...meaning };
}
