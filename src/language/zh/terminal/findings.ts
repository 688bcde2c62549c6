/** What is said around findings, and around what a code means. */
import type { Phrases } from "../../phrases.ts";

export const findingsTexts: Phrases = {
  error: "错误",
  warning: "警告",
  Why: "原因",
  Symptom: "现象",
  Fix: "处理",
  "lvsgen explain CODE says more.": "用 lvsgen explain CODE 查看详情。",
  "there is no code {1}": "没有代码 {1}",
  "lvsgen explain lists all codes": "lvsgen explain 列出所有代码",
  "did you mean {1}?": "是不是指 {1!}？",
  ': --strict lets no warning pass that "acknowledge" does not name':
    '：--strict 不放过 "acknowledge" 中没有写明的警告',
  "(and {1} more)": "（另有 {1#} 处）",
  acknowledged: "已确认",
};
