/** What goes from a share that others serve from, with a real server that leaves or has it no longer. */
import { type Change, change } from "../change.ts";
import { sharedFiles } from "../shares.ts";
import type { Snapshot } from "../snapshot.ts";
import { someOf } from "../titles.ts";
import { interrupts } from "../verdict.ts";

export function shareChanges(old: Snapshot, next: Snapshot): readonly Change[] {
  return sharedFiles(old, next).map(({ host, share, path, others, restoring }) =>
    change(
      "shared-file",
      { kind: "hosts", names: [host], role: "realserver" },
      `file on a share: ${path}`,
      [share, null],
      interrupts(
        `its script takes it off the share ${share}, from which ${someOf(others)} ${others.length === 1 ? "serves" : "serve"} it: ${
          restoring.length > 0
            ? `it is there again when realserver.sh has run on ${someOf(restoring.slice(0, 1))}`
            : "describe it for one of them as well, or keep a copy"
        }`,
      ),
    ),
  );
}
