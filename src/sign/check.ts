/** Verifies a signature by the system's `ssh-keygen`. Apart from the rest, for only who verifies needs processes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programOf } from "./programs.ts";
import { namespace } from "./signed-text.ts";

export type SshAnswer =
  /** `principal` is the name that the file of allowed signers has for the key. */
  | { readonly kind: "good"; readonly principal: string }
  /** `said` is what `ssh-keygen` said. */
  | { readonly kind: "bad"; readonly said: string }
  | { readonly kind: "no-program" }
  /** `ssh-keygen` that has no `-Y find-principals` (OpenSSH before 8.2). */
  | { readonly kind: "old-program" };

/**
 * Whether the armored signature is of this text, for the namespace of bundles, by a key of the file.
 *
 * @param allowed the file of allowed signers (ssh-keygen(1), ALLOWED SIGNERS)
 */
export function checkSsh(text: Uint8Array, signature: Uint8Array, allowed: string): SshAnswer {
  const program = programOf("ssh-keygen");
  if (program === null) return { kind: "no-program" };
  // A copy: what is checked here is what was read, whatever becomes of the folder.
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-verify-"));
  try {
    const file = join(directory, "signature");
    writeFileSync(file, signature);
    const ask = (...args: string[]) => {
      const { status, stdout, stderr, error } = spawnSync(program, ["-Y", ...args, "-s", file, "-f", allowed], {
        input: text,
        encoding: "utf8",
        env: { ...process.env, LC_ALL: "C" },
      });
      return { ok: status === 0, out: stdout ?? "", said: error?.message ?? lastLine(stderr) };
    };
    const found = ask("find-principals");
    if (!found.ok)
      return isOld(found.said)
        ? { kind: "old-program" }
        : { kind: "bad", said: found.said || "the key is not allowed" };
    const principals = found.out.split(/[\n,]/).filter((name) => name !== "" && !name.startsWith("!"));
    let said = "the key is not allowed";
    for (const pattern of new Set(principals)) {
      const principal = pattern.replaceAll("*", "").replaceAll("?", "x") || "x";
      const verified = ask("verify", "-n", namespace, "-I", principal);
      if (verified.ok) return { kind: "good", principal: pattern };
      said = verified.said || said;
    }
    return { kind: "bad", said };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function isOld(said: string): boolean {
  return /option -- '?Y|Unsupported operation|Too few arguments/.test(said);
}

function lastLine(text: string | null): string {
  return text?.trim().split("\n").at(-1)?.trim() ?? "";
}
