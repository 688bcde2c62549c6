import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/health-checks.ts`. */
export const healthChecksCodes = {
  CHECK_WITHOUT_PORT: {
    severity: "error",
    title: "A health check has no port to ask",
    why: "The service is on every port, so the check has to name one.",
    symptom: "The test asks port 0, which nobody answers.",
    fix: 'Add "port" to the check, or let its type be "none".',
  },
  CHECK_OTHER_PROTOCOL: {
    severity: "warning",
    title: "A health check uses another protocol than the service",
    why: "A TCP connection says nothing about a UDP service on that port, and the other way round.",
    symptom: "The check passes while the service is down, or fails while it is up.",
    fix: 'Use a check of the same protocol, or name the port that it is meant for with "check.port".',
  },
  CERTIFICATE_OF_ADDRESS: {
    severity: "warning",
    title: "An https check has no name that a certificate could be for",
    why: "client-test.sh verifies certificates. Without a name it asks for the VIP itself, and hardly any certificate is for an address: no public authority gives one for a private address.",
    symptom: 'The test fails with "no alternative certificate subject name matches", though the service works.',
    fix: 'Write the name that clients use as "check.name", and the authority\'s certificate as "check.ca" where the machines that test do not know it; "verify": true where the certificate is for the VIP, "verify": false where any is to do.',
  },
  CERTIFICATE_NOT_VERIFIED: {
    severity: "warning",
    title: "An https check takes any certificate",
    why: "Whoever is on the way between the test and the service can answer in its place, with any page.",
    symptom: "The test passes though clients that verify get an error, or reach somebody else.",
    fix: 'Write "check.name" and "check.ca" and take "verify": false out.',
  },
  BAD_CERTIFICATE: {
    severity: "error",
    title: "A certificate cannot be read",
    why: "It is embedded in client-test.sh as it is; a damaged one would make every https check fail.",
    symptom: 'curl ends with 77, "error setting certificate verify locations".',
    fix: "Copy the file of the authority's certificate (PEM) whole, from BEGIN to END, with its line ends as \\n.",
  },
} as const satisfies Record<string, CatalogueEntry>;
