import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../../../src/compile.ts";
import { describePicture, type Picture } from "../../../src/graph/index.ts";

const root = join(import.meta.dirname, "../../..");

/** The descriptions that people look at first, and one with everything. */
export const examples: readonly string[] = [
  ...readdirSync(join(root, "examples")).map((file) => `examples/${file}`),
  "test/fixtures/valid/everything.json",
];

export function exampleText(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

export async function pictureOf(text: string): Promise<Picture> {
  const { cluster, diagnostics } = await analyse(text);
  if (cluster === null) throw new Error(`not accepted: ${diagnostics.map(({ message }) => message).join("; ")}`);
  return describePicture(cluster);
}
