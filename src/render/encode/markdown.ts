import { oneLine, only } from "./only.ts";

/** CommonMark 0.31. */
export const markdown = {
  /** Running text: every punctuation character that could begin markup is escaped (6.1, backslash escapes). */
  markdownText: (text: unknown): string =>
    only("a line of Markdown", oneLine, text).replaceAll(/[\\`*_{}[\]<>#|&~!]/g, "\\$&"),
  /** Within `…` or an indented block, where nothing is decoded: names of scripts and checksums. */
  markdownCode: (text: unknown): string => only("code in Markdown", /^[A-Za-z0-9_./-]+$/, text),
  /** A diagram as a block that GitLab, Gitea and GitHub draw; elsewhere its text is shown. */
  markdownMermaid: (text: unknown): string => `\`\`\`mermaid\n${only("a Mermaid diagram", /^[^`\0]*\n$/, text)}\`\`\``,
};
