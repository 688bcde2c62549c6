/** Pictures of a cluster. Pure: the same cluster gives the same bytes everywhere. */
import type { Cluster } from "../model.ts";
import { describePicture } from "./describe.ts";
import { dot } from "./dot.ts";
import { mermaid } from "./mermaid.ts";
import type { Picture } from "./picture.ts";
import { svg } from "./svg/index.ts";

export type { Picture } from "./picture.ts";
export { describePicture };

const writers = { svg, mermaid, dot } as const satisfies Record<string, (picture: Picture) => string>;

/** What a picture can be written as. */
export type GraphFormat = keyof typeof writers;

/** The text of a file in this format. */
export function draw(picture: Picture, format: GraphFormat): string {
  return writers[format](picture);
}

/** The picture in the formats that a bundle has. */
export type Pictures = Readonly<Record<"svg" | "mermaid", string>>;

/** What a bundle shows of the cluster. */
export function picturesOf(cluster: Cluster): Pictures {
  const picture = describePicture(cluster);
  return { svg: svg(picture), mermaid: mermaid(picture) };
}
