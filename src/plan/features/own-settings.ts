import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";
import { isCarrier } from "./content.ts";

/** The kernel settings of the description, beside those that the role itself needs. */
export function ownSettings(at: Site): Contribution {
  if (!isCarrier(at)) return {};
  return { settings: at.host.sysctls.map((setting) => ({ ...setting, why: "As described." })) };
}
