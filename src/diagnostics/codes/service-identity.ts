import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/service-identity.ts`. */
export const serviceIdentityCodes = {
  DUPLICATE_SERVICE: {
    severity: "error",
    title: "Two services have the same protocol, VIP and port",
    why: "The table has one entry for each.",
    symptom: 'ipvsadm: "Service already exists"; the real servers of the second get nothing.',
    fix: "Put all real servers in one service, or change VIP or port of the second.",
  },
  DUPLICATE_SERVICE_NAME: {
    severity: "error",
    title: "Two services have the same name",
    why: "The name tells services apart in reports and for `client-test.sh --service`.",
    symptom: "A report that names a service could mean either.",
    fix: "Give the second its own name.",
  },
  DUPLICATE_FWMARK: {
    severity: "error",
    title: "Two services have the same firewall mark",
    why: "The table has one entry for each mark.",
    symptom: 'ipvsadm: "Service already exists".',
    fix: "Give the second its own mark.",
  },
} as const satisfies Record<string, CatalogueEntry>;
