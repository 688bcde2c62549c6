import { el8 } from "./el8.ts";
import type { Platform } from "./platform.ts";

/**
 * Anolis OS 8, a rebuild of RHEL 8 that has kernels of its own beside RHEL's: 4.19 and 5.10 ("ANCK"). What holds for the
 * oldest, 4.18, holds for it. `ID="anolis" VERSION_ID="8.8"` (github.com/pgsty/pigsty/issues/325).
 */
export const anolis8: Platform = {
  ...el8,
  name: "anolis8",
  title: "Anolis OS 8",
  releases: ["anolis:8*"],
};
