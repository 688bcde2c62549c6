/** One reference token of a JSON pointer, escaped (RFC 6901, section 3). */
function escapeToken(token: string): string {
  return token.includes("~") || token.includes("/") ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}

/** The pointer to a member of what `base` points to. */
export function child(base: string, token: string | number): string {
  return `${base}/${typeof token === "number" ? token : escapeToken(token)}`;
}

/** The unescaped reference tokens of a pointer; the empty pointer has none. */
export function tokens(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer to what holds this value; the empty pointer holds itself. */
export function parent(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

/** Whether `pointer` is `base` or lies below it. */
export function isWithin(pointer: string, base: string): boolean {
  return pointer === base || pointer.startsWith(`${base}/`);
}
