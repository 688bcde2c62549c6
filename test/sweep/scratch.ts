import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory with these files, and what to call when it is no longer used. */
export function scratch(files: Readonly<Record<string, string>>): { directory: string; end: () => void } {
  const directory = mkdtempSync(join(tmpdir(), "lvsgen-sweep-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, path, ".."), { recursive: true });
    writeFileSync(join(directory, path), text, { mode: 0o600 });
  }
  return { directory, end: () => rmSync(directory, { recursive: true, force: true }) };
}
