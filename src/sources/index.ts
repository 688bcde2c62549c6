import { createCollector } from "../diagnostics/collector.ts";
import type { Diagnostic, Finding } from "../diagnostics/index.ts";
import type { Config, File } from "../generated/config.ts";
import { child } from "../pointer.ts";
import { contentOf } from "./content.ts";
import type { Source, SourceText } from "./source.ts";

export type { Source, SourceText } from "./source.ts";

/** Reads a source. What it is called with stays inside the directory of the description as far as its text tells. */
export type ReadSource = (source: Source) => SourceText;

export interface Filled {
  /** The description in which every file has its `content`. */
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
  /** Pointers to the files whose content is not known: it is empty in `config`. */
  readonly incomplete: readonly string[];
}

/**
 * Puts in the place of every `source` of a file the text that it names.
 *
 * @param read left out: a source is a finding
 * @param secrets whether the texts of secrets are read as well; else each is empty, and nothing asks where it would come from
 */
export function fillIn(config: Config, read?: ReadSource, secrets = false): Filled {
  const { report, collected } = createCollector();
  const incomplete: string[] = [];
  // A source that many hosts have is read once.
  const known = new Map<string, SourceText>();
  const textOf = (source: Source): SourceText | null => {
    if (read === undefined) return null;
    const key = JSON.stringify(source);
    const found = known.get(key) ?? read(source);
    known.set(key, found);
    return found;
  };
  const filled = (files: File[], list: string): File[] =>
    files.map((file, index) => {
      const { source, ...rest } = file;
      const isSecret = file.secret === true;
      if (source === undefined && file.content !== undefined && !isSecret) return file;
      const pointer = child(list, index);
      const found = contentOf(file, pointer, isSecret && !secrets ? unread : textOf);
      if (isSecret && secrets && "text" in found && found.text === "") {
        report("SOURCE_UNREADABLE", emptySecret(pointer));
        incomplete.push(pointer);
        return { ...rest, content: "" };
      }
      if ("text" in found) return { ...rest, content: found.text };
      report(found.code, found.finding);
      incomplete.push(pointer);
      return { ...rest, content: "" };
    });
  const isWhole = (files: readonly File[] = []): boolean =>
    files.every(({ source, content, secret }) => source === undefined && content !== undefined && secret !== true);
  const { realserver, hosts } = config;
  if (isWhole(realserver?.files) && Object.values(hosts).every(({ files }) => isWhole(files)))
    return { config, diagnostics: [], incomplete };
  const shared = realserver?.files;
  return {
    config: {
      ...config,
      ...(shared === undefined ? {} : { realserver: { ...realserver, files: filled(shared, "/realserver/files") } }),
      hosts: Object.fromEntries(
        Object.entries(hosts).map(([name, host]) => [
          name,
          host.files === undefined ? host : { ...host, files: filled(host.files, `${child("/hosts", name)}/files`) },
        ]),
      ),
    },
    diagnostics: collected(),
    incomplete,
  };
}

/** `NAME=$(program) lvsgen secrets` goes on where the program fails, and would write nothing over what hosts have. */
const emptySecret = (pointer: string): Finding => ({
  pointer: `${pointer}/source`,
  message: "the text of this secret is empty",
  hint: "did what makes it fail? A secret that is to be empty is a file without secret: true",
});

/** Of what is not to be read. */
const unread = (): SourceText => ({ text: "" });
