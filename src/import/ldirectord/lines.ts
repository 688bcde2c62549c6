import type { Place } from "../place.ts";

/** `key = value` of ldirectord.cf; the place is that of the value. */
export interface Setting {
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

/** A virtual server with what is indented below it. */
export interface Block {
  readonly head: Setting;
  readonly settings: Setting[];
}

export interface Lines {
  readonly globals: readonly Setting[];
  readonly blocks: readonly Block[];
  /** Lines that are no setting at all. */
  readonly strange: readonly Place[];
}

/** Puts what is indented to the virtual server above it; a comment in an indented line goes to its end, as ldirectord has it. */
export function splitLines(lines: readonly string[], file: string): Lines {
  const globals: Setting[] = [];
  const blocks: Block[] = [];
  const strange: Place[] = [];
  lines.forEach((raw, index) => {
    const isIndented = /^[ \t]/.test(raw);
    const text = raw.replace(/#.*$/, "").trimEnd();
    if (text.trim() === "") return;
    const match = /^[ \t]*([A-Za-z0-9_-]+)[ \t]*(?:=[ \t]*(.*))?$/.exec(text);
    if (match === null) {
      strange.push({ file, line: index + 1, column: 1, length: 0 });
      return;
    }
    const value = match[2] ?? "";
    const column = Math.max(1, text.length - value.length + 1);
    const setting = {
      key: (match[1] ?? "").toLowerCase(),
      value: value.trim(),
      place: { file, line: index + 1, column, length: value.length },
    };
    const block = blocks.at(-1);
    if (/^virtual6?$/.test(setting.key)) blocks.push({ head: setting, settings: [] });
    else if (isIndented && block !== undefined) block.settings.push(setting);
    else globals.push(setting);
  });
  return { globals, blocks, strange };
}

/** The text within double quotes, or as it is. */
export function unquoted(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? value;
}
