/** What is right in another language, and is taken for JSON: comments of a shell, numbers of C and of modes, all of YAML. */
import type { Span, SyntaxProblem } from "./tree.ts";

/** What stands before the first key of YAML: blanks, comments, the mark of a document. */
const beforeKeys = /^(?:\s|#[^\n]*(?:\n|$)|%YAML[^\n]*\n|---(?=\s))*/;
const bareKey = /^[A-Za-z_$][\w.-]*:(?:\s|$)/;

/** What was probably meant where the parser stopped; null: nothing of these. */
export function slipAt(text: string, { start }: Span): SyntaxProblem | null {
  return wholeYaml(text) ?? comment(text, start) ?? number(text, start);
}

function wholeYaml(text: string): SyntaxProblem | null {
  const start = beforeKeys.exec(text)?.[0].length ?? 0;
  const [key] = bareKey.exec(text.slice(start, start + 200)) ?? [];
  if (key === undefined) return null;
  return problem(
    { start, end: start + key.trimEnd().length },
    "this looks like YAML, and is read as JSON",
    "let the name of the file end in .yaml",
  );
}

function comment(text: string, start: number): SyntaxProblem | null {
  if (text.charAt(start) !== "#") return null;
  return problem({ start, end: start + 1 }, "no comment begins with # here", "let it begin with //");
}

/** The parser may have stopped within a number, behind what is one. */
function number(text: string, offset: number): SyntaxProblem | null {
  const before = /[\w.+-]{0,40}$/.exec(text.slice(Math.max(0, offset - 40), offset))?.[0] ?? "";
  const start = offset - before.length;
  const [word = ""] = /^[\w.+-]{1,80}/.exec(text.slice(start, start + 81)) ?? [];
  const span = { start, end: start + word.length };
  const [, sign = "", digits] = /^([+-]?)(0(?:x[0-9a-f]{1,12}|o[0-7]{1,15}|b[01]{1,40}))$/i.exec(word) ?? [];
  if (digits !== undefined)
    return problem(
      span,
      "this is not a JSON number",
      `write it in decimal: ${sign === "-" ? "-" : ""}${Number(digits)}`,
    );
  const [, minus = "", rest] = /^(-?)0+([0-9]+(?:\.[0-9]+)?)$/.exec(word) ?? [];
  if (rest === undefined) return null;
  const decimal = `${minus}${rest}`;
  return problem(
    span,
    "this number begins with 0",
    /^0[0-7]{3}$/.test(word) ? `write ${decimal}, or "${word}" in quotes where it is a mode` : `write ${decimal}`,
  );
}

function problem(span: Span, message: string, hint: string): SyntaxProblem {
  return { code: "SYNTAX_ERROR", span, message, hint };
}
