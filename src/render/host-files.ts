import type { BundleFile } from "../bundle.ts";
import type { Language } from "../language/index.ts";
import type { Host } from "../model.ts";
import { hostFolder } from "./artifacts.ts";
import { byPath, fileMaker } from "./bundle-files.ts";
import { manifest } from "./manifest.ts";
import { hostRunbook } from "./runbook/host.ts";
import type { Scripts } from "./scripts.ts";
import { withSignedCommands } from "./signed-commands.ts";

/**
 * `hosts/HOST/`: a bundle of its own for one host, with runbook, manifest and sums, which its owner alone may read.
 *
 * @param own what is rendered for that host alone
 * @param whole what is rendered for all
 */
export function hostFiles(
  own: Scripts & { readonly host: Host },
  whole: Scripts,
  language: Language,
): readonly BundleFile[] {
  const bundleFile = fileMaker();
  const folder = hostFolder(own.host.name);
  const files: BundleFile[] = own.files.map((file) => ({ ...file, ownerOnly: true }));
  const add = (name: string, text: string): void => {
    files.push({ ...bundleFile(name, [text], false), ownerOnly: true });
    files.sort(byPath);
  };
  add("RUNBOOK.md", withSignedCommands(hostRunbook(own, whole, folder, language), own.cluster, folder));
  add("manifest.json", manifest({ ...own, since: null, host: own.host.name }, files));
  add("SHA256SUMS", files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join(""));
  return inFolder({ ...own, files });
}

/** The files of a host where they stand in the whole bundle. */
export function inFolder({ host, files }: Pick<Scripts, "files"> & { readonly host: Host }): readonly BundleFile[] {
  const folder = hostFolder(host.name);
  return files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
}
