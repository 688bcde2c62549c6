/** Chinese, for mainland China: docs/glossary.zh.md has its words. */
import { spokenFiles, spokenPrograms, templateSpecs } from "../../generated/templates-zh.ts";
import type { Language, Say } from "../language.ts";
import { type Book, type ListWords, type Phrases, phraseBook } from "../phrases.ts";
import { joined } from "../spacing.ts";
import { codesInChinese } from "./codes/index.ts";
import { documentPhrases } from "./document/index.ts";
import { findingCompositionsAndTitles, findingTexts } from "./finding/index.ts";
import { importedComposed, importedTexts } from "./imported/index.ts";
import { initCompositions } from "./init/composed.ts";
import { initTexts } from "./init/texts.ts";
import { pictureCompositions } from "./picture/composed.ts";
import { pictureTexts } from "./picture/texts.ts";
import { choiceTexts } from "./schema/choices.ts";
import { schemaPhrases } from "./schema/index.ts";
import { snippetTexts } from "./schema/snippets.ts";
import { terminalCompositions } from "./terminal/composed.ts";
import { findingsTexts } from "./terminal/findings.ts";
import { helpTexts } from "./terminal/help.ts";
import { reportTexts } from "./terminal/reports.ts";
import { rolloutCompositions, rolloutTexts } from "./terminal/rollout.ts";
import { secretsTexts } from "./terminal/secrets.ts";
import { signingTexts } from "./terminal/signing.ts";
import { statusTexts } from "./terminal/status.ts";
import { verifyTexts } from "./terminal/verifying.ts";

const lists: ListWords = {
  read: (text) => {
    const [, items = text, more = "0"] = /^(.*?)(?: and|, \u2026) ([0-9]+) more$/s.exec(text) ?? [];
    // `cluster.json and cluster.yaml`: of names alone, for what is said may have such a word in it.
    const isOfNames = /^[\x21-\x7e]+(?:, [\x21-\x7e]+)* (?:and|or) [\x21-\x7e]+$/.test(items);
    return { items: items.split(isOfNames ? /, | (?:and|or) / : ", "), more: Number(more) };
  },
  write: (items, more) => joined([items.join("、"), more > 0 ? ` 及另外 ${more} 个` : ""]),
};

const documents = phraseBook(documentPhrases, lists);

/** A book that is opened by the first text that is asked of it: most commands need one or two of them. */
function later(catalogues: readonly Phrases[], otherwise?: () => Book): () => Book {
  let book: Book | null = null;
  return () => {
    book ??= phraseBook(catalogues, lists, otherwise?.());
    return book;
  };
}

const sayBy =
  (book: () => Book): Say =>
  (text) =>
    book().say(text);

const findings = later([...findingTexts, ...findingCompositionsAndTitles]);

export const chinese: Language = {
  name: "zh",
  document: documents.say,
  list: documents.list,
  picture: sayBy(later([pictureTexts, pictureCompositions])),
  finding: sayBy(findings),
  terminal: sayBy(
    later([
      findingsTexts,
      helpTexts,
      reportTexts,
      rolloutTexts,
      rolloutCompositions,
      secretsTexts,
      signingTexts,
      statusTexts,
      verifyTexts,
      terminalCompositions,
    ]),
  ),
  init: sayBy(later([choiceTexts, initTexts, initCompositions], findings)),
  imported: sayBy(later([...importedTexts, importedComposed], findings)),
  // Its titles are those of findings.
  schema: sayBy(later([...schemaPhrases, snippetTexts], findings)),
  codes: codesInChinese,
  templates: templateSpecs,
  runtime: { programs: spokenPrograms, files: spokenFiles },
};
