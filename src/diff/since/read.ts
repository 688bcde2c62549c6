/** `since` of a manifest that stands in a folder: somebody may have written it, so that only what has the very shape of it is taken. */
import type { Subject } from "../change.ts";
import { isObject, parsed } from "../read/manifest.ts";
import type { Step } from "../step.ts";
import { type Verdict, verdicts } from "../verdict.ts";
import type { FormerBundle, Marks, Since, Told, ToldGroup } from "./record.ts";

/** Null where there is none, or none that this version has written. */
export function readSince(manifest: string): Since | null {
  const value = parsed(manifest);
  const since = isObject(value) ? value["since"] : null;
  if (!isObject(since) || !isFrom(since["from"])) return null;
  const { from, unreadable, groups, returning, steps, notes, marks, left } = since;
  if (isObject(unreadable) && isText(unreadable["file"]) && isText(unreadable["message"]))
    return { from, unreadable: { file: unreadable["file"], message: unreadable["message"] } };
  const isWhole =
    isList(groups, isGroup) && isList(steps, isStep) && isList(notes, isText) && isMarks(marks) && isList(left, isLeft);
  if (!isWhole) return null;
  if (returning === undefined) return { from, groups, steps, notes, marks, left };
  return isList(returning, isGroup) ? { from, groups, returning, steps, notes, marks, left } : null;
}

function isList<Entry>(value: unknown, is: (entry: unknown) => entry is Entry): value is readonly Entry[] {
  return Array.isArray(value) && value.every(is);
}

/** A line as it stands in running text. */
function isText(value: unknown): value is string {
  return isShown(value) && value === value.trim() && !value.endsWith("\\");
}

function isShown(value: unknown): value is string {
  return typeof value === "string" && !/[\p{Cc}\u2028\u2029\ud800-\udfff]/u.test(value);
}

function isShownOrNull(value: unknown): value is string | null {
  return value === null || isShown(value);
}

/** As host names are: what stands in a command is nothing else. */
function isName(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})$/.test(value);
}

function isFrom(value: unknown): value is FormerBundle {
  if (!isObject(value) || !isText(value["cluster"]) || !isText(value["version"])) return false;
  const sum = value["sumOfSums"];
  return sum === null || (typeof sum === "string" && /^[0-9a-f]{64}$/.test(sum));
}

const roles: readonly unknown[] = ["director", "realserver", "nfs", null];

function isSubject(value: unknown): value is Subject {
  if (!isObject(value)) return false;
  const { kind, key, title, names, role } = value;
  if (kind === "cluster") return true;
  if (kind === "service") return isText(key) && isText(title);
  if (kind === "pool") return isText(value["name"]) && Number.isSafeInteger(value["services"]);
  return kind === "hosts" && isList(names, isName) && roles.includes(role);
}

function isTold(value: unknown): value is Told {
  if (!isObject(value)) return false;
  const { rule, action, what, was, becomes } = value;
  const isAction = action === "added" || action === "removed" || action === "changed";
  return isAction && isText(rule) && isShown(what) && isShownOrNull(was) && isShownOrNull(becomes);
}

function isVerdict(value: unknown): value is Verdict {
  return verdicts.some((verdict) => verdict === value);
}

function isAlike(value: unknown): value is ToldGroup["alike"][number] {
  if (!isObject(value) || !isVerdict(value["verdict"]) || !isText(value["why"])) return false;
  return Number.isSafeInteger(value["more"]) && Number(value["more"]) >= 0 && isList(value["shown"], isTold);
}

function isGroup(value: unknown): value is ToldGroup {
  return isObject(value) && isSubject(value["subject"]) && isList(value["alike"], isAlike);
}

const scripts: readonly unknown[] = ["director.sh", "realserver.sh", "nfs.sh"];

function isStep(value: unknown): value is Step {
  if (!isObject(value)) return false;
  const { action, script, hosts, bundle, why, awaited, staying } = value;
  if (![awaited, staying].every((some) => some === undefined || isList(some, isName))) return false;
  const isKnown =
    action === "by-hand" ? script === null : (action === "apply" || action === "uninstall") && scripts.includes(script);
  return isKnown && isList(hosts, isName) && (bundle === "new" || bundle === "former") && isText(why);
}

function isMarks(value: unknown): value is Marks {
  if (!isObject(value)) return false;
  const { services, hosts, gone } = value;
  return isMarked(services) && isMarked(hosts) && isList(gone, isText);
}

function isMarked(value: unknown): value is Readonly<Record<string, "new" | "changed">> {
  return isObject(value) && Object.values(value).every((mark) => mark === "new" || mark === "changed");
}

function isLeft(value: unknown): value is { readonly name: string; readonly interfaces: readonly string[] } {
  return isObject(value) && isName(value["name"]) && isList(value["interfaces"], isText);
}
