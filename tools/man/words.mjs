/** What pages say in each language: texts by the English ones, and what is put together of several. */
import { manTexts } from "./texts-zh.mjs";

/** `LVS cluster` stays, `Host name` is `host name`. */
const lowerFirst = (text) => (/^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text);

/** Joins what is escaped already: types are in italics, values in bold. */
export const englishWords = {
  say: (text) => text,
  title: (text) => text,
  within: lowerFirst,
  summary: (text) => `${text[0].toLowerCase()}${text.slice(1).replace(/\.$/, "")}`,
  colon: ": ",
  /** Between sentences, where all is escaped. */
  gap: " ",
  types: (types) => types.join(", or "),
  values: (values) => values.join(" or "),
  range: (word, from, to) => `${word} from ${from} to ${to}`,
  listOf: (items) => `list of ${items}`,
  objectOf: (names, values) => `object, ${names} to ${values}`,
  withType: (name, type, needed) => `${name} (${type}${needed ? ", required" : ""})`,
  defaultIs: (value) => `Default: ${value}.`,
  exampleIs: (value) => `Example: ${value}`,
  meaning: (text) => `${text}.`,
};

/** Where a line of Chinese may end; in a page it is an escape of its own. */
const breakable = "\u200B";

/**
 * @param {{ say: (text: string) => string | null, partsOf: (word: string) => readonly string[] }} language
 *   say: null for what has no text in it
 * @returns {typeof englishWords}
 */
export function chineseWords({ say: find, partsOf }) {
  const spread = (text) =>
    text
      .split(" ")
      .map((word) => partsOf(word).join(breakable))
      .join(" ");
  const say = (text) => {
    const found = manTexts[text] ?? find(text);
    if (found === null) throw new Error(`manual pages: no Chinese text of ${JSON.stringify(text)}`);
    return spread(found);
  };
  const within = (text) => say(lowerFirst(text));
  return {
    say,
    title: within,
    within,
    summary: (text) => say(text).replace(/。$/, ""),
    colon: "：",
    gap: "\\:",
    // A name stands apart from Han characters.
    types: (types) =>
      types.map((one, index) => (index === 0 ? one : `，或${one.startsWith("\\f") ? " " : ""}${one}`)).join(""),
    values: (values) => values.join(" 或 "),
    range: (word, from, to) => `${word}，${from} 到 ${to}`,
    listOf: (items) => `列表：${items}`,
    objectOf: (names, values) => `对象，键：${names}，值：${values}`,
    withType: (name, type, needed) => `${name}（${type}${needed ? "，必需" : ""}）`,
    defaultIs: (value) => `默认：${value}。`,
    exampleIs: (value) => `示例：${value}`,
    meaning: (text) => `${text}。`,
  };
}
