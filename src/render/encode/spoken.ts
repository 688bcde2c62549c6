import { changeTables } from "../../diff/markdown.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
import { joined, type Language } from "../../language/index.ts";
import { markdown } from "./markdown.ts";

/** Markdown of what is written in English first. What comes from a description goes in by `markdownText`, and stays as it is. */
export function spoken({ document, list }: Language) {
  return {
    /** A sentence, or a part of one. */
    markdownPhrase: (text: unknown): string => markdown.markdownText(document(String(text))),
    /** The same, with a space behind it where a command follows and no punctuation of full width stands between. */
    markdownLead: (text: unknown, command: unknown): string => {
      const lead = markdown.markdownText(document(String(text)));
      return command === "" || /[\uff0c\u3002\uff1a\uff1b\uff09]$/.test(lead) ? lead : `${lead} `;
    },
    /** `web1, web2 and 6 more` */
    markdownList: (text: unknown): string => markdown.markdownText(list(String(text))),
    /** The same between two words of a template, with the spaces that belong there: a list may end with a word itself. */
    markdownAmid: (before: unknown, text: unknown, after: unknown): string =>
      joined([String(before), markdown.markdownText(list(String(text))), String(after)]),
    /** The same within a comment of an indented block. */
    markdownLineAmid: (before: unknown, text: unknown, after: unknown): string =>
      joined([String(before), markdown.markdownLine(list(String(text))), String(after)]),
    /** A line of an indented block: the command as it is, what stands behind its `#` in the language. */
    markdownCommand: (text: unknown): string => {
      const [, command = "", ends = ""] = /^(.*? # )(.*)$/s.exec(String(text)) ?? [];
      return markdown.markdownLine(command === "" ? text : command + document(ends));
    },
    markdownChanges: (groups: unknown): string =>
      changeTables(groups as readonly ToldGroup[], "####", document).trimEnd(),
  };
}
