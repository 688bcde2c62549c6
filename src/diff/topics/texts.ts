/** What differs in a bundle and no other topic has told: nothing that differs is passed over in silence. */
import { type Change, change, type Subject } from "../change.ts";
import { readBlocks } from "../read/blocks.ts";
import { hostsOf, partOf, type Snapshot } from "../snapshot.ts";
import { harmless, unknown } from "../verdict.ts";

const subject: Subject = { kind: "cluster" };

/** @param found what the other topics have told */
export function textChanges(old: Snapshot, next: Snapshot, found: readonly Change[]): readonly Change[] {
  const told = [...found, ...directorTexts(old, next, found)];
  const scripts = [...new Set([...old.scripts.keys(), ...next.scripts.keys()])].filter(
    (path) => old.scripts.get(path)?.declaration !== next.scripts.get(path)?.declaration,
  );
  const asking = scripts.filter((path) => askingScripts.includes(path));
  const changes = [...told.slice(found.length)];
  if (asking.length > 0)
    changes.push({
      ...change(
        "asking-scripts",
        subject,
        `what ${asking.join(", ")} ${asking.length === 1 ? "asks" : "ask"}`,
        [null, null],
        asking.length === 1 ? asksOtherwise : askOtherwise,
      ),
      action: "changed",
    });
  // Their parts have been compared; what is left is around them.
  for (const path of scripts.filter((one) => !askingScripts.includes(one)))
    if (!isTold(path, told)) changes.push(change("script", subject, path, ["one text", "another text"], noRule));
  const others = [...next.others].filter(([path, sum]) => old.others.get(path) !== sum).map(([path]) => path);
  if (told.length + changes.length === 0)
    for (const path of others)
      changes.push(
        change("bundle-file", subject, path, ["one text", "another text"], forPeople.includes(path) ? read : noRule),
      );
  return changes;
}

const askingScripts: readonly string[] = ["client-test.sh", "doctor.sh", "fetch-packages.sh"];
const forPeople: readonly string[] = ["OPERATIONS.md", "RUNBOOK.md", "topology.svg"];
const read = harmless("it is for people: hosts get the same");
const asksOtherwise = harmless("it changes nothing on hosts");
const askOtherwise = harmless("they change nothing on hosts");
const noRule = unknown("it differs in something that no rule looks at: compare the two files");

/** Whether something is told that such a script would differ by. */
function isTold(path: string, told: readonly Change[]): boolean {
  const role = path.replace(/\.sh$/, "");
  return told.some(
    ({ subject: about }) =>
      (about.kind === "hosts" && (about.role === role || about.role === null)) ||
      (about.kind === "service" && role === "director") ||
      about.kind === "cluster",
  );
}

/** The table and keepalived's file of a director, where nothing that they say differs and they do. */
function directorTexts(old: Snapshot, next: Snapshot, found: readonly Change[]): readonly Change[] {
  return hostsOf(next, "director").flatMap((host) => {
    const [was, becomes] = [partOf(old, host, "director"), partOf(next, host, "director")];
    if (was === null || becomes === null) return [];
    const about: Subject = { kind: "hosts", names: [host], role: "director" };
    const textOf = (part: typeof was, kind: string): string | null =>
      part.declared.find((one) => one.kind === kind)?.text ?? null;
    const differs = (kind: string): boolean => textOf(was, kind) !== textOf(becomes, kind);
    const isSaid = found.some(({ subject: one, rule }) => one.kind === "service" || keepalivedRules.test(rule));
    if (isSaid) return [];
    const changes: Change[] = [];
    if (differs("table") || differs("thresholds"))
      changes.push(
        change(
          "table-text",
          about,
          "text of the table",
          ["one", "another"],
          harmless("the entries are the same, in the words of another ipvsadm or in another order"),
        ),
      );
    if (differs("keepalived")) {
      const same = plain(textOf(was, "keepalived")) === plain(textOf(becomes, "keepalived"));
      changes.push(
        change(
          "keepalived-text",
          about,
          "text of keepalived.conf",
          ["one", "another"],
          same ? harmless("only its comments differ; keepalived is reloaded, connections stay") : noRule,
        ),
      );
    }
    return changes;
  });
}

const keepalivedRules = /^(?:failover|vrrp|keepalived)/;

/** Without comments, and without the mark by which a file is known, which is a sum of its text. */
function plain(text: string | null): string {
  return JSON.stringify(readBlocks((text ?? "").replaceAll(/lvsgen-[0-9a-f]{8}/g, "lvsgen-")));
}
