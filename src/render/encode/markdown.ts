import { changeTables } from "../../diff/markdown.ts";
import type { ToldGroup } from "../../diff/since/record.ts";
import { oneLine, only } from "./only.ts";

/** CommonMark 0.31. */
export const markdown = {
  /** Running text: every punctuation character that could begin markup is escaped (6.1, backslash escapes). */
  markdownText: (text: unknown): string =>
    only("a line of Markdown", oneLine, text).replaceAll(/[\\`*_{}[\]<>#|&~!]/g, "\\$&"),
  /** Within `…` or an indented block, where nothing is decoded: names of scripts and checksums. */
  markdownCode: (text: unknown): string => only("code in Markdown", /^[A-Za-z0-9_./-]+$/, text),
  /** A line of an indented block, where nothing is decoded: commands, and what they print. */
  markdownLine: (text: unknown): string => only("a line of code in Markdown", oneLine, text),
  /** What differs from the former bundle, as `lvsgen diff --markdown` has it. */
  markdownChanges: (groups: unknown): string => changeTables(groups as readonly ToldGroup[], "####").trimEnd(),
  /** A diagram as a block that GitLab, Gitea and GitHub draw; elsewhere its text is shown. */
  markdownMermaid: (text: unknown): string => `\`\`\`mermaid\n${only("a Mermaid diagram", /^[^`\0]*\n$/, text)}\`\`\``,
};
