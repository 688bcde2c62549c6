/** How Chinese is set, by the rules of docs/glossary.zh.md. */
export function faultsOf(text: string): string[] {
  // What is said in Chinese is set when it is put in; all else is Latin.
  const plain = text.replaceAll(/ ?\{[1-9][*+]\} ?/g, "").replaceAll(/\{[1-9][#@&!]?\}/g, "A");
  const rules: readonly (readonly [string, RegExp])[] = [
    ["a space between Han and Latin letters or digits", /\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}/u],
    ["no space between Han characters", /[\p{Script=Han}，。：；（）、] +[\p{Script=Han}，。：；（）、]/u],
    ["punctuation of full width behind Han characters", /\p{Script=Han} ?[,;:!?()]/u],
    ["no space around punctuation of full width", /[，。：；（）、] (?![-*])|(?<!\*\*) [，。：；）、]/u],
  ];
  return rules.filter(([, fault]) => fault.test(plain)).map(([rule]) => rule);
}

/** Code and quotations, the marks of Markdown, and the spaces of tables. */
function proseOf(line: string): string {
  const plain = line
    .replaceAll(/`[^`]*`/g, "`A`")
    .replaceAll(/\\(?=[[\]])/g, "")
    .replaceAll(/"[^"]*"/g, "A")
    .replaceAll(/ ?\| ?/g, "\n");
  return plain.replace(/^ *(?:[-#>]+ (?:\[ \] )?|[0-9]+\. )/, "").replaceAll(/\*\* ?/g, "");
}

/** How lines of a document are set which are none of commands; each with its faults. */
export function faultsOfLines(lines: readonly string[]): string[] {
  const rules: readonly (readonly [string, RegExp])[] = [
    ["a space between Han and Latin letters or digits", /\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}/u],
    ["no space between Han characters", /[\p{Script=Han}，。：；（）、] +[\p{Script=Han}，。：；（）、]/u],
    ["no space around punctuation of full width", /[，。：；（）、] |(?<!\.) [，。：；）、]/u],
    ["punctuation of full width", /[,;:] |(?:^|[^A-Z]) ?\([^)]*\)/u],
  ];
  return lines.flatMap((line) =>
    proseOf(line)
      .split("\n")
      .flatMap((part) => rules.filter(([, fault]) => fault.test(part)).map(([rule]) => `${rule}: ${part}`)),
  );
}
