import { replaceUnseen } from "../diagnostics/excerpt.ts";

/** A value as one line of JSON in which every character can be seen: what JSON lets stand raw, such as U+202E, is escaped too. */
export function jsonLine(value: unknown): string {
  const escaped = replaceUnseen(JSON.stringify(value), (character) =>
    Array.from({ length: character.length }, (_, unit) => {
      const code = character.charCodeAt(unit).toString(16);
      return `\\u${code.padStart(4, "0")}`;
    }).join(""),
  );
  return `${escaped}\n`;
}
