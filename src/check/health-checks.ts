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
  return frontend.matches.some((match) => match.protocol === protocol);
}

/** A service on every port does not say which one to ask. */
export const checksWithoutPort: Rule = ({ services }, report) => {
  for (const { frontend, check, pointer } of services) {
    const isEveryPort = frontend.kind === "address" && frontend.port === 0;
    if (!isEveryPort || check.port !== null || check.type === "none") continue;
    report("CHECK_WITHOUT_PORT", {
      pointer: `${pointer}/check/type`,
      message: "the service is on every port, and the check names none",
      hint: 'add "port" to the check, or write "type": "none"',
      related: [{ pointer: `${pointer}/port`, message: "every port" }],
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
