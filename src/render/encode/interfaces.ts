import { oneLine, only } from "./only.ts";

/**
 * interfaces(5): words by line, a `\` at the end continues it, `#` at its start makes it a comment. What follows `up` is a
 * command of /bin/sh: its words have nothing that a shell would read.
 */
export const interfaces = {
  ifaceText: (text: unknown): string => only("a line of interfaces", oneLine, text),
  ifaceName: (name: unknown): string => only("a name of interfaces", /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, name),
  ifaceCommand: (line: unknown): string =>
    only("a command of interfaces", /^[A-Za-z0-9_./:-]+(?: [A-Za-z0-9_./:-]+)*$/, line),
};
