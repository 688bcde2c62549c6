import type Handlebars from "handlebars";
import runtime from "handlebars/runtime.js";
import { templateSpecs } from "../generated/templates.ts";
import type { Language } from "../language/index.ts";
import { encoders, spokenEncoders } from "./encode/index.ts";
import { fitsHeredoc, heredocDelimiter, shellWord } from "./quote.ts";

/**
 * The one place where text is made. Templates are precompiled at build time; they run `strict` and know these helpers
 * only, and here even a condition or a list that the view lacks is an error.
 *
 * Programs and files have an environment each, since handlebars makes all helpers of one ready anew at each rendering.
 */
const programs = environmentWith({});
const files = environmentWith(encoders);
type Template = (view: unknown) => string;
const compiled = new Map<string, Template>();

/**
 * Text of a template.
 *
 * @param name path below `templates/` without `.hbs`
 */
export function renderTemplate(name: string, view: Readonly<Record<string, unknown>>): string {
  let template = compiled.get(name);
  if (!template) {
    const spec = templateSpecs[name];
    if (!spec) throw new Error(`no template ${name}`);
    template = (name.endsWith(".sh") ? programs : files).template(spec) as Template;
    compiled.set(name, template);
  }
  return template(view);
}

/** A document in the language of the description: by its template in that language, where there is one. */
export function renderDocument(name: string, view: Readonly<Record<string, unknown>>, language: Language): string {
  const spec = language.templates[name];
  if (spec === undefined) return renderTemplate(name, view);
  const key = `${language.name} ${name}`;
  let template = compiled.get(key);
  if (!template) {
    template = environmentOf(language).template(spec) as Template;
    compiled.set(key, template);
  }
  return template(view);
}

const environments = new Map<string, typeof Handlebars>();

function environmentOf(language: Language): typeof Handlebars {
  const environment = environments.get(language.name) ?? environmentWith({ ...encoders, ...spokenEncoders(language) });
  environments.set(language.name, environment);
  return environment;
}

/**
 * Like `renderTemplate`, but large pieces that `splice` or `heredoc` put in stay chunks of their own instead of being
 * copied into the text.
 */
export function renderChunks(name: string, view: Readonly<Record<string, unknown>>): string[] {
  spliced = [];
  const text = renderTemplate(name, view);
  const pieces = spliced;
  spliced = [];
  return text
    .split("\0")
    .flatMap((piece, index) => (index % 2 === 0 ? [piece] : (pieces[Number(piece)] ?? [])))
    .filter((piece) => piece !== "");
}

let spliced: (readonly string[])[] = [];

/** NUL never stands in a description, so it marks the place of a piece. */
function place(chunks: readonly string[]): string {
  return `\0${spliced.push(chunks) - 1}\0`;
}

function present<T>(value: T | undefined, helper: string): T {
  if (value === undefined) throw new Error(`template helper ${helper}: the view has no such value`);
  return value;
}

/** Has the helpers that every template may use, and these, which are called with their values alone. */
function environmentWith(others: typeof encoders): typeof Handlebars {
  const environment = (runtime as unknown as typeof Handlebars).create();
  for (const name of Object.keys(environment.helpers)) environment.unregisterHelper(name);
  environment.registerHelper({
    if(this: unknown, condition: unknown, options: Handlebars.HelperOptions) {
      const value = present(condition, "if");
      const holds = Array.isArray(value) ? value.length > 0 : Boolean(value);
      return holds ? options.fn(this) : options.inverse(this);
    },
    each(this: unknown, list: unknown, options: Handlebars.HelperOptions) {
      return (present(list, "each") as readonly unknown[]).map((item) => options.fn(item)).join("");
    },
    words: (value: unknown) =>
      [present(value, "words")]
        .flat()
        .map((word) => shellWord(String(word)))
        .join(" "),
    patterns: (names: readonly string[]) => wrap(present(names, "patterns").map(patternWord)),
    splice: (chunks: readonly string[]) => place(present(chunks, "splice")),
    heredoc: (body: Body | null) => heredoc(present(body, "heredoc")),
  });
  for (const [name, encode] of Object.entries(others)) {
    // The last argument is handlebars' own.
    environment.registerHelper(name, (...given: readonly unknown[]) =>
      encode(...given.slice(0, -1).map((value) => present(value, name))),
    );
  }
  return environment;
}

/** What a `want` carries besides its words. */
export type Body = { readonly text: string } | { readonly chunks: readonly string[] };

/** ` <<'END'`, the text and the delimiter; ` $'...'` where a heredoc would hide something; nothing without a body. */
function heredoc(body: Body | null): string {
  if (body === null) return "";
  if ("chunks" in body) return ` <<'END'\n${place(body.chunks)}END`;
  if (body.text === "") return " ''";
  if (!fitsHeredoc(body.text)) return ` ${shellWord(body.text)}`;
  const delimiter = heredocDelimiter(body.text);
  return ` <<'${delimiter}'\n${body.text}${delimiter}`;
}

/** A name as a pattern of a `case`, which a bare `esac` would end. */
function patternWord(name: string): string {
  return name === "esac" ? `'${name}'` : shellWord(name);
}

/** Patterns of a `case`, several lines of them where they are many. */
function wrap(names: readonly string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const name of names) {
    if (line.length + name.length > 90) {
      lines.push(line);
      line = "";
    }
    line += line === "" && lines.length === 0 ? name : line === "" ? `| ${name}` : ` | ${name}`;
  }
  return [...lines, line].join(" \\\n      ");
}
