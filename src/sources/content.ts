/** What a file of the description holds: its own text, or that of its source. */
import type { Finding } from "../diagnostics/index.ts";
import type { File } from "../generated/config.ts";
import type { Source, SourceText } from "./source.ts";

/** The text of a file of the description, or what is wrong with it. */
export type Content =
  | { readonly text: string }
  | {
      readonly code: "EITHER_OR" | "SECRET_IN_DESCRIPTION" | "SOURCE_OUTSIDE" | "SOURCE_UNREADABLE";
      readonly finding: Finding;
    };

export function contentOf(file: File, pointer: string, textOf: (source: Source) => SourceText | null): Content {
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
