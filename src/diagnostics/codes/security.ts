import type { CatalogueEntry } from "../entry.ts";

/** Codes of `check/security.ts`. */
export const securityCodes = {
  FIREWALL_OFF: {
    severity: "warning",
    title: "The firewall is turned off",
    why: '"disable" opens every port of the host, now and after a reboot.',
    symptom: "Services that were meant to be local can be reached from the network.",
    fix: 'Use "open", which opens just what the role needs.',
  },
  SELINUX_OFF: {
    severity: "warning",
    title: "SELinux is made permissive",
    why: '"permissive" turns off enforcement for the whole host, now and after a reboot.',
    symptom: "A break-in through the web server is no longer confined.",
    fix: 'Use "keep", which sets the booleans and contexts that the role needs.',
  },
} as const satisfies Record<string, CatalogueEntry>;
