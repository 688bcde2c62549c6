/**
 * Bytes that the name of a unit may have at most: 255 (UNIT_NAME_MAX of systemd), less `.d`, with which it names the directory of
 * its drop-ins.
 */
export const longestUnitName = 253;

/** A text as part of a name, as systemd-escape(1) has it: `/` is `-`, and what else has a meaning in names is its bytes. */
export function escapedName(text: string): string {
  return [...Buffer.from(text, "utf8")]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      if (character === "/") return "-";
      if (/[A-Za-z0-9:_]/.test(character) || (character === "." && index > 0)) return character;
      return `\\x${byte.toString(16).padStart(2, "0")}`;
    })
    .join("");
}

/** The unit of a mount point, as systemd.unit(5) escapes paths: `/var/www/html` is `var-www-html.mount`. */
export function mountUnit(path: string): string {
  return path === "/" ? "-.mount" : `${escapedName(path.slice(1))}.mount`;
}
