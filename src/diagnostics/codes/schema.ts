import type { CatalogueEntry } from "../entry.ts";

/** Codes of the validate stage: keys, types, ranges and formats. */
export const schemaCodes = {
  UNKNOWN_KEY: {
    severity: "error",
    title: "A key is not part of the format",
    why: "A misspelt key would be a setting that silently does nothing.",
    symptom: "The cluster would run with a default in place of what was asked for.",
    fix: "Write the key as the schema has it; editors complete it from `$schema`.",
  },
  MISSING_KEY: {
    severity: "error",
    title: "A required key is missing",
    why: "There is no default that would be right for it.",
    symptom: "Nothing could be built.",
    fix: "Add the key that the message names.",
  },
  WRONG_TYPE: {
    severity: "error",
    title: "A value is of the wrong type",
    why: "A port is a number and a file mode is text: 0644 as a number would be another mode.",
    symptom: "Nothing could be built.",
    fix: "Write the value as the message says, with or without quotes.",
  },
  NOT_ONE_OF: {
    severity: "error",
    title: "A value is not one of those allowed",
    why: "Schedulers, modes, protocols and platforms are a fixed set: what the kernel and lvsgen know.",
    symptom: 'ipvsadm would refuse it on the director: "Scheduler or persistence engine not found".',
    fix: "Choose one of the values that the message lists.",
  },
  OUT_OF_RANGE: {
    severity: "error",
    title: "A number is out of range",
    why: "The kernel stores ports in 16 bits and lvsgen limits weights to 65535, as ipvsadm does; timeouts end at 31 days.",
    symptom: "ipvsadm would refuse the rule on the director, after earlier rules had been changed.",
    fix: "Write a number within the range that the message shows.",
  },
  BAD_FORMAT: {
    severity: "error",
    title: "A text does not have the required form",
    why: "Names become file names, unit names and shell data; each has a form that is safe and that the system accepts.",
    symptom: "The file, unit or package would not be found, or another one would.",
    fix: "Write it in the form that the message describes.",
  },
  BAD_ADDRESS: {
    severity: "error",
    title: "A text is no valid IP address",
    why: "Addresses of hosts carry the prefix length of their network, VIPs and gateways do not. Octets with leading zeros are refused because some tools read them as octal.",
    symptom: "A rule or an interface with another address than the one meant.",
    fix: "Write 192.168.80.10/24 for a host, 192.168.80.188 for a VIP, 10.0.0.0/24 for a network; IPv6 belongs in the keys that end in 6.",
  },
  EMPTY_LIST: {
    severity: "error",
    title: "A list or object is empty",
    why: "A cluster without hosts, directors or services, or a service without real servers, balances nothing.",
    symptom: "Connections to the VIP would be refused.",
    fix: "Add at least one entry, or take the key out where it is optional.",
  },
  REPEATED_ITEM: {
    severity: "error",
    title: "An entry stands twice in a list",
    why: "The second has no effect, and was most likely meant to be another.",
    symptom: "A host, unit or option that is missing.",
    fix: "Take the second out, or write what was meant.",
  },
  UNSUPPORTED_VERSION: {
    severity: "error",
    title: "The version of the format is not known",
    why: "The meaning of keys is fixed for a version; a later version may mean something else.",
    symptom: "Nothing could be built.",
    fix: 'Write "version": 1, or use the lvsgen that knows the version.',
  },
} as const satisfies Record<string, CatalogueEntry>;
