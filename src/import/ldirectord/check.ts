import type { FoundCheck, FoundService } from "../facts.ts";
import type { Ledger } from "../ledger.ts";
import type { Place } from "../place.ts";
import { holdsSecret } from "../secrets.ts";
import { type Setting, unquoted } from "./lines.ts";
import type { Timing } from "./settings.ts";

/** What a virtual server says of its check. */
export interface CheckSettings {
  type: Setting | null;
  service: string | null;
  port: number | null;
  request: Setting | null;
  receive: Setting | null;
  virtualhost: Setting | null;
}

/** `ld_port_to_service()`: what is asked where nobody says it. */
const servicesByPort: Readonly<Record<number, string>> = {
  21: "ftp",
  25: "smtp",
  53: "dns",
  80: "http",
  110: "pop",
  119: "nntp",
  143: "imap",
  389: "ldap",
  443: "https",
  587: "submission",
  636: "ldaps",
  993: "imaps",
  995: "pops",
  1521: "oracle",
  1812: "radius",
  3128: "http_proxy",
  3306: "mysql",
  5060: "sip",
  5432: "pgsql",
};

const hostName =
  /^(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

/** Defaults of ldirectord (`set_defaults`): every 10 seconds, 5 for a connection, 30 for an answer, one failure is one. */
export function readCheck(
  settings: CheckSettings,
  timing: Timing,
  service: FoundService,
  ledger: Ledger,
): FoundCheck | null {
  const { frontend } = service;
  const place: Place = settings.type?.place ?? service.place;
  const type = settings.type?.value ?? "negotiate";
  const name = settings.service ?? (frontend.kind === "fwmark" ? "none" : (servicesByPort[frontend.port] ?? "none"));
  const isUdp = frontend.kind === "address" && frontend.protocol === "udp";
  const usesUdp = isUdp ? "udp" : "tcp";
  const base = {
    place,
    ...(settings.port === null ? {} : { port: settings.port }),
    interval: Math.min(86400, timing.interval ?? 10),
    retries: Math.min(100, Math.max(0, (timing.failures ?? 1) - 1)),
  };
  const connect = { ...base, timeout: Math.min(3600, timing.timeout ?? 5) };
  const ask = { ...base, timeout: Math.min(3600, timing.negotiateTimeout ?? timing.timeout ?? 30) };
  const unused = (reason: string): void => {
    for (const one of [settings.request, settings.receive, settings.virtualhost])
      if (one !== null) ledger.ignored(one.place, reason);
  };
  switch (true) {
    case type === "on" || (name === "none" && type !== "connect"):
      if (settings.type !== null) ledger.taken(place);
      unused("nothing is asked");
      return { place, type: "none" };
    case type === "off":
      return null;
    case type === "connect" && !isUdp:
      ledger.taken(place);
      unused("only the connection is asked for");
      return { ...connect, type: "tcp" };
    case type === "ping" || (type === "connect" && isUdp):
      ledger.missed(place, "lvsgen asks services, not hosts by ping", "choose a check of the port or of a page");
      unused("nothing is asked");
      return { place, type: "none" };
    case type.startsWith("external"):
      ledger.missed(place, "lvsgen runs no scripts of others as checks", "choose a check of the port or of a page");
      unused("nothing is asked");
      return { place, type: "none" };
  }
  if (/^[0-9]+$/.test(type))
    ledger.missed(
      place,
      "a check that asks for the page each time a few connections went well",
      "the page is asked for each time: see whether that is too often",
    );
  else if (settings.type !== null) ledger.taken(place);
  if (name !== "http" && name !== "https") {
    ledger.missed(
      place,
      `a check speaks no ${name}: only the ${usesUdp === "tcp" ? "connection" : "port"} is asked for`,
      "see whether that is enough",
    );
    for (const one of [settings.request, settings.receive, settings.virtualhost]) {
      if (one === null) continue;
      ledger.hide(one.place);
      ledger.missed(one.place, `a check speaks no ${name}`, "see whether the connection is enough");
    }
    return { ...connect, type: usesUdp };
  }
  return { ...ask, type: name, ...(name === "https" ? { verify: false } : {}), ...page(settings, ledger) };
}

/** What a check of HTTP asks for and looks for. */
function page({ request, receive, virtualhost }: CheckSettings, ledger: Ledger): Partial<FoundCheck> {
  const found: { path?: string; body?: string; name?: string } = {};
  if (request !== null) {
    const path = unquoted(request.value).replace(/^(?!\/)/, "/");
    if (/^\/[!-~]{0,2047}$/.test(path) && !holdsSecret(path)) {
      found.path = path;
      ledger.taken(request.place);
    } else {
      ledger.hide(request.place);
      ledger.missed(
        request.place,
        "no path that a check could ask for, or one with a secret, which is not copied",
        'say "path" in the check',
      );
    }
  }
  if (receive !== null) {
    const body = unquoted(receive.value);
    if (/^[A-Za-z0-9 _<>=/'":;,@%&~!-]{1,200}$/.test(body) && !holdsSecret(body)) {
      found.body = body;
      ledger.taken(receive.place);
    } else {
      ledger.hide(receive.place);
      ledger.missed(
        receive.place,
        "a check looks for plain text, not for an expression",
        'write a text that the page has as "body" of the check',
      );
    }
  }
  if (virtualhost !== null) {
    const name = unquoted(virtualhost.value);
    if (hostName.test(name)) {
      found.name = name;
      ledger.taken(virtualhost.place);
    } else ledger.missed(virtualhost.place, "no name of a host that a check could ask for", 'say "name" in the check');
  }
  return found;
}
