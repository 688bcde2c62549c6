import { X509Certificate } from "node:crypto";
import { carries, selectorsOf } from "../lvs/match.ts";
import type { HealthCheck, Protocol, Service } from "../model.ts";
import type { Rule } from "./rule.ts";

function protocolOf(type: HealthCheck["type"]): Protocol | null {
  switch (type) {
    case "tcp":
    case "http":
    case "https":
      return "tcp";
    case "udp":
      return "udp";
    case "none":
      return null;
  }
}

function serves({ frontend }: Service, protocol: Protocol): boolean {
  if (frontend.kind === "address") return frontend.protocol === protocol;
  return frontend.matches.some((match) => carries(match, protocol));
}

/** A service on every port does not say which one to ask. */
export const checksWithoutPort: Rule = ({ services }, report) => {
  for (const { frontend, check, pointer } of services) {
    const isEveryPort = selectorsOf(frontend).every(({ ports }) => ports === null);
    if (!isEveryPort || check.port !== null || check.type === "none") continue;
    report("CHECK_WITHOUT_PORT", {
      pointer: `${pointer}/check/type`,
      message: "the service is on every port, and the check names none",
      hint: 'add "port" to the check, or write "type": "none"',
      related: [
        frontend.kind === "address"
          ? { pointer: `${pointer}/port`, message: "every port" }
          : { pointer: `${pointer}/match`, part: "key", message: "every port" },
      ],
    });
  }
};

/** What answers on TCP says nothing of the same port on UDP. */
export const checksOfOtherProtocol: Rule = ({ services }, report) => {
  for (const service of services) {
    const { check, pointer } = service;
    const protocol = protocolOf(check.type);
    if (protocol === null || check.port !== null || serves(service, protocol)) continue;
    report("CHECK_OTHER_PROTOCOL", {
      pointer: `${pointer}/check/type`,
      message: `a check of type "${check.type}" uses ${protocol}, which the service does not`,
      hint: 'use a check of the protocol of the service, or say which port it is for with "port"',
    });
  }
};

/** The client test verifies: of whom, and by whom, somebody has to say. Without one there is nothing that asks. */
export const unnamedCertificates: Rule = ({ services, clients }, report) => {
  if (clients.length === 0) return;
  for (const { check, pointer } of services) {
    const { type, name, ca, verify } = check;
    if (type !== "https" || name !== null || ca !== null || verify !== null) continue;
    report("CERTIFICATE_OF_ADDRESS", {
      pointer: `${pointer}/check/type`,
      message:
        "the certificate is verified, but the check does not say for which name: it would have to be for the VIP",
      hint: 'add "name" (and "ca" for an authority of your own), or "verify": false to take any certificate',
    });
  }
};

/** What nobody verifies is said at every step. */
export const unverifiedCertificates: Rule = ({ services }, report) => {
  for (const { check, pointer } of services) {
    // With a "ca" beside it the two contradict each other, which is reported as that.
    if (check.type !== "https" || check.verify !== false || check.ca !== null) continue;
    report("CERTIFICATE_NOT_VERIFIED", {
      pointer: `${pointer}/check/verify`,
      message: "the check takes any certificate: whoever is on the way can answer it",
      hint: 'write "name" and "ca", and take "verify" out',
    });
  }
};

/** The schema knows the form alone. */
export const unreadableCertificates: Rule = ({ services }, report) => {
  for (const { check, pointer } of services) {
    const certificates = check.ca?.match(/-----BEGIN[^-]*-----[^-]+-----END[^-]*-----/g) ?? [];
    const bad = certificates.findIndex((text) => !isCertificate(text));
    if (bad === -1) continue;
    report("BAD_CERTIFICATE", {
      pointer: `${pointer}/check/ca`,
      message: `the ${certificates.length === 1 ? "certificate" : `certificate number ${bad + 1}`} cannot be read`,
      hint: "copy the authority's PEM file whole; openssl x509 -noout -text -in FILE shows whether it is one",
    });
  }
};

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
