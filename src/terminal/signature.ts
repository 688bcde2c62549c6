/** What a build says of the signature that stands beside the bundle. */
import { safe } from "../diagnostics/excerpt.ts";
import { label } from "../diagnostics/index.ts";
import { columns as columnsOf } from "../diagnostics/width.ts";
import { broken } from "../diagnostics/wrap.ts";
import type { Output } from "./terminal.ts";

/** As `--json` has it, too. */
export interface SignatureFacts {
  readonly serial: number;
  /** What SSH calls the key's kind: `ssh-ed25519`; null where there is no signature for ssh-keygen beside the text. */
  readonly key: string | null;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string | null;
  /** Whether there is one that hosts verify by `openssl dgst` alone. */
  readonly rsa: boolean;
}

/** @param unverified hosts that this signature cannot be verified on */
export function signatureLine(facts: SignatureFacts, unverified: readonly string[], output: Output): string {
  const { serial, key, fingerprint } = facts;
  const by = `serial ${serial}, ${key ?? "?"} ${fingerprint ?? "?"}. Verify it on the hosts before anything is run: RUNBOOK.md has the commands.`;
  const line = paragraph("signed", by, output.colors.green, output);
  if (unverified.length === 0) return line;
  const shown = unverified.length > most ? [...unverified.slice(0, most), "…"] : unverified;
  const text = `on ${shown.map(safe).join(", ")}: OpenSSH there is older than 8.1 and has no ssh-keygen -Y, and only an RSA key gives a signature that openssl there verifies. (ssh-keygen -t rsa -b 3072 makes one.)`;
  return line + paragraph("unverified", text, output.colors.yellow, output);
}

/** So many hosts are read by somebody. */
const most = 16;

/**
 * @param serial of the signature that is gone
 * @param next the lowest that may follow it; null: it was the largest
 */
export function unsignedLine(serial: number, next: number | null, output: Output): string {
  const text =
    next !== null
      ? `the signature of serial ${serial} was not of these sums, and is gone. Sign this bundle with: --sign KEY --serial ${next}`
      : `the signature of serial ${serial} was not of these sums, and is gone. No serial is higher: give the cluster another name.`;
  return paragraph("unsigned", text, output.colors.yellow, output);
}

/** Of a bundle without a signature, whose description has `trust`. */
export function refusedLine(output: Output): string {
  const text =
    "this bundle has no signature, and hosts on which its trust has been applied refuse what is not signed. Sign it with: --sign KEY --serial N";
  return paragraph("unsigned", text, output.colors.yellow, output);
}

function paragraph(word: string, text: string, color: (text: string) => string, { columns, language }: Output): string {
  const { terminal: say } = language;
  const head = `${say(word)}${say(": ")}`;
  return `${label(color, head)}${broken(say(text), { columns, start: columnsOf(head), indent: 2 })}\n`;
}
