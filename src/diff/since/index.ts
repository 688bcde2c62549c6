import { createHash } from "node:crypto";
import type { BundleFile } from "../../bundle.ts";
import { safe } from "../../diagnostics/excerpt.ts";
import type { Change } from "../change.ts";
import { difference } from "../compare.ts";
import { groupsOf } from "../groups.ts";
import { comparedFiles, readSnapshot } from "../read/index.ts";
import { type Manifest, readManifest } from "../read/manifest.ts";
import type { Snapshot } from "../snapshot.ts";
import { marksOf } from "./marks.ts";
import { readSince } from "./read.ts";
import type { FormerBundle, LeftHost, Since, Told, ToldGroup } from "./record.ts";

export type { Since, Transition } from "./record.ts";

/** A bundle that was there before. Only its manifest is looked at where its scripts are the new ones. */
export interface Former {
  readonly manifest: string;
  /** Its scripts and its `SHA256SUMS`, as far as they are there. */
  readonly files: () => ReadonlyMap<string, string>;
}

/**
 * What leads from a former bundle to this one. Where nothing differs in what hosts get, it is what led to the former one: a bundle that is
 * built again stays as it is.
 *
 * @param files the scripts of the new bundle and what they install
 * @param manifest makes that of the new bundle, without this; asked where there is something to compare
 * @returns null where nothing is known to have been there before
 */
export function sinceFormer(former: Former, files: readonly BundleFile[], manifest: () => string): Since | null {
  const listed = readManifest(former.manifest);
  if (listed === null) return null;
  if (isSame(listed, files)) return readSince(former.manifest);
  const old = new Map([...former.files(), ["manifest.json", former.manifest]]);
  const texts = files.filter(({ path }) => comparedFiles.includes(path));
  const next = new Map([
    ["manifest.json", manifest()],
    ...texts.map(({ path, chunks }) => [path, chunks.join("")] as const),
  ]);
  const since = transition(listed, old, next);
  // Another version may name files of the bundle otherwise that hosts have all the same.
  return "groups" in since && since.groups.length === 0 ? readSince(former.manifest) : since;
}

function transition(listed: Manifest, old: ReadonlyMap<string, string>, next: ReadonlyMap<string, string>): Since {
  const sums = old.get("SHA256SUMS");
  const from: FormerBundle = {
    cluster: listed.cluster,
    version: listed.version,
    sumOfSums: sums === undefined ? null : createHash("sha256").update(sums).digest("hex"),
  };
  const found = difference({ files: old }, { files: next });
  if (found.kind === "unreadable") return { from, unreadable: { file: found.file, message: cut(found.message) } };
  const [before, after] = [readSnapshot({ files: old }), readSnapshot({ files: next })];
  if ("kind" in before || "kind" in after) throw new Error("what was compared can be read");
  const returning = returningGroups(old, next);
  return {
    from,
    groups: told(found.changes),
    ...(returning === null ? {} : { returning }),
    steps: found.steps,
    notes: found.notes,
    marks: marksOf(before, after, found),
    left: leftHosts(before, after),
  };
}

/** Bytes of both directors' scripts up to which they are compared a second time: some hundred thousand rules take seconds. */
const comparedTwice = 16 * 1024 * 1024;

/** The change the other way round, as far as clients notice it; null: not known. */
function returningGroups(
  old: ReadonlyMap<string, string>,
  next: ReadonlyMap<string, string>,
): readonly ToldGroup[] | null {
  const [before = "", after = ""] = [old, next].map((files) => files.get("director.sh"));
  if (before.length + after.length > comparedTwice) return null;
  const found = difference({ files: next }, { files: old });
  if (found.kind === "unreadable") return null;
  // A rollback leaves what was on a share before.
  const isFelt = ({ subject, verdict, rule }: Change): boolean =>
    subject.kind !== "cluster" && verdict !== "none" && rule !== "shared-file";
  return told(found.changes.filter(isFelt));
}

/** Whether hosts get the same: what people read may differ. */
function isSame(former: Manifest, files: readonly BundleFile[]): boolean {
  const own = files.filter(({ path }) => isForHosts(path));
  const others = [...former.files.keys()].filter(isForHosts);
  return own.length === others.length && own.every(({ path, sha256 }) => former.files.get(path) === sha256);
}

function isForHosts(path: string): boolean {
  return (path.endsWith(".sh") && !path.startsWith("hosts/")) || /^(?:files|parts)\//.test(path);
}

function told(changes: readonly Change[]): readonly ToldGroup[] {
  return groupsOf(changes).map(({ subject, alike }) => ({
    subject,
    alike: alike.map(({ verdict, why, more, shown }) => ({ verdict, why, more, shown: shown.map(toldOf) })),
  }));
}

function toldOf({ rule, action, what, was, becomes }: Change): Told {
  return {
    rule,
    action,
    what: cut(what),
    was: was === null ? null : cut(was),
    becomes: becomes === null ? null : cut(becomes),
  };
}

const longest = 300;

/** The first line, as far as it is no longer than anybody reads, with nothing in it that cannot be seen. */
function cut(text: string): string {
  const [line = ""] = text.split("\n", 1);
  const isWhole = line.length <= longest && (line === text || `${line}\n` === text);
  return safe(isWhole ? line : `${line.slice(0, longest).replace(/[\ud800-\udbff]$/, "")}…`);
}

function leftHosts(old: Snapshot, next: Snapshot): readonly LeftHost[] {
  const here = new Set(next.hosts.map(({ name }) => name));
  return old.hosts.filter(({ name }) => !here.has(name)).map(({ name, interfaces }) => ({ name, interfaces }));
}
