/** The bundle from which the runbook leads to the new one: that which stands in the output directory, or another. */
import { isError, type LocatedDiagnostic } from "../../diagnostics/index.ts";
import { comparedFiles } from "../../diff/read/compared.ts";
import type { Former } from "../../diff/since/index.ts";
import type { Description } from "../../terminal/description.ts";
import type { Problem } from "../../terminal/problem.ts";
import { readBundleFolder } from "../bundle-folder.ts";
import type { BuildOptions } from "./options.ts";

export type FoundFormer =
  | { readonly kind: "former"; readonly former: Former }
  | { readonly kind: "none" }
  | { readonly kind: "problem"; readonly problem: Problem }
  /** The description of a revision has errors. */
  | { readonly kind: "faulty"; readonly description: Description; readonly diagnostics: readonly LocatedDiagnostic[] };

const ofFolder = [...comparedFiles, "SHA256SUMS"];

/**
 * @param description that which is built
 * @param isKept whether it has to be the same when the output directory has been written to
 */
export async function findFormer(
  { since, output }: BuildOptions,
  description: string,
  isKept: boolean,
): Promise<FoundFormer> {
  if (since === false) return { kind: "none" };
  if (since === undefined) return inFolder(output, isKept);
  const { formerSide } = await import("../diff/sides.ts");
  const side = await formerSide(since, output, description);
  if (side.kind === "problem") return side;
  if (side.kind === "faulty") return { ...side, diagnostics: side.diagnostics.filter(isError) };
  const { files } = side.text;
  return { kind: "former", former: { manifest: files.get("manifest.json") ?? "", files: () => files } };
}

/** What cannot be read there, the build that writes there says. */
function inFolder(output: string, isKept: boolean): FoundFormer {
  try {
    const manifest = readBundleFolder(output, ["manifest.json"]).get("manifest.json");
    if (manifest === undefined) return { kind: "none" };
    const read = (): ReadonlyMap<string, string> => readBundleFolder(output, ofFolder);
    const now = isKept ? read() : null;
    return { kind: "former", former: { manifest, files: () => now ?? read() } };
  } catch {
    return { kind: "none" };
  }
}
