import { debian12 } from "./debian12.ts";
import { el7 } from "./el7.ts";
import { el8 } from "./el8.ts";
import { el9 } from "./el9.ts";
import { kylin10 } from "./kylin10.ts";
import { openeuler22, openeuler24 } from "./openeuler.ts";
import type { Platform, PlatformName } from "./platform.ts";
import { ubuntu22, ubuntu24 } from "./ubuntu.ts";

export type { NetworkBackend, Platform, PlatformName } from "./platform.ts";

/** Every system that scripts are compiled for. */
export const platforms: Readonly<Record<PlatformName, Platform>> = {
  el7,
  el8,
  el9,
  openeuler22,
  openeuler24,
  kylin10,
  debian12,
  ubuntu22,
  ubuntu24,
};

/** The table of a platform. */
export function platformOf(name: PlatformName): Platform {
  return platforms[name];
}
