/** The screen of a terminal, as an emulator of one has it after a text was printed to it. */
import xterm from "@xterm/headless";

export interface Row {
  /** As it is read, without blanks at its end. */
  readonly text: string;
  /** Whether the terminal broke a line to make it. */
  readonly isWrapped: boolean;
  /** What stands in these columns, from 0; a character that begins in the last one is whole. */
  readonly between: (start: number, end: number) => string;
}

/** Prints a text, with its colours, to an empty terminal of so many columns. */
export async function screenOf(text: string, columns: number): Promise<readonly Row[]> {
  const lines = text.split("\n").length;
  const terminal = new xterm.Terminal({
    cols: columns,
    rows: 100,
    scrollback: 50 * lines + 1000,
    allowProposedApi: true,
  });
  await new Promise<void>((resolve) => terminal.write(text.replaceAll("\n", "\r\n"), resolve));
  const { active } = terminal.buffer;
  const rows = Array.from({ length: active.length }, (_, y): Row => {
    const line = active.getLine(y);
    return {
      text: line?.translateToString(true) ?? "",
      isWrapped: line?.isWrapped ?? false,
      between: (start, end) => line?.translateToString(false, start, end) ?? "",
    };
  });
  terminal.dispose();
  return rows;
}
