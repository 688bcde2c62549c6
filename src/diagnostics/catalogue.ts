import { addressCodes } from "./codes/addresses.ts";
import { clientCodes } from "./codes/clients.ts";
import { fileCodes } from "./codes/files.ts";
import { nfsCodes } from "./codes/nfs.ts";
import { platformCodes } from "./codes/platforms.ts";
import { realServerCodes } from "./codes/real-servers.ts";
import { referenceCodes } from "./codes/references.ts";
import { schemaCodes } from "./codes/schema.ts";
import { serviceCodes } from "./codes/services.ts";
import { syntaxCodes } from "./codes/syntax.ts";
import { vipCodes } from "./codes/vips.ts";

/** What a code stands for: the texts of `lvsgen explain CODE`. */
export interface CatalogueEntry {
  readonly severity: "error" | "warning";
  /** One line, without a final dot. */
  readonly title: string;
  /** Why it matters to LVS. */
  readonly why: string;
  /** What someone would see on the wire or on the host if it were built all the same. */
  readonly symptom: string;
  /** What to change in the description. */
  readonly fix: string;
}

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
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof catalogue;
