import type { PlatformName } from "../model.ts";
import { debian12 } from "./debian12.ts";
import { el7 } from "./el7.ts";
import type { Platform } from "./platform.ts";

export type { Platform } from "./platform.ts";

/** Every system that scripts are compiled for. A description may name others; those are refused until they stand here. */
export const platforms: Readonly<Partial<Record<PlatformName, Platform>>> = { el7, debian12 };

/** The table of a platform that the checks have let through. */
export function platformOf(name: PlatformName): Platform {
  const platform = platforms[name];
  if (!platform) throw new Error(`no platform table for ${name}: the checks should have refused it`);
  return platform;
}
