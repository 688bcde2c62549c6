/** Catalogues: every text in both languages, with the same that varies, in Chinese as it is written. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { describe, expect, test } from "vitest";
import schema from "../../../schema/cluster.schema.json" with { type: "json" };
import type { Phrases } from "../../../src/language/phrases.ts";
import { compositions } from "../../../src/language/zh/document/composed.ts";
import { documentTexts } from "../../../src/language/zh/document/index.ts";
import { findingCompositionsAndTitles, findingTexts } from "../../../src/language/zh/finding/index.ts";
import { importedComposed, importedTexts } from "../../../src/language/zh/imported/index.ts";
import { initCompositions } from "../../../src/language/zh/init/composed.ts";
import { initTexts } from "../../../src/language/zh/init/texts.ts";
import { pictureCompositions } from "../../../src/language/zh/picture/composed.ts";
import { pictureTexts } from "../../../src/language/zh/picture/texts.ts";
import { choiceTexts } from "../../../src/language/zh/schema/choices.ts";
import { schemaPhrases } from "../../../src/language/zh/schema/index.ts";
import { terminalCompositions } from "../../../src/language/zh/terminal/composed.ts";
import { findingsTexts } from "../../../src/language/zh/terminal/findings.ts";
import { helpTexts } from "../../../src/language/zh/terminal/help.ts";
import { reportTexts } from "../../../src/language/zh/terminal/reports.ts";
import { rolloutCompositions, rolloutTexts } from "../../../src/language/zh/terminal/rollout.ts";
import { secretsTexts } from "../../../src/language/zh/terminal/secrets.ts";
import { signingTexts } from "../../../src/language/zh/terminal/signing.ts";
import { statusTexts } from "../../../src/language/zh/terminal/status.ts";
import { verifyTexts } from "../../../src/language/zh/terminal/verifying.ts";
import { englishIn } from "./english-left.ts";
import { isProse, literalsBelow, schemaTexts } from "./literals.ts";
import { faultsOf } from "./typography.ts";

interface Room {
  /** Each key is a text of the sources. */
  readonly texts: readonly Phrases[];
  /** Each key is put together of several. */
  readonly compositions: readonly Phrases[];
  readonly sources: readonly string[];
  /** Pieces of compositions, and what stands in Chinese as it is. */
  readonly others: RegExp;
}

/** Commands, places in files, and what ipvsadm, keepalived and the scripts say. */
const code =
  /^(?:bash |sha256sum|curl |journalctl|ipvsadm -Ln|ss -l|ip route flush|nmcli connection modify NAME \{1\}\.gateway \{2\}$|--|ok=|[02] {2}|confirmed:|\{1\} --drain|lvs_sync_daemon|# Part )|\n/;

const rooms: Readonly<Record<string, Room>> = {
  documents: {
    texts: documentTexts,
    compositions: [compositions],
    sources: [
      "render/runbook",
      "render/operations",
      "diff/compare.ts",
      "diff/first.ts",
      "diff/by-hand.ts",
      "diff/exchanged-names.ts",
      "diff/order.ts",
      "diff/read",
      "diff/resources",
      "diff/since/index.ts",
      "diff/step.ts",
      "diff/titles.ts",
      "diff/topics",
      "diff/verdict.ts",
    ],
    others:
      /^(?:and|ip -6|systemctl (?:stop|\{1\}) keepalived\.service|what \{1\} \{2\}|Where \{1\} is drained first .*|It is agreed when, .*|uninstall|real server|weight 0|resources\(\) \{|case \$host in|interface|sorry|tcp 2049|udp 8848|udp \{1\} \(GUE\)|41 \(6in4\)|\{1\} of \{2\}|\{1\}, id \{2\}|\{1\}, \{2\} real server.*|\{1\} \{2\} clients where, .*|\{1\} exit code is .*|its script takes it off .*)$/,
  },
  findings: {
    texts: findingTexts,
    compositions: findingCompositionsAndTitles,
    sources: [
      "parse",
      "validate",
      "sources",
      "expand",
      "resolve",
      "check",
      "plan/collisions.ts",
      "acknowledge.ts",
      "address-slips.ts",
      "diagnostics/collector.ts",
      "diagnostics/suggest.ts",
      "hidden.ts",
    ],
    others:
      /^(?:Forwarding method|Host name|Advertisement interval|Health check|Failover and health checks|Real servers|Kernel settings|of a network|, (?:as in|for example|such as) .*|,? ?and \{1\} more|\{ "host": \{1\} \}|"(?:check|persistence|unicast|ha)": .*|already|too|.*"?(?:persistence|ha)"?: \{\}.*|\{\} for what is usual)$/,
  },
  terminal: {
    texts: [findingsTexts, helpTexts, reportTexts, signingTexts],
    compositions: [terminalCompositions],
    sources: [
      "terminal/difference.ts",
      "terminal/findings.ts",
      "terminal/problem.ts",
      "terminal/sign-problem.ts",
      "terminal/signature.ts",
      "terminal/summary.ts",
      "sign/make.ts",
      "sign/programs.ts",
      "commands/build",
      "commands/diff",
      "commands/graph",
      "commands/import/definition.ts",
      "commands/default-file.ts",
      "commands/definitions.ts",
      "commands/encoding.ts",
      "commands/explain.ts",
      "commands/input.ts",
      "commands/lint.ts",
      "commands/new-file.ts",
      "commands/packages.ts",
      "commands/program.ts",
      "commands/serial.ts",
      "commands/validate.ts",
      "exit-code.ts",
    ],
    others:
      /^(?:-{1,2}[a-zA-Z]+\b.*|help:|, and so of each code in brackets|\(lvsgen explain \{1\} says more.*|acknowledged warnings?|lvsgen (?:build )?\{1\}.*|SQLite format 3.*|trap : INT.*|error: standard input can be one of the two only.*)$/s,
  },
  status: {
    texts: [statusTexts],
    compositions: [],
    sources: ["status", "commands/status", "terminal/status.ts"],
    // Elements of the page, and what others say as well.
    others:
      /^(?:<|default-src|lvsgen \{1\}$)|<(?:span|code|details)|^(?:no such file or directory|print one JSON object for tools|cannot be read: \{1\}|\{1\} written\.|… and \{1\} more)$/,
  },
  verifying: {
    texts: [verifyTexts],
    compositions: [],
    sources: ["verify", "commands/verify-bundle"],
    // What others say as well, and an error whose code alone is told.
    others:
      /^(?:It has to be a whole number from 1 to \{1\}\.|print one JSON object for tools|it is a directory|… and \{1\} more|no file)$/,
  },
  secrets: {
    texts: [secretsTexts],
    compositions: [],
    sources: ["secrets", "commands/secrets"],
    // What others say as well, and what stands in the file.
    others:
      /^(?:-o, --output <dir>|print one JSON object for tools|cannot be written: \{1\}|lvsgen-secrets 1.*|cluster \{1\}.*|host \{1\}.*|file \{1\} \{2\}.*|sha256 \{1\}.*|secrets-\{1\}|# Written by lvsgen.*|\{1\}host \{2\}.*|.*sha256.*)$/s,
  },
  rollout: {
    texts: [rolloutTexts],
    compositions: [rolloutCompositions],
    sources: ["rollout", "commands/rollout", "terminal/rollout.ts"],
    // What runs on hosts, how ssh is called, and what others say as well.
    others:
      /^(?:set --|cannot be read: \{1\}|sudo -n bash -s|a signal|whatever it is|another rollout|process \{1\} on \{2\}(?: in another container)?|there is no such (?:batch|script)|the last turn returns|Batch \{1\}|not proven|(?:\{1\}: )?exit code \{[12]\}|\{1\}: failed \{2\} \{3\}|has no manifest\.json of lvsgen's|no such file or directory|name (?:the directory that lvsgen build made|a file of allowed signers .*)|It has to be a whole number from 1 to \{1\}\.|the lowest serial .*|.*or \{1\}|go on with that bundle .*: \{1\}|name its directory: --former DIR\{1\}|\(its SHA256SUMS .*|.*goes back by itself \{1\} s .*|\{1\}; mend the cause.*)$/,
  },
  init: {
    texts: [initTexts],
    compositions: [initCompositions, choiceTexts],
    sources: ["commands/init"],
    others:
      /^(?:RHEL [89], Rocky, AlmaLinux.*|lvsgen init --ask|yaml-language-server: .*|an answer (?:is missing that was asked for|has no stand-in)|Run "lvsgen init --help" for usage\.|= \{1\}|\| {2}\{1\}|\+--> \{1\}|\{1\} {2}\{2\})$/,
  },
  imported: {
    texts: importedTexts,
    compositions: [importedComposed],
    sources: [
      "import",
      "commands/import/arguments.ts",
      "commands/import/includes.ts",
      "commands/import/index.ts",
      "commands/import/inputs.ts",
      "terminal/comparison.ts",
      "terminal/imported.ts",
    ],
    others:
      /^(?:on port \{1\}|of IPv6|\{ "name": "web", .*|mark \{1\} \{2\}|weight 0 of \{1\} real \{2\}|Run "lvsgen import --help" for usage\.|not expressible)$/,
  },
  pictures: {
    texts: [pictureTexts],
    compositions: [pictureCompositions],
    sources: ["graph", "diff/since/marks.ts"],
    others:
      /^[<.]|style=|dasharray|font|="|label=|rankdir|digraph|subgraph|flowchart|classDef|^(?:class|sorry:|service|host|weight|pool|mark|sorry server|at|per|, .*|; marked.*|\{1\}… \{2\} more|VRRP priority .*|more (?:mount|real server|service)|\{1\} (?:as|of|\{2\}, every port).*|persistence .*|master of .*|… \{1\} more kinds|from \{1\}|by \{1\}|port \{1\}|… \{1\} more|end|marked)\b|^(?:from|by|port) \{1\}$/,
  },
};

describe.each(Object.entries(rooms))("%s", (_, { texts, compositions: composed, sources, others }) => {
  const keys = [...texts, ...composed].flatMap(Object.keys);
  const written = new Set(
    sources.flatMap((room) => [...literalsBelow(room).values()].flat()).map((text) => text.trim()),
  );

  test("have every text of the sources", () => {
    const missing = [...written].filter((text) => isProse(text) && !code.test(text) && !others.test(text));
    expect(missing.filter((text) => !keys.includes(text))).toEqual([]);
  });

  test("have no text that the sources have not", () => {
    expect(texts.flatMap(Object.keys).filter((key) => !written.has(key))).toEqual([]);
  });

  test("say each text once", () => {
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

test("what the schema says of keys and values has its text, once, and no other is there", () => {
  const keys = schemaPhrases.flatMap(Object.keys);
  expect(keys.toSorted()).toEqual([...new Set(schemaTexts(["description", "enumDescriptions"]))].toSorted());
  const { mode, protocol, scheduler } = schema.$defs;
  for (const { enumDescriptions } of [mode, protocol, scheduler])
    expect(enumDescriptions.filter((text) => !Object.hasOwn(choiceTexts, text))).toEqual([]);
});

const all = Object.values(rooms)
  .flatMap(({ texts, compositions: composed }) => [...texts, ...composed].flatMap((one) => Object.entries(one)))
  .concat(schemaPhrases.slice(1).flatMap((one) => Object.entries(one)));

describe("every text", () => {
  test("has the same that varies in both languages", () => {
    const numbers = (text: string): string => [...new Set(text.match(/\{[1-9]/g))].sort().join();
    const inflected = [
      "{1} {2} clients where, after verify,",
      "has {1} number{2}, not four",
      "{1} has {2} number{3}, not four",
    ];
    expect(all.filter(([key, text]) => numbers(key) !== numbers(text) && !inflected.includes(key))).toEqual([]);
  });

  test("is numbered from left to right in English, where nothing but its number stands", () => {
    const inOrder = (key: string): boolean =>
      (key.match(/\{[0-9]+\}/g) ?? []).every((one, index) => one === `{${index + 1}}`);
    expect(all.filter(([key]) => !inOrder(key))).toEqual([]);
  });

  test("is English in English", () => {
    expect(all.filter(([key]) => /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(key))).toEqual([]);
  });

  test("has no English sentence in Chinese", () => {
    // Examples are commands.
    const sentences = all.filter(([key]) => !/^Examples?:/.test(key));
    expect(sentences.flatMap(([, text]) => englishIn(text))).toEqual([]);
  });

  test.each(all.map(([, text]) => [text]))("%s", (text) => {
    expect(faultsOf(text)).toEqual([]);
  });
});

const templates = join(import.meta.dirname, "../../../templates");
const names = readdirSync(join(templates, "zh"), { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".hbs"),
);

test("every document has its template in Chinese", () => {
  const english = readdirSync(templates, { recursive: true, encoding: "utf8" });
  const documents = english.filter((name) => name.endsWith(".md.hbs") && !name.startsWith("zh/"));
  expect(names.sort()).toEqual(documents.sort());
});

describe.each(names)("%s", (name) => {
  const read = (path: string): string => readFileSync(join(templates, path), "utf8");
  const chinese = read(`zh/${name}`);

  test("puts in what the English one does, under the same conditions", () => {
    expect(placesOf(Handlebars.parse(chinese), [])).toEqual(placesOf(Handlebars.parse(read(name)), []));
  });

  test("has the same commands", () => {
    // Behind `# ` stands what is said of them.
    const commands = (text: string): string[] =>
      text
        .split("\n")
        .filter((line) => /^ {4,}\S/.test(line) && !/^ *# /.test(line))
        .map((line) =>
          line
            .replace(/ +# .*/, "")
            .replace("markdownCommand", "markdownLine")
            .trim(),
        );
    expect(commands(chinese)).toEqual(commands(read(name)));
    const codes = (text: string): string[] => (text.match(/`[^`]+`/g) ?? []).sort();
    expect(codes(chinese)).toEqual(codes(read(name)));
  });

  test("is Chinese, and set as Chinese is", () => {
    const lines = chinese.replaceAll(/\{\{[^}]*\}\}/g, "§").split("\n");
    expect(lines.filter((line) => !/^ {4,}bash /.test(line)).flatMap(englishIn)).toEqual([]);
    expect(lines.filter((line) => !/^ {4}/.test(line) && faultsOf(line).length > 0)).toEqual([]);
  });
});

/** Which value stands below which conditions, sorted: languages order their sentences each in its own way. */
function placesOf(node: hbs.AST.Node, around: readonly string[]): string[] {
  const pathOf = (path: hbs.AST.Expression): string => ("original" in path ? String(path.original) : path.type);
  if (node.type === "Program")
    return [...new Set((node as hbs.AST.Program).body.flatMap((one) => placesOf(one, around)))].sort();
  if (node.type === "BlockStatement") {
    const { path, params, program, inverse } = node as hbs.AST.BlockStatement;
    const block = `${pathOf(path)} ${params.map(pathOf).join(" ")}`;
    return [
      ...placesOf(program, [...around, block]),
      ...(inverse === undefined ? [] : placesOf(inverse, [...around, `not ${block}`])),
    ];
  }
  if (node.type !== "MustacheStatement") return [];
  const { params } = node as hbs.AST.MustacheStatement;
  // What else a helper gets stands in the template: words between which the value stands.
  const value = params.find(({ type }) => type === "PathExpression");
  return value === undefined ? [] : [[...around, pathOf(value)].join(" > ")];
}
