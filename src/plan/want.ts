import type { Artifact, Content } from "./managed.ts";
import type { Resource } from "./resource.ts";

/** One `want` or `expect` of a script, as data. */
export interface Want {
  /** `expect` is proved by `verify`, and `apply` does not bring it about. */
  readonly verb: "want" | "expect";
  /** The kind and its words. */
  readonly words: readonly string[];
  /** The text that it carries besides its words. */
  readonly body: Content | null;
  /** The file that it leaves on the host. */
  readonly artifact: Artifact | null;
  readonly resource: Resource;
  /** JSON pointer to what in the description brings it about. */
  readonly pointer: string;
}

/** What belongs together, under a heading that a reviewer reads. */
export interface Section {
  readonly title: string;
  readonly wants: readonly Want[];
}
