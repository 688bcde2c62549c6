/** What is wrong with a text of YAML, in words. */
import type { Document } from "yaml";
import type { Span, SyntaxProblem } from "./tree.ts";

/** Why the text is no document of YAML 1.2, or null. */
export function parseProblem(document: Document.Parsed): SyntaxProblem | null {
  const { errors, directives } = document;
  const first = errors.find(({ code }) => code === "RESOURCE_EXHAUSTION") ?? errors[0];
  if (first !== undefined) {
    const span = { start: first.pos[0], end: first.pos[1] };
    switch (first.code) {
      case "RESOURCE_EXHAUSTION":
        return tooDeep(span);
      case "MULTIPLE_DOCS":
        return unsupported(span, "a second YAML document starts here", "keep one document a file");
      default:
        return {
          code: "SYNTAX_ERROR",
          span,
          message: `this is not YAML: ${first.message}`,
          hint: "correct it here or on the line before",
        };
    }
  }
  if (directives?.yaml.explicit === true && directives.yaml.version !== "1.2") {
    return unsupported(
      { start: 0, end: 5 },
      `YAML ${directives.yaml.version} is asked for`,
      "take the %YAML directive out; YAML 1.2 is read",
    );
  }
  return null;
}

/** @param span what is nested deeper than any description */
export function tooDeep(span: Span): SyntaxProblem {
  return {
    code: "NESTED_TOO_DEEP",
    span,
    message: "this is nested deeper than any description",
    hint: "close the brackets that are open",
  };
}

/** What YAML allows and JSON cannot say. */
export function unsupported(span: Span, message: string, hint: string): SyntaxProblem {
  return { code: "UNSUPPORTED_YAML", span, message, hint };
}
