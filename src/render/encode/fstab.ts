import { only } from "./only.ts";

/**
 * A field of fstab(5): blanks, tabs and backslashes as the octal escapes that getmntent(3) and libmount both decode. A `#` is special
 * at the start of a line alone, and getmntent before glibc 2.38 does not decode it: it stays.
 */
export const fstab = {
  fstabField: (field: unknown): string =>
    only(
      "a field of fstab",
      [/^(?!#)[ -~]+$/, /^[^#\p{Cc}\u2028\u2029\ud800-\udfff][^\p{Cc}\u2028\u2029\ud800-\udfff]*$/u],
      field,
    ).replaceAll(/[ \\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`),
};
