/** The labels of a text all of whose lines are of one of these forms; the first group of a form, where it has one, is a label. */
export function readLines(
  text: string,
  { language, forms, decode }: { language: string; forms: readonly RegExp[]; decode: (label: string) => string },
): string[] {
  if (!text.endsWith("\n")) throw new Error("no end of the last line");
  return text
    .slice(0, -1)
    .split("\n")
    .flatMap((line) => {
      const match = forms.map((form) => form.exec(line)).find((one) => one !== null);
      if (!match) throw new Error(`no line of ${language} as lvsgen writes it: ${line}`);
      return match[1] === undefined ? [] : [decode(match[1])];
    });
}
