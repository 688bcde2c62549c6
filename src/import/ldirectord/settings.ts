/** Settings of ldirectord that count for every virtual server unless it has its own, and those that become nothing. */
import type { Ledger } from "../ledger.ts";
import { quotable } from "../secrets.ts";
import type { Setting } from "./lines.ts";

export interface Timing {
  /** Seconds; null: not said. */
  interval: number | null;
  timeout: number | null;
  negotiateTimeout: number | null;
  failures: number | null;
  quiescent: boolean | null;
  fallback: Setting | null;
  fallback6: Setting | null;
}

export function noTiming(): Timing {
  return {
    interval: null,
    timeout: null,
    negotiateTimeout: null,
    failures: null,
    quiescent: null,
    fallback: null,
    fallback6: null,
  };
}

const script = {
  reason: "lvsgen runs no scripts of others at a change",
  remedy: "let the unit or the monitoring that needs it watch for it",
};

/** What nothing is made of, with the reason and, where somebody has to look at it, with what to do. */
const nothing: Readonly<Record<string, { readonly reason: string; readonly remedy?: string }>> = {
  autoreload: { reason: "lvsgen takes a change over when its script runs" },
  logfile: { reason: "a setting of the daemon itself" },
  fork: { reason: "a setting of the daemon itself" },
  supervised: { reason: "a setting of the daemon itself" },
  cleanstop: { reason: "the table stays when checks stop" },
  maintenancedir: { reason: "lvsgen drains a real server by a command of its script" },
  readdquiescent: { reason: "a setting of the daemon itself" },
  comment: { reason: "a text for people" },
  load: { reason: "nothing reads it" },
  httpmethod: { reason: "a check asks with GET" },
  emailalert: { reason: "lvsgen sends no mail: its timers and log report" },
  emailalertfreq: { reason: "lvsgen sends no mail: its timers and log report" },
  emailalertstatus: { reason: "lvsgen sends no mail: its timers and log report" },
  emailalertfrom: { reason: "lvsgen sends no mail: its timers and log report" },
  smtp: { reason: "lvsgen sends no mail: its timers and log report" },
  login: { reason: "checks of lvsgen log in nowhere; it is not copied" },
  passwd: { reason: "checks of lvsgen log in nowhere; it is not copied" },
  secret: { reason: "checks of lvsgen log in nowhere; it is not copied" },
  database: { reason: "checks of lvsgen log in nowhere; it is not copied" },
  monitorfile: { reason: "a setting of the daemon itself" },
  callback: script,
  execute: { reason: "another ldirectord that this one starts", remedy: "import its file too" },
  fallbackcommand: script,
  checkcount: { reason: "deprecated in ldirectord: failurecount counts" },
  connecttimeout: { reason: "deprecated in ldirectord, which does not start with it", remedy: "say checktimeout" },
  timeout: { reason: "deprecated in ldirectord, which does not start with it", remedy: "say checktimeout" },
};

const secretKeys = /^(?:emailalert(?:from)?|smtp|login|passwd|secret|database)$/;

/** Reads one of the settings that a virtual server may have as well; false for every other one. */
export function readTiming(setting: Setting, timing: Timing, ledger: Ledger): boolean {
  const { key, value, place } = setting;
  const number = /^[0-9]{1,6}/.exec(value) === null ? null : Number(/^[0-9]{1,6}/.exec(value)?.[0]);
  const accept = (isRead: boolean, set: () => void): true => {
    if (isRead) {
      set();
      ledger.taken(place);
    } else ledger.missed(place, "no value that ldirectord would take", "say it in the description");
    return true;
  };
  switch (key) {
    case "checkinterval":
      return accept(number !== null && number > 0, () => {
        timing.interval = number;
      });
    case "checktimeout":
      return accept(number !== null && number > 0, () => {
        timing.timeout = number;
      });
    case "negotiatetimeout":
      return accept(number !== null && number > 0, () => {
        timing.negotiateTimeout = number;
      });
    case "failurecount":
      return accept(number !== null && number > 0, () => {
        timing.failures = number;
      });
    case "quiescent":
      return accept(value === "yes" || value === "no", () => {
        timing.quiescent = value === "yes";
      });
    case "fallback":
      timing.fallback = setting;
      return true;
    case "fallback6":
      timing.fallback6 = setting;
      return true;
    default:
      return false;
  }
}

/** Tells what becomes of a setting that nothing is made of. */
export function judgeSetting({ key, place }: Setting, ledger: Ledger): void {
  if (secretKeys.test(key)) ledger.hide(place);
  const verdict = Object.hasOwn(nothing, key) ? nothing[key] : undefined;
  if (verdict === undefined) {
    ledger.hide(place);
    ledger.missed(place, `ldirectord has no setting "${quotable(key)}" here`, "see what was meant");
  } else if (verdict.remedy === undefined) ledger.ignored(place, verdict.reason);
  else ledger.missed(place, verdict.reason, verdict.remedy);
}
