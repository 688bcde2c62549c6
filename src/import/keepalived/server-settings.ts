/** Settings that a virtual server passes on to its real servers, and these to their checkers. */
import type { Ledger } from "../ledger.ts";
import { mostRetries, seconds, tellRetries, tellTime } from "./times.ts";
import type { Node } from "./tree.ts";

export interface Settings {
  interval: number;
  timeout: number;
  retries: number | null;
  name: string | null;
  /** `inhibit_on_failure` */
  inhibits: boolean;
}

export const daemonSettings: Settings = { interval: 60, timeout: 5, retries: null, name: null, inhibits: false };

const yes = ["", "on", "true", "yes"];
const no = ["off", "false", "no"];

/** Reads a setting into `settings`; false for every other keyword. */
export function readSetting({ keyword, words, place }: Node, settings: Settings, ledger: Ledger): boolean {
  const text = words[0]?.text ?? "";
  const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : null;
  let isRead = true;
  switch (keyword) {
    case "delay_loop":
      settings.interval = seconds(text, 86400) ?? settings.interval;
      isRead = seconds(text, 86400) !== null;
      break;
    case "connect_timeout":
      settings.timeout = seconds(text, 3600) ?? settings.timeout;
      isRead = seconds(text, 3600) !== null;
      break;
    case "retry":
      settings.retries = number === null ? settings.retries : Math.min(mostRetries, number);
      isRead = number !== null;
      break;
    case "virtualhost":
      settings.name = text;
      break;
    case "inhibit_on_failure":
      settings.inhibits = !no.includes(text);
      isRead = yes.includes(text) || no.includes(text);
      break;
    default:
      return false;
  }
  if (isRead && keyword === "delay_loop") tellTime(text, settings.interval, place, ledger);
  if (isRead && keyword === "connect_timeout") tellTime(text, settings.timeout, place, ledger);
  if (isRead && keyword === "retry") tellRetries(number, place, ledger);
  if (isRead) ledger.taken(place);
  else ledger.missed(place, "no value that keepalived would take", "say it in the description");
  return true;
}
