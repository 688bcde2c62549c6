import { createHash } from "node:crypto";
import type { Content } from "../plan/managed.ts";
import { renderTemplate } from "./templates.ts";

/** Text of a content that is short enough to be one string. */
export type TextOf = (content: Exclude<Content, { readonly chunks: readonly string[] }>) => string;

type TemplateContent = Extract<Content, { readonly template: string }>;

/** Makes each text once: a file stands in a script and among the artifacts, and a thousand hosts want mostly the same ones. */
export function contentReader(): TextOf {
  const texts = new Map<string, string>();
  // A script and the artifacts ask with the same object.
  const read = new WeakMap<object, string>();
  return (content) => {
    if ("text" in content) return content.text;
    const before = read.get(content);
    if (before !== undefined) return before;
    const text = made(content);
    read.set(content, text);
    return text;
  };

  function made(content: TemplateContent): string {
    const key = JSON.stringify([content.template, content.view]);
    const known = texts.get(key);
    if (known !== undefined) return known;
    const plain = renderTemplate(content.template, content.view);
    const text = content.marked ? withMark(plain) : plain;
    texts.set(key, text);
    return text;
  }
}

/** As `with_mark` of templates/runtime/kinds/keepalived.sh does where an operator has changed it. */
function withMark(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return text.replaceAll("lvsgen-00000000", `lvsgen-${hash}`);
}

/** Content as chunks of text; a long one is not copied. */
export function contentChunks(content: Content, textOf: TextOf): readonly string[] {
  return "chunks" in content ? content.chunks : [textOf(content)];
}
