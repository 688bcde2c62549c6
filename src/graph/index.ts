/** Pictures of a cluster. Pure: the same cluster gives the same bytes everywhere. */
import { english, type Language } from "../language/index.ts";
import type { Cluster } from "../model.ts";
import { describePicture } from "./describe.ts";
import { dot } from "./dot.ts";
import { mermaid } from "./mermaid.ts";
import { type Overview, overviewOf } from "./overview.ts";
import type { Marks, Picture } from "./picture.ts";
import { spoken } from "./spoken.ts";
import { svg } from "./svg/index.ts";

export type { Overview } from "./overview.ts";
export type { Picture } from "./picture.ts";
export { describePicture };

const writers = { svg, mermaid, dot } as const satisfies Record<
  string,
  (picture: Picture, language: Language) => string
>;

/** What a picture can be written as. */
export type GraphFormat = keyof typeof writers;

/** The text of a file in this format. */
export function draw(picture: Picture, format: GraphFormat, language: Language = english): string {
  return writers[format](spoken(picture, language.picture), language);
}

/** What a bundle shows of the cluster: the picture in the formats that it has, and the services in words. */
export interface Pictures {
  readonly svg: string;
  readonly mermaid: string;
  readonly overview: Overview;
}

/** @param marks what the change from the former bundle does; null: there was none */
export function picturesOf(cluster: Cluster, marks: Marks | null = null, language: Language = english): Pictures {
  const picture = describePicture(cluster, marks);
  return {
    svg: draw(picture, "svg", language),
    mermaid: draw(picture, "mermaid", language),
    overview: overviewOf(cluster),
  };
}
