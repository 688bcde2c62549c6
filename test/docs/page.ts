/**
 * Pages whose commands are run: the tutorial and the how-tos of `docs/`. A block of `console` has commands behind a prompt and
 * below each what it prints; `$ ` is the workstation, `lvs1# ` root on that host. A block of another language has a file's name
 * behind it and is that file. There is no other block: see {@link Page.faults}.
 */
import { marked, type Token, type Tokens } from "marked";

/** A command, with what the page shows of its output. */
export interface Command {
  readonly kind: "command";
  /** A host's name, or null for the workstation. */
  readonly host: string | null;
  readonly command: string;
  readonly shown: readonly string[];
}

/** A file that the page has its reader write on the workstation. */
export interface Written {
  readonly kind: "file";
  readonly name: string;
  readonly text: string;
}

export interface Page {
  readonly steps: readonly (Command | Written)[];
  /** Blocks that nothing would run, each with its first line. */
  readonly faults: readonly string[];
}

const prompt = /^(?:\$|([a-z][a-z0-9-]*)#) (.*)$/;

export function readPage(markdown: string): Page {
  const steps: (Command | Written)[] = [];
  const faults: string[] = [];
  marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (token.type === "html" && /<(?:pre|code)\b/i.test(token.raw)) faults.push(`HTML: ${firstLine(token.raw)}`);
    if (!isCode(token)) return;
    const [language = "", name = "", ...rest] = (token.lang ?? "").split(" ").filter((word) => word !== "");
    const place = `${language || "no language"}: ${firstLine(token.text)}`;
    if (token.codeBlockStyle === "indented" || language === "" || rest.length > 0) faults.push(place);
    else if (language !== "console") {
      if (/^[\w][\w./-]*$/.test(name)) steps.push({ kind: "file", name, text: `${token.text}\n` });
      else faults.push(place);
    } else if (name !== "" || !prompt.test(firstLine(token.text))) faults.push(place);
    else steps.push(...commandsOf(token.text));
  });
  return { steps, faults };
}

/** Whether hosts are needed: a lab's page is played by its proof, any other by the unit tests. */
export function needsLab({ steps }: Page): boolean {
  return steps.some((step) => step.kind === "command" && (step.host !== null || /^npm run lab\b/.test(step.command)));
}

/** A line that ends in a backslash goes on in the next one. */
function commandsOf(text: string): Command[] {
  const found: { host: string | null; command: string; shown: string[] }[] = [];
  for (const line of text.split("\n")) {
    const last = found.at(-1);
    const begins = prompt.exec(line);
    if (last?.shown.length === 0 && last.command.endsWith("\\")) last.command += `\n${line}`;
    else if (begins) found.push({ host: begins[1] ?? null, command: begins[2] ?? "", shown: [] });
    else last?.shown.push(line);
  }
  return found.map((one) => ({ kind: "command", ...one }));
}

function isCode(token: Token): token is Tokens.Code {
  return token.type === "code";
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
