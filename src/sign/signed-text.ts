/**
 * The text that is signed: a serial, which stands nowhere else, and the one sum that vouches for all others. It has four lines
 * whatever the size of a bundle, so that a person can read it and every token and agent takes it, and `sha256sum -c --strict` takes it
 * as it is: lines that begin with `#` are comments there (coreutils 8.22, that of EL7, has it so).
 */

/** What signatures are for, in the words of `ssh-keygen -Y`: a signature for something else is none of a bundle. */
export const namespace = "lvsgen-bundle";

/** Fewer bits of RSA are no signature any more (NIST SP 800-131A). */
export const leastBits = 2048;

export interface Signed {
  readonly cluster: string;
  /** From 1 to `largestSerial`; a bundle's is higher than that of every other bundle of the cluster before it. */
  readonly serial: number;
  /** Lower-case hexadecimal SHA-256 of `SHA256SUMS`. */
  readonly sum: string;
}

/** Fifteen digits: exact in a double and in what bash counts with, and `date +%Y%m%d%H%M%S` is one. */
export const largestSerial = 999_999_999_999_999;

/** A serial as it is written: digits, none of them a leading zero; null for anything else. */
export function readSerial(text: string): number | null {
  return /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}

/** What a text vouches for: a bundle by its sums, or a file of secrets, which has the serial of the bundle that it goes with. */
export interface Subject {
  readonly what: "bundle" | "secrets";
  /** The file whose sum it has. */
  readonly file: string;
}

export const bundleSubject: Subject = { what: "bundle", file: "SHA256SUMS" };

export function signedText({ cluster, serial, sum }: Signed, { what, file }: Subject = bundleSubject): string {
  return `# lvsgen-${what} 1\n# cluster: ${cluster}\n# serial: ${serial}\n${sum}  ${file}\n`;
}

/** The three values of a text that is byte for byte what `signedText` makes; null: it is another one. */
export function readSignedText(text: string): Signed | null {
  const form =
    /^# lvsgen-bundle 1\n# cluster: ([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\n# serial: ([0-9]+)\n([0-9a-f]{64}) {2}SHA256SUMS\n$/;
  const [, cluster = "", digits = "", sum = ""] = form.exec(text) ?? [];
  const serial = readSerial(digits);
  return serial === null ? null : { cluster, serial, sum };
}
