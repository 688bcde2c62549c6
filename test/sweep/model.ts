/** What a bundle says, file by file, so that two can be compared; and what a bundle would say with another text in a field. */
import type { Bundle } from "../../src/bundle.ts";
import { escapedName, mountUnit } from "../../src/platform/systemd.ts";
import { artifactPath } from "../../src/render/artifacts.ts";
import { markdownStatements, pictureStatements, runbookStatements, type Statement, statementsOf } from "./formats.ts";

export interface Artifact {
  readonly host: string;
  /** On its host. */
  readonly path: string;
  readonly text: string;
}

export interface Model {
  /** Statements by file of the bundle, each as JSON, sorted. */
  readonly files: ReadonlyMap<string, readonly Statement[]>;
  /** Heads of scripts: what comes before the runtime. */
  readonly heads: ReadonlyMap<string, string>;
  /** What is the same in every script of a role: the check of its integrity, without the figures, and the runtime. */
  readonly fixed: ReadonlyMap<string, readonly [string, string]>;
  readonly artifacts: readonly Artifact[];
}

const runtimeBegins = "\n# Part 3 of 3: the runtime";

/** Where a bundle's artifacts stand on their hosts, asked of the plan: `files/…` may hold a shortened name. */
export type Places = ReadonlyMap<
  string,
  { readonly host: string; readonly path: string; readonly part: "block" | "line" | undefined }
>;

export function modelOf(bundle: Bundle, places: Places): Model {
  const files = new Map<string, readonly Statement[]>();
  const heads = new Map<string, string>();
  const fixed = new Map<string, readonly [string, string]>();
  const artifacts: Artifact[] = [];
  for (const { path, chunks } of bundle.files) {
    const text = chunks.join("");
    for (const name of path.split("/")) {
      if (
        name === "" ||
        Buffer.byteLength(name) > 255 ||
        /[%:<>"|?*\\\p{Cc}]/u.test(name.replaceAll(/%[0-9A-F]{2}/g, ""))
      )
        throw new Error(`${path} cannot stand in a bundle`);
    }
    if (path.endsWith(".sh")) {
      const end = text.lastIndexOf(runtimeBegins);
      const begin = text.indexOf("\n# ====");
      if (end < 0 || begin < 0) throw new Error(`${path} has no runtime`);
      const preamble = text.slice(0, begin).replace(/^(lvsgen_(?:sum|size)=)[0-9a-f]+/gm, "$1");
      fixed.set(path, [preamble, text.slice(end)]);
      heads.set(path, text.slice(begin, end));
    } else if (path === "manifest.json") {
      const { hosts, cluster, files: listed } = JSON.parse(text) as Record<string, readonly Record<string, unknown>[]>;
      if (listed?.length !== bundle.files.length - 2) throw new Error("manifest.json lists other files");
      files.set(path, [[String(cluster)], ...(hosts ?? []).map((host) => [JSON.stringify(host)])]);
    } else if (path === "SHA256SUMS") {
      const sums = text.split("\n").slice(0, -1);
      const named = sums.map((line) => /^[0-9a-f]{64} {2}(.+)$/.exec(line)?.[1]);
      const wanted = bundle.files.map((file) => file.path).filter((one) => one !== path);
      if (JSON.stringify([...named].sort()) !== JSON.stringify([...wanted].sort()))
        throw new Error("SHA256SUMS names other files");
    } else if (path === "RUNBOOK.md") files.set(path, runbookStatements(text));
    else if (path === "OPERATIONS.md") files.set(path, markdownStatements(text));
    else if (path === "topology.svg") files.set(path, pictureStatements(text));
    else {
      const place = places.get(path);
      if (place === undefined) throw new Error(`${path} belongs to no host`);
      files.set(path, statementsOf(place.path, text));
      artifacts.push({ ...place, text });
    }
  }
  return { files, heads, fixed, artifacts };
}

/**
 * The text as other formats have it: a mount point as its unit, a path or a client in the name of an export's file, a cluster's name as that of a table of nft. Of certificates, lines
 * end as everywhere, and what is blank around them says nothing (RFC 7468).
 */
export function spellings(from: string, to: string): readonly (readonly [string, string])[] {
  if (from.startsWith("-----BEGIN")) return [[from, `${to.replaceAll(/\r\n?/g, "\n").trim()}\n`]];
  const paths = from.startsWith("/") ? ([[mountUnit(from), mountUnit(to)]] as const) : [];
  const table = from.replaceAll("-", "_");
  const [server, otherServer] = [from, to].map((text) => /^(.*?):\//.exec(text)?.[1]);
  const servers = server !== undefined && otherServer !== undefined ? ([[server, otherServer]] as const) : [];
  const name = escapedName(from.replace(/^\//, ""));
  const named = name === from ? [] : ([[name, escapedName(to.replace(/^\//, ""))]] as const);
  return [
    ...paths,
    [from, to],
    ...servers,
    ...named,
    ...(table === from ? [] : ([[table, to.replaceAll("-", "_")]] as const)),
  ];
}

export type Substitute = (text: string) => string;

export function substitution(from: string, to: string): Substitute {
  const pairs = new Map(spellings(from, to));
  // In one go: the other text may hold the first.
  const any = new RegExp(
    [...pairs.keys()].map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"),
    "g",
  );
  return (text) => text.replaceAll(any, (found) => pairs.get(found) ?? found);
}

export const sorted = (statements: readonly Statement[]): string[] =>
  statements.map((one) => JSON.stringify(one)).sort();

/** The files that say something else than the model does with the other text in it. */
export function differences(model: Model, baseline: Model, places: Places, substitute: Substitute): string[] {
  const expected = new Map(
    [...baseline.files].map(([path, statements]) => {
      const place = places.get(path);
      const at =
        place === undefined ? path : artifactPath(substitute(place.host), { ...place, path: substitute(place.path) });
      return [at, expectedOf(statements, substitute)] as const;
    }),
  );
  const found: string[] = [];
  for (const [path, [preamble, runtime]] of model.fixed) {
    const [before, runtimeBefore] = baseline.fixed.get(path) ?? [];
    if (preamble !== before || runtime !== runtimeBefore) found.push(`${path}: its fixed parts differ`);
  }
  for (const [path, statements] of model.files) {
    const wanted = expected.get(path);
    const said = sorted(statements);
    if (wanted === undefined) found.push(`${path}: not expected`);
    else if (JSON.stringify(wanted) !== JSON.stringify(said)) {
      const other = said.find((one) => !wanted.includes(one)) ?? wanted.find((one) => !said.includes(one));
      found.push(`${path}: ${other?.slice(0, 300)}`);
    }
  }
  for (const path of expected.keys()) if (!model.files.has(path)) found.push(`${path}: missing`);
  return found;
}

const plain = new WeakMap<readonly Statement[], { readonly lines: readonly string[]; readonly text: string }>();

/** Most files do not have the text that is replaced: they are put in order once. */
function expectedOf(statements: readonly Statement[], substitute: Substitute): readonly string[] {
  let known = plain.get(statements);
  if (known === undefined) {
    known = { lines: sorted(statements), text: statements.flat().join("\0") };
    plain.set(statements, known);
  }
  if (substitute(known.text) === known.text) return known.lines;
  return sorted(statements.map((words) => words.map((word) => substituteWord(word, substitute))));
}

/** A statement in JSON within a statement is substituted as data. */
function substituteWord(word: string, substitute: Substitute): string {
  if (!word.startsWith("{")) return substitute(word);
  try {
    return JSON.stringify(JSON.parse(word, (_, value) => (typeof value === "string" ? substitute(value) : value)));
  } catch {
    return substitute(word);
  }
}
