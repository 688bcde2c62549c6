/** ldirectord.cf, as `read_config` of ldirectord reads it. */
import type { Protocol } from "../../ipvs.ts";
import { emptyService, type FoundService } from "../facts.ts";
import { isWrong, readEndpoint, readFlags, readMask, unresolved } from "../ipvsadm/values.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { type CheckSettings, readCheck } from "./check.ts";
import { type Block, type Setting, splitLines, unquoted } from "./lines.ts";
import { readFallback, readReal } from "./real-servers.ts";
import { judgeSetting, noTiming, readTiming, type Timing } from "./settings.ts";

export function readLdirectord({ file, text }: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(text);
  ledger.open({ file, kind: "ldirectord", lines });
  const { globals, blocks, strange } = splitLines(lines, file);
  for (const place of strange) {
    ledger.hide(place);
    ledger.missed(place, "no setting of ldirectord", "see what was meant");
  }
  const timing = noTiming();
  for (const setting of globals) if (!readTiming(setting, timing, ledger)) judgeSetting(setting, ledger);
  const used = new Set(blocks.map((block) => readBlock(block, timing, reading)));
  for (const setting of [timing.fallback, timing.fallback6])
    if (setting !== null && !used.has(setting))
      ledger.ignored(setting.place, "every virtual server has a fallback of its own");
}

/** @returns the fallback that it uses */
function readBlock({ head, settings }: Block, globals: Timing, reading: Reading): Setting | null {
  const { ledger, facts } = reading;
  const service = readHead(head, settings, reading);
  if (service === null) {
    for (const setting of settings) {
      ledger.hide(setting.place);
      ledger.missed(
        setting.place,
        "it belongs to a virtual server that cannot be read",
        "correct the virtual server first",
      );
    }
    return null;
  }
  // What ldirectord takes where nothing is said; everyone else takes wlc.
  service.scheduler = "wrr";
  const timing = { ...globals };
  const check: CheckSettings = {
    type: null,
    service: null,
    port: null,
    request: null,
    receive: null,
    virtualhost: null,
  };
  const isV6 = head.key === "virtual6";
  // The flags mean what they mean to the scheduler, wherever it stands.
  for (const setting of [...settings].sort((a, b) => Number(a.key === "schedflags") - Number(b.key === "schedflags")))
    if (!readTiming(setting, timing, ledger) && !readOption(setting, service, check, isV6, reading))
      judgeSetting(setting, ledger);
  service.check = readCheck(check, timing, service, ledger);
  if (check.type?.value === "off") {
    service.off = "checktype=off: ldirectord brings no real server up";
    ledger.missed(check.type.place, service.off, "it stands in the description as a comment");
  }
  const fallback = isV6 ? timing.fallback6 : timing.fallback;
  if (fallback !== null) readFallback(fallback, service, reading);
  if (timing.quiescent !== null && service.check?.type !== "none")
    service.onFailure = timing.quiescent ? "quiesce" : "remove";
  facts.services.push(service);
  return fallback;
}

function readHead(
  { key, value, place }: Setting,
  settings: readonly Setting[],
  { names, ledger }: Reading,
): FoundService | null {
  const family = key === "virtual6" ? 6 : 4;
  if (/^[0-9]{1,10}$/.test(value)) {
    const mark = Number(value);
    if (mark >= 1 && mark < 2 ** 32) {
      ledger.taken(place);
      return emptyService(place, { kind: "fwmark", mark, family });
    }
  }
  const said = settings.findLast((setting) => setting.key === "protocol");
  const protocol: Protocol =
    said === undefined ? (/:(?:53|domain)$/.test(value) ? "udp" : "tcp") : said.value === "udp" ? "udp" : "tcp";
  const endpoint = readEndpoint(value, names);
  if (isWrong(endpoint) || endpoint.value.port === null) {
    const { reason, remedy } = isWrong(endpoint)
      ? endpoint
      : { reason: "a virtual server without a port", remedy: "write ADDRESS:PORT" };
    ledger.missed(place, reason, remedy);
    return null;
  }
  ledger.taken(place);
  const { address, port, isName } = endpoint.value;
  const service = emptyService(place, { kind: "address", vip: address, protocol, port });
  if (isName) {
    const problem = unresolved(address);
    ledger.missed(place, problem.reason, problem.remedy);
    service.notes.push({ place, text: `${problem.reason}: ${problem.remedy}` });
  }
  return service;
}

const schedulers = ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh", "twos"];

/** False for a setting that nothing is made of. */
function readOption(
  setting: Setting,
  service: FoundService,
  check: CheckSettings,
  isV6: boolean,
  reading: Reading,
): boolean {
  const { ledger } = reading;
  const { key, value, place } = setting;
  const accept = (isRead: boolean, set: () => void): true => {
    if (isRead) {
      set();
      ledger.taken(place);
    } else ledger.missed(place, "no value that ldirectord would take", "say it in the description");
    return true;
  };
  const number = /^[0-9]{1,7}$/.test(value) ? Number(value) : null;
  switch (key) {
    case "real":
    case "real6":
      readReal(setting, service, isV6 ? 6 : 4, reading);
      return true;
    case "scheduler":
      return accept(schedulers.includes(value), () => {
        service.scheduler = value;
      });
    case "schedflags": {
      const flags = readFlags(value, service.scheduler);
      if (isWrong(flags)) ledger.missed(place, flags.reason, flags.remedy);
      else accept(true, () => service.flags.push(...flags.value));
      return true;
    }
    case "persistent":
      return accept(number !== null && number >= 1 && number <= 2678400, () => {
        service.persistence = { timeout: number ?? 360, prefix: service.persistence?.prefix ?? null };
      });
    case "netmask": {
      const mask = readMask(value, isV6 ? 6 : 4);
      if (isWrong(mask)) ledger.missed(place, mask.reason, mask.remedy);
      else
        accept(true, () => {
          service.persistence = { timeout: service.persistence?.timeout ?? 360, prefix: mask.value };
        });
      return true;
    }
    case "ops":
      return accept(value === "yes" || value === "no", () => {
        service.onePacket = value === "yes";
      });
    case "protocol":
      return accept(value === "tcp" || value === "udp" || value === "fwm", () => undefined);
    case "servicename":
      return accept(true, () => {
        service.label = unquoted(value);
      });
    case "service":
      return accept(/^[a-z_]{2,12}$/.test(value), () => {
        check.service = value;
      });
    case "checkport":
      return accept(number !== null && number >= 1 && number <= 65535, () => {
        check.port = number;
      });
    case "checktype":
      check.type = setting;
      return true;
    case "checkcommand":
      ledger.hide(place);
      ledger.ignored(place, "the program of a check that is not run");
      return true;
    case "request":
    case "receive":
    case "virtualhost":
      check[key] = setting;
      return true;
    default:
      return false;
  }
}
