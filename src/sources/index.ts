import { createCollector } from "../diagnostics/collector.ts";
import type { Diagnostic, Finding } from "../diagnostics/index.ts";
import type { Config, File } from "../generated/config.ts";
import { child } from "../pointer.ts";

/** What a `source` may be: a file beside the description, or an environment variable. */
export type Source = { readonly file: string } | { readonly env: string };

/** The text of a source, or why there is none. */
export type SourceText =
  | { readonly text: string }
  /** No such file, or the variable is not set. */
  | { readonly lacks: "missing" }
  /** A link leads out of the directory of the description. */
  | { readonly lacks: "outside" }
  /** It lies in a directory `.git`, by its name or by a link. */
  | { readonly lacks: "of-git" }
  /** A directory, a device, a pipe. */
  | { readonly lacks: "no-file" }
  /** Bytes that are not UTF-8, or a NUL. */
  | { readonly lacks: "no-text" }
  /** The system refused; `why` is what it says. */
  | { readonly lacks: "refused"; readonly why: string };

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

type Content =
  | { readonly text: string }
  | {
      readonly code: "EITHER_OR" | "SECRET_IN_DESCRIPTION" | "SOURCE_OUTSIDE" | "SOURCE_UNREADABLE";
      readonly finding: Finding;
    };

function contentOf(file: File, pointer: string, textOf: (source: Source) => SourceText | null): Content {
  const { content, source, secret } = file;
  if (secret === true && content !== undefined)
    return {
      code: "SECRET_IN_DESCRIPTION",
      finding: {
        pointer: `${pointer}/content`,
        part: "key",
        message: "the text of a secret stands in the description itself, which everybody who reviews it reads",
        hint: 'take it out, and write "source": { "file": "PATH" } or { "env": "NAME" }; what was committed once is secret no more',
        related: [{ pointer: `${pointer}/secret`, part: "key", message: "a secret by this" }],
      },
    };
  if (source === undefined)
    return either({
      pointer,
      message: 'this file has neither "content" nor "source"',
      hint: 'add "content" with its text, or "source": { "file": "PATH" } with a file beside the description',
    });
  const at = `${pointer}/source`;
  if (content !== undefined)
    return either({
      pointer: at,
      part: "key",
      message: 'a file has "content" or "source", not both',
      hint: "keep one of the two",
      related: [{ pointer: `${pointer}/content`, part: "key", message: "the other one" }],
    });
  if (source.file !== undefined && source.env !== undefined)
    return either({
      pointer: `${at}/env`,
      part: "key",
      message: 'a source has "file" or "env", not both',
      hint: "keep one of the two",
      related: [{ pointer: `${at}/file`, part: "key", message: "the other one" }],
    });
  if (source.file !== undefined) return ofFile(source.file, `${at}/file`, textOf);
  if (source.env !== undefined) return ofVariable(source.env, `${at}/env`, textOf);
  return either({
    pointer: at,
    message: 'this source has neither "file" nor "env"',
    hint: 'add "file" with a path beside the description, or "env" with the name of a variable',
  });
}

function either(finding: Finding): Content {
  return { code: "EITHER_OR", finding };
}

const noReader = 'nothing reads sources here; give "readSource" to the call, or write "content"';

function ofFile(file: string, pointer: string, textOf: (source: Source) => SourceText | null): Content {
  const name = JSON.stringify(file);
  if (leadsOut(file))
    return {
      code: "SOURCE_OUTSIDE",
      finding: {
        pointer,
        message: `${name} leads out of the directory of the description`,
        hint: "put the file into that directory or one below it, and name it from there",
      },
    };
  const found = textOf({ file });
  const unreadable = (message: string, hint: string): Content => ({
    code: "SOURCE_UNREADABLE",
    finding: { pointer, message, hint },
  });
  if (found === null) return unreadable(`${name} is not read`, noReader);
  if ("text" in found) return found;
  switch (found.lacks) {
    case "outside":
      return {
        code: "SOURCE_OUTSIDE",
        finding: {
          pointer,
          message: `by a link ${name} leads out of the directory of the description`,
          hint: "put the file itself there in the place of the link",
        },
      };
    case "of-git":
      return {
        code: "SOURCE_OUTSIDE",
        finding: {
          pointer,
          message: `${name} lies in a .git directory, where git keeps passwords as well`,
          hint: "put the file itself beside the description",
        },
      };
    case "missing":
      return unreadable(`there is no file ${name} beside the description`, "put it there, or correct the path");
    case "no-file":
      return unreadable(`${name} is no regular file`, "name a file");
    case "no-text":
      return unreadable(`${name} is no text in UTF-8 without NUL`, "convert it: files of a description are text");
    case "refused":
      return unreadable(`${name} cannot be read: ${found.why}`, "let the user who runs lvsgen read it");
  }
}

function ofVariable(env: string, pointer: string, textOf: (source: Source) => SourceText | null): Content {
  const found = textOf({ env });
  if (found !== null && "text" in found) return found;
  const [message, hint] =
    found === null
      ? [`the variable ${env} is not read`, noReader]
      : found.lacks === "no-text"
        ? [`the environment variable ${env} is no text in UTF-8`, "convert it: files of a description are text"]
        : [`the environment variable ${env} is not set`, `set it for this command: export ${env}=…`];
  return { code: "SOURCE_UNREADABLE", finding: { pointer, message, hint } };
}

/** Whether the text of a path says already that it is not below where it begins. */
function leadsOut(path: string): boolean {
  return /^[/\\]|^[A-Za-z]:/.test(path) || path.split(/[/\\]/).includes("..");
}
