import type { Check as CheckConfig } from "../generated/config.ts";
import type { Frontend, HealthCheck, MarkMatch } from "../model.ts";
import type { Context } from "./context.ts";
import { defaults } from "./defaults.ts";

/** The health check with its defaults; reports settings that its type never uses. */
export function resolveCheck(
  context: Context,
  written: CheckConfig = {},
  frontend: Frontend,
  pointer: string,
): HealthCheck {
  const type = written.type ?? defaultType(frontend);
  for (const key of unusedKeys(type)) {
    if (written[key] === undefined) continue;
    context.report("CONTRADICTING_KEYS", {
      pointer: `${pointer}/check/${key}`,
      part: "key",
      message: `a check of type "${type}" has no "${key}"`,
      hint:
        type === "none"
          ? `take "${key}" out, or choose another type`
          : `take "${key}" out, or let the type be "${tlsKeys.includes(key) ? "https" : "http"}"`,
      related: written.type === undefined ? [] : [{ pointer: `${pointer}/check/type`, message: "contradicts it" }],
    });
  }
  if (written.verify === false && written.ca !== undefined) {
    context.report("CONTRADICTING_KEYS", {
      pointer: `${pointer}/check/ca`,
      part: "key",
      message: 'with "verify": false no authority is asked',
      hint: 'take "verify" out, or "ca"',
      related: [{ pointer: `${pointer}/check/verify`, message: "contradicts it" }],
    });
  }
  return {
    type,
    path: written.path ?? defaults.check.path,
    status: written.status ?? null,
    body: written.body ?? null,
    name: written.name ?? null,
    ca: written.ca === undefined ? null : `${written.ca.replaceAll(/\r\n?/g, "\n").trim()}\n`,
    verify: written.verify ?? null,
    port: written.port ?? null,
    interval: written.interval ?? defaults.check.interval,
    timeout: written.timeout ?? defaults.check.timeout,
    retries: written.retries ?? defaults.check.retries,
    onFailure: written.onFailure ?? defaults.check.onFailure,
  };
}

/** A connection is the cheapest question, where there are connections and a port to ask. */
function defaultType(frontend: Frontend): HealthCheck["type"] {
  if (frontend.kind === "fwmark") return isTcpPort(frontend.matches[0]) ? "tcp" : "none";
  return frontend.protocol === "tcp" && frontend.port !== 0 ? "tcp" : "none";
}

function isTcpPort(match: MarkMatch | undefined): boolean {
  return match?.protocol === "tcp" && match.ports !== null;
}

type Key = Exclude<keyof CheckConfig, "type">;

const tlsKeys: readonly Key[] = ["ca", "verify"];
const requestKeys: readonly Key[] = ["path", "status", "body", "name", ...tlsKeys];

function unusedKeys(type: HealthCheck["type"]): readonly Key[] {
  switch (type) {
    case "http":
      return tlsKeys;
    case "https":
      return [];
    case "tcp":
    case "udp":
      return requestKeys;
    case "none":
      return [...requestKeys, "port", "interval", "timeout", "retries", "onFailure"];
  }
}
