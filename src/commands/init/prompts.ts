/** Questions in the terminal, as the library asks them. */
import { cancel, intro, isCancel, log, outro, select, text } from "@clack/prompts";
import { english, type Language, type Say } from "../../language/index.ts";
import { wrapped } from "../../terminal/text.ts";
import type { Choice } from "./choices.ts";

/** How a person is asked; texts are in English, and said in the person's language. */
export interface Prompts {
  readonly open: (title: string, note: string) => void;
  /** @param usual what Enter takes, shown until something is typed; null: Enter alone is an empty answer */
  readonly text: (question: string, usual: string | null) => Promise<string>;
  readonly choose: (question: string, choices: readonly Choice[], usual: string | null) => Promise<string>;
  /** Why a question comes again. */
  readonly refuse: (reason: string) => void;
  /** What is kept, and may not be meant. */
  readonly warn: (warning: string) => void;
  readonly close: (text: string) => void;
  readonly leave: (text: string) => void;
}

/** Thrown by a question that somebody ends by Ctrl-C. */
export class Ended extends Error {}

/** The bar that the library draws beside everything, where it leaves that to who asks. */
const beside = "\n\u2502  ";

/**
 * How many columns a terminal has. Some do not know their size (a serial console, some containers) and say 0: the library, which asks
 * the stream itself, would put each character on a line of its own.
 */
export function columnsOf(stream: { columns?: number; rows?: number }): number {
  if (stream.columns === 0) stream.columns = 80;
  if (stream.rows === 0) stream.rows = 24;
  return stream.columns ?? 80;
}

/** @param columns of the terminal */
export function prompts(columns: number, { init: say, terminal }: Language = english): Prompts {
  const room = Math.max(20, Math.min(columns, 100) - 4);
  // Each line of a text is a sentence of its own. The library's own margin is 3.
  const said = (message: string): string => message.split("\n").map(say).join("\n");
  const fitted = (message: string): string => wrapped(said(message), "", room);
  const warned = (warning: string): string =>
    wrapped(`${terminal("warning")}${terminal(": ")}${said(warning)}`, "", room);
  return {
    open: (title, note) => {
      intro(fitted(title));
      log.message(fitted(note));
    },
    text: async (question, usual) => {
      const shown = usual === null ? {} : { placeholder: usual, defaultValue: usual };
      const answer = await text({ message: fitted(question).replaceAll("\n", beside), ...shown });
      if (isCancel(answer)) throw new Ended();
      return answer;
    },
    choose: async (question, choices, usual) => {
      const initial = usual === null ? {} : { initialValue: usual };
      const answer = await select({ message: fitted(question), options: labelled(choices, say), ...initial });
      if (isCancel(answer)) throw new Ended();
      return answer;
    },
    refuse: (reason) => log.warn(fitted(reason)),
    warn: (warning) => log.warn(warned(warning)),
    close: (text) => outro(say(text)),
    leave: (text) => cancel(say(text)),
  };
}

/** Values with what they mean beside them, in a column of its own. */
function labelled(choices: readonly Choice[], say: Say): { readonly value: string; readonly label: string }[] {
  const width = Math.max(...choices.map(({ value }) => value.length));
  return choices.map(({ value, meaning }) => ({ value, label: `${value.padEnd(width)}  ${say(meaning)}` }));
}
