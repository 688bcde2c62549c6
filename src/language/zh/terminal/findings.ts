/** What is said around findings, and around what a code means. */
import type { Phrases } from "../../phrases.ts";

export const findingsTexts: Phrases = {
  error: "错误",
  warning: "警告",
  ": ": "：",
  ", ": "，",
  "; ": "；",
  "help: ": "处理：",
  Why: "原因",
  Symptom: "现象",
  Fix: "处理",
  "lvsgen explain CODE says more.": "用 lvsgen explain CODE 查看详情。",
  "there is no code {1}": "没有代码 {1}",
  "lvsgen explain lists all codes": "lvsgen explain 列出所有代码",
  "did you mean {1}?": "是不是指 {1!}？",
  "(lvsgen explain {1} says more)": "（用 lvsgen explain {1} 查看详情）",
  "(lvsgen explain {1} says more, and so of each code in brackets)": "（用 lvsgen explain {1} 查看详情，方括号中的其他代码也一样）",
  ': --strict lets no warning pass that "acknowledge" does not name':
    '：--strict 不放过 "acknowledge" 中没有写明的警告',
  "(and {1} more)": "（另有 {1#} 处）",
  "1 error": "1 个错误",
  "{1} errors": "{1#} 个错误",
  "1 warning": "1 个警告",
  "{1} warnings": "{1#} 个警告",
  "1 acknowledged warning": "1 个已确认的警告",
  "{1} acknowledged warnings": "{1#} 个已确认的警告",
  acknowledged: "已确认",
};
