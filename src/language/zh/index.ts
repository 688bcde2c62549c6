/** Chinese, for mainland China: docs/glossary.zh.md has its words. */
import { spokenFiles, spokenPrograms, templateSpecs } from "../../generated/templates-zh.ts";
import type { Language } from "../language.ts";
import { type ListWords, phraseBook } from "../phrases.ts";
import { codesInChinese } from "./codes/index.ts";
import { documentPhrases } from "./document/index.ts";
import { findingCompositionsAndTitles, findingTexts } from "./finding/index.ts";
import { pictureCompositions } from "./picture/composed.ts";
import { pictureTexts } from "./picture/texts.ts";
import { terminalCompositions } from "./terminal/composed.ts";
import { findingsTexts } from "./terminal/findings.ts";
import { helpTexts } from "./terminal/help.ts";
import { reportTexts } from "./terminal/reports.ts";

const lists: ListWords = {
  read: (text) => {
    const [, items = text, more = "0"] = /^(.*?)(?: and|, …) ([0-9]+) more$/s.exec(text) ?? [];
    return { items: items.split(", "), more: Number(more) };
  },
  write: (items, more) => `${items.join("、")}${more > 0 ? ` 及另外 ${more} 个` : ""}`,
};

const documents = phraseBook(documentPhrases, lists);

export const chinese: Language = {
  name: "zh",
  document: documents.say,
  list: documents.list,
  picture: phraseBook([pictureTexts, pictureCompositions], lists).say,
  finding: phraseBook([...findingTexts, ...findingCompositionsAndTitles], lists).say,
  terminal: phraseBook([findingsTexts, helpTexts, reportTexts, terminalCompositions], lists).say,
  codes: codesInChinese,
  templates: templateSpecs,
  runtime: { programs: spokenPrograms, files: spokenFiles },
};
