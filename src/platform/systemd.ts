/**
 * Bytes that the name of a unit may have at most: 255 (UNIT_NAME_MAX of systemd), less `.d`, with which it names the directory of
 * its drop-ins.
 */
export const longestUnitName = 253;

/** The unit of a mount point, as systemd.unit(5) escapes paths: `/var/www/html` is `var-www-html.mount`. */
export function mountUnit(path: string): string {
  if (path === "/") return "-.mount";
  const escaped = [...Buffer.from(path.slice(1), "utf8")].map((byte, index) => {
    const character = String.fromCharCode(byte);
    if (character === "/") return "-";
    if (/[A-Za-z0-9:_]/.test(character) || (character === "." && index > 0)) return character;
    return `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `${escaped.join("")}.mount`;
}
