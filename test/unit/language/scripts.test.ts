/** What scripts say on a terminal: each text of the shell runtime has its Chinese, and each entry of a catalogue a text. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogueEntries, sharedCatalogues } from "../../../tools/generate/catalogues.mjs";
import { type ShellText, shellTexts } from "./shell-texts.ts";
import { faultsOf } from "./typography.ts";

const templates = join(import.meta.dirname, "../../../templates");
const filesOf = (directory: string, extension: string): readonly string[] =>
  readdirSync(join(templates, directory), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(extension))
    .map((path) => path.slice(0, -extension.length))
    .sort();

/** Commands and variables whose texts nobody reads: programs for awk, patterns, records of the journal, rules, what other programs get. */
const silent =
  /^(?:awk|timeout|log|log_to_host|trap|journal|describe|curl|grep|sed|unshare|want|run_as|append_durably|await_xtables|find_answer|replace_file|rule|nftables_close|held_elsewhere|print_answer|stat|nft|printf_|mapfile|(?:[a-z]+_awk|stale|key|batch|words|[a-z]*_rules|rule|pattern|keys|lines|telling_headers|check_of|begin_mark|end_mark|end|standing|include|option|match|record|r_state|watchdog_after|rest|any|always_failing|units|mark|along|rules_in_force)=)$/;

/** Values, commands, rows of options, headings of files that are written, and words of formats: the same in every language. */
const same = [
  /^(?:sudo bash|ip|ipvsadm|iptables|nft|systemctl|firewall-cmd|ufw|base|label|directory|other|export|file|part|app|port|proto|from|in on|mount|sysctl|weight|rights|table|keepalived|Linux|policy|begun|ended|complete) [^ ]+(?: ?(?:\{[0-9]\}|%s|-[a-zA-Z]+|--[a-z-]+|show|ruleset|route|rule|chain|address|confirm|rollback|SCRIPT|DIR|added|ufw-user-input|%s {3}%s),?)*$/,
  /^(?:--[a-z-]+ [A-Z]+(?:,\.\.\.|\|[A-Z]+)?|(?:show|extract|drain|undrain) [A-Z]+|--help, --version|to any|\{1\} to any|\{1\} policy \{2\}|not ok|real server(?:\(s\))?)$/,
  /^sudo bash %s (?:confirm|rollback --to NUMBER)|^(?:lvsgen|script|generation) \{1\}$|^given up$|^\{1\}Filename: /,
  /^(?:#|<|declare -gA|TAP version|Bail out!|client-test: ok=|\{1\}: cluster \{2\}, role|not-found none inactive|\{1\}generation \{2\}$)/,
  /^enforcing\{1\}$/,
  // What a runbook quotes: whoever reads it looks for these words.
  /^(?:to go back:|last change: generation \{1\}|waiting for: \{1\} confirm)$/,
];

function isMessage({ head, index, text }: ShellText): boolean {
  if (silent.test(head) || (index === 0 && head !== "expansion" && !head.endsWith("="))) return false;
  const words = text.replaceAll(/\{[0-9]\}/g, "x");
  const isProse =
    /[A-Za-z]{2,}[,;:.)'"?!]* +[('"]?[A-Za-z-]{2,}/.test(words) ||
    /[a-z]{3,} \{[0-9]\}|\{[0-9]\}[,;:]? [a-z]{3,}/.test(text);
  const isValue = /^(?:finding|failure=|because|note)$/.test(head) && /[a-z]{4,}[:.]? ?\{/.test(text);
  return (isProse || isValue) && !/^(?:[*^/]|--?[a-z]+ [{"])/.test(text) && !same.some((pattern) => pattern.test(text));
}

const sources = filesOf("runtime", ".sh").map((path) => ({
  path,
  source: readFileSync(join(templates, "runtime", `${path}.sh`), "utf8"),
}));
const textsOf = new Map(sources.map(({ path, source }) => [path, shellTexts(source)]));
const catalogues = new Map(
  filesOf("zh/runtime", ".txt").map((key) => [
    key,
    catalogueEntries(readFileSync(join(templates, "zh/runtime", `${key}.txt`), "utf8"), key),
  ]),
);
const entriesOf = (key: string): ReadonlyMap<string, string> => new Map(catalogues.get(key) ?? []);
const common = entriesOf("common");

test("each text that people read has its Chinese", () => {
  const missing = sources.flatMap(({ path }) => {
    const own = entriesOf(path);
    return (textsOf.get(path) ?? [])
      .filter((one) => isMessage(one) && !own.has(one.text) && !common.has(one.text))
      .map(({ text, line }) => `templates/zh/runtime/${path}.txt lacks: ${text} (line ${line})`);
  });
  expect([...new Set(missing)]).toEqual([]);
});

test("no catalogue has what its file does not say", () => {
  const apart = [...sharedCatalogues, ...[...catalogues.keys()].filter((key) => key.startsWith("described/"))];
  const stale = [...catalogues].flatMap(([key, entries]) => {
    if (apart.includes(key)) return [];
    const said = new Set((textsOf.get(key) ?? []).map(({ text }) => text));
    return entries.filter(([english]) => !said.has(english)).map(([english]) => `${key}.txt: ${english}`);
  });
  expect(stale).toEqual([]);
});

test("what several files say stands in the common catalogue alone", () => {
  const homes = new Map<string, string[]>();
  for (const [path, texts] of textsOf)
    for (const text of new Set(texts.map((one) => one.text))) homes.set(text, [...(homes.get(text) ?? []), path]);
  expect([...common.keys()].filter((text) => (homes.get(text) ?? []).length < 2)).toEqual([]);
  const twice = [...catalogues].flatMap(([key, entries]) =>
    sharedCatalogues.includes(key) ? [] : entries.filter(([english]) => common.has(english)),
  );
  expect(twice).toEqual([]);
});

test("what comes with the description is said as the compiler says it", () => {
  const compiler = ["render/script.ts", "plan/client/expectation.ts", "plan/client/targets.ts"]
    .map((path) => readFileSync(join(templates, "../src", path), "utf8"))
    .concat(readFileSync(join(templates, "doctor.sh.hbs"), "utf8"))
    .join("\n")
    .replaceAll(/\$\{[a-z]+\}/g, "{1}");
  const described = [...catalogues].filter(([key]) => key.startsWith("described/")).flatMap(([, entries]) => entries);
  expect(described.filter(([english]) => !compiler.includes(english))).toEqual([]);
});

describe("each entry", () => {
  const all = [...catalogues].flatMap(([key, entries]) =>
    entries.map(([english, chinese]) => ({ key, english, chinese })),
  );
  const numbers = (text: string): readonly string[] =>
    [...new Set([...text.matchAll(/\{([0-9])\*?\}/g)].map(([, number = ""]) => number))].sort();

  test("has the values that vary, and no other braces", () => {
    const wrong = all.filter(
      ({ english, chinese }) =>
        numbers(english).join() !== numbers(chinese).join() ||
        /[{}]/.test(chinese.replaceAll(/\{[0-9]\*?\}/g, "")) ||
        /[{}]/.test(english.replaceAll(/\{[0-9]\}/g, "")),
    );
    expect(wrong).toEqual([]);
  });

  test("has signs between values where they may be part of a name", () => {
    const signs = (text: string): readonly string[] => text.match(/\}[./=-](?=\{)/g) ?? [];
    expect(all.filter(({ english, chinese }) => signs(english).join() !== signs(chinese).join())).toEqual([]);
  });

  test("is not said twice", () => {
    const files = all.filter(({ key }) => !key.startsWith("described/"));
    const seen = files.map(({ english }) => english);
    expect(seen.filter((english, at) => seen.indexOf(english) !== at)).toEqual([]);
  });

  test("is Chinese, and set as Chinese is", () => {
    expect(all.filter(({ chinese }) => !/\p{Script=Han}/u.test(chinese) && !composedOfValues.test(chinese))).toEqual(
      [],
    );
    const faults = all.flatMap(({ key, english, chinese }) =>
      // Blanks around values come of what they are.
      faultsOf(chinese.replaceAll(/\{[0-9]\*?\}/g, "·")).map(
        (fault) => `${key}.txt: ${fault}: ${chinese} (${english})`,
      ),
    );
    expect(faults).toEqual([]);
  });
});

/** Punctuation around values, and commands. */
const composedOfValues = /^(?:\{[0-9]\*?\}|[\s：；（）()]|systemctl [a-z-]+ [a-z.-]+|sudo bash)+$/u;

describe("formats", () => {
  test("have no words: those stand in texts, which are looked up", () => {
    const spoken = sources.flatMap(({ path, source }) =>
      [...source.matchAll(/^\s*(?:[^#\n]*[ ;{])?(?:say|tell) (?:"([^"\n]*%[sd][^"\n]*)"|'([^'\n]*%[sd][^'\n]*)') /gm)]
        .map(([, double, single]) => double ?? single ?? "")
        .filter((format) =>
          /[a-z]{3,} [a-z(]{2,}/i.test(format.replaceAll(/\$\{?[a-z]+\}?/g, "").replace(/sudo bash|not ok/, "")),
        )
        .map((format) => `${path}.sh: ${format}`),
    );
    expect(spoken).toEqual([]);
  });
});

test("the words of a script are read as bash reads them", () => {
  const source = `die 69 "no file $x below \${y:-the \\"lower\\" one}" 'see: it''s here'
failure="first \${z:+; then $z}"$'\\n'"second line"
case $a in one | 'two words') say "$bold\${a}s are here$plain, $(note "within $b")" ;; esac # say "a comment here"
[[ $x == 'not a text' ]] || printf 'is %s, described: %s' "$have" "$state"
print_text '' '' 'broken
  over lines'`;
  expect(
    shellTexts(source)
      .filter(isMessage)
      .map(({ head, text }) => `${head} ${text}`),
  ).toEqual([
    'expansion the "lower" one',
    "die no file {1} below {2}",
    "die see: its here",
    "expansion ; then {1}",
    "failure= first {1}",
    "failure= second line",
    "note within {1}",
    "say {1}s are here",
    "printf is {1}, described: {2}",
    "print_text broken over lines",
  ]);
});
