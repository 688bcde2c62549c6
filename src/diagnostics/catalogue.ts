import { addressCodes } from "./codes/addresses.ts";
import { clientCodes } from "./codes/clients.ts";
import { collisionCodes } from "./codes/collisions.ts";
import { fileCodes } from "./codes/files.ts";
import { nfsCodes } from "./codes/nfs.ts";
import { platformCodes } from "./codes/platforms.ts";
import { realServerCodes } from "./codes/real-servers.ts";
import { referenceCodes } from "./codes/references.ts";
import { schemaCodes } from "./codes/schema.ts";
import { serviceCodes } from "./codes/services.ts";
import { syntaxCodes } from "./codes/syntax.ts";
import { vipCodes } from "./codes/vips.ts";
import type { CatalogueEntry } from "./entry.ts";

/** Every code that any stage can report, in the order of the stages. */
export const catalogue = {
  ...syntaxCodes,
  ...schemaCodes,
  ...referenceCodes,
  ...addressCodes,
  ...platformCodes,
  ...vipCodes,
  ...serviceCodes,
  ...realServerCodes,
  ...clientCodes,
  ...nfsCodes,
  ...fileCodes,
  ...collisionCodes,
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof catalogue;
