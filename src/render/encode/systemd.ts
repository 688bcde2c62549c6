import { type Allowed, isAllowed, oneLine, only } from "./only.ts";

const plainMount: Allowed = [/^(?:(?![%\\"'])[!-~])+$/, /^[^\s\p{Cc}\ud800-\udfff%\\"']+$/u];

/**
 * Unit, drop-in and .network files. systemd.syntax(7): `KEY=VALUE` a line, CR and LF end it, a `\` at the end continues it;
 * systemd.unit(5): `%` begins a specifier; systemd.service(5): `$`, quotes, `\` and a lone `;` mean something in a command line.
 */
export const systemd = {
  /** Text for people, such as Description=, and comments. */
  unitText: (text: unknown): string => only("a line of a unit", oneLine, text).replaceAll("%", "%%"),

  /** Blank-separated names and addresses, such as After= or Address=: nothing in them is special, `\` (of `systemd-escape`) included. */
  unitWords: (words: unknown): string =>
    only("a list of a unit", /^(?:[A-Za-z0-9:_.@/\\-]*[A-Za-z0-9:_.@/-](?: (?!$)|$))+$/, words),

  /** A command line of ExecStart=: plain words, one of which may be quoted to hold blanks or `<`. */
  unitCommand: (line: unknown): string =>
    only(
      "a command line of a unit",
      /^\/[A-Za-z0-9_./-]+(?: (?:[A-Za-z0-9_./:+,=-]+|"[A-Za-z0-9_./:+,=< -]+"))*$/,
      line,
    ),

  /**
   * What makes a unit wait for a mount point. Up to systemd 229 RequiresMountsFor= takes its words as they are, later ones decode
   * quotes, `\` and `%` (config_parse_unit_requires_mounts_for in load-fragment.c): a path that has none of these reads the
   * same in all; any other is named by its mount unit, whose escaped name every version takes as it is.
   */
  unitMount: (path: unknown, unit: unknown): string =>
    isAllowed(plainMount, String(path))
      ? `RequiresMountsFor=${path}`
      : `Requires=${systemd.unitWords(unit)}\nAfter=${systemd.unitWords(unit)}`,
};
