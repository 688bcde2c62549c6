import { anolis8 } from "./anolis8.ts";
import { debian11 } from "./debian11.ts";
import { debian12 } from "./debian12.ts";
import { debian13 } from "./debian13.ts";
import { el7 } from "./el7.ts";
import { el8 } from "./el8.ts";
import { el9 } from "./el9.ts";
import { kylin10 } from "./kylin10.ts";
import { openeuler20, openeuler22, openeuler24 } from "./openeuler.ts";
import type { Platform, PlatformName } from "./platform.ts";
import { ubuntu22, ubuntu24 } from "./ubuntu.ts";
import { uos20 } from "./uos20.ts";

export type { NetworkBackend, Platform, PlatformName } from "./platform.ts";

/** Every system that scripts are compiled for. */
export const platforms: Readonly<Record<PlatformName, Platform>> = {
  el7,
  el8,
  el9,
  anolis8,
  openeuler20,
  openeuler22,
  openeuler24,
  kylin10,
  uos20,
  debian11,
  debian12,
  debian13,
  ubuntu22,
  ubuntu24,
};

/** The table of a platform. */
export function platformOf(name: PlatformName): Platform {
  return platforms[name];
}
