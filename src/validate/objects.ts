/** What a text or a number meant where an object belongs, by the title of its schema. */
import { isAddress } from "../address-slips.ts";
import { inSeconds } from "./numbers.ts";
import { type Fits, isShort } from "./trial.ts";
import { valueFor } from "./value-words.ts";

type Value = string | number;

/** Null where nothing is meant by such a value. */
const objects: Readonly<Record<string, (value: Value) => unknown>> = {
  Host: (value) => ({ address: String(value) }),
  "Further interface": (value) => ({ address: String(value) }),
  "Real server": machine,
  "Real servers": machine,
  "Sorry server": machine,
  "Health check": check,
  Persistence: persistence,
  Tunnel: (value) => ({ type: String(value).toLowerCase() }),
  "Package source": (value) => ({ source: String(value).toLowerCase() }),
  "Failover and health checks": (value) => (typeof value === "number" ? { routerId: value } : isYes(value) ? {} : null),
  Directory: (value) => ({ path: value }),
  Directories: (value) => ({ path: value }),
  Match: (value) => ({ vip: value }),
  "Kernel settings": (value) => settings([value]),
  "Acknowledged warning": acknowledgement,
  "Acknowledged warnings": acknowledgement,
};

/** What `true` meant there: the object with nothing but defaults in it. */
const switches = new Set(["Persistence", "Health check", "Failover and health checks"]);

/** The titles that are known here: each is that of an object, or of a list of objects. */
export const objectTitles: readonly string[] = [...new Set([...Object.keys(objects), ...switches])];

/** The object that was meant by a value, null where nobody can tell. */
export function objectOf(value: Value | true, title: string): unknown {
  if (value === true) return switches.has(title) ? {} : null;
  if (typeof value === "string" && !isShort(value)) return null;
  return Object.hasOwn(objects, title) ? (objects[title]?.(value) ?? null) : null;
}

/** A machine by its name, or by its address where that is what stands there; with the port behind it. */
export function machine(value: Value): unknown {
  const text = String(value);
  const [, name = text, port] = /^(\[[^\]]*\]|[^:]*):([0-9]{1,5})$/.exec(text) ?? [];
  const bare = name.replace(/^\[(.*)\]$/, "$1");
  const key = bare.split("-").every(isAddress) ? "address" : "host";
  return { [key]: bare, ...(port === undefined ? {} : { port: Number(port) }) };
}

/** The first entries of a list of settings, or those of one text: `net.core.somaxconn = 4096`, as in sysctl.conf(5). */
export function settings(lines: readonly unknown[]): Readonly<Record<string, unknown>> | null {
  const found: [string, unknown][] = [];
  for (const line of lines) {
    if (typeof line !== "string" || !isShort(line)) return null;
    const [, name = "", text = ""] = /^([^=]+)=(.+)$/.exec(line) ?? [];
    const value = text.trim().replaceAll(/\s+/g, " ");
    if (name.trim() === "" || value === "") return null;
    found.push([name.trim(), /^[0-9]{1,15}$/.test(value) ? Number(value) : value]);
  }
  return found.length === 0 ? null : Object.fromEntries(found);
}

/** A port, the path of a page, or the kind of the check. */
function check(value: Value): unknown {
  if (typeof value === "number") return { port: value };
  if (value.startsWith("/")) return { type: "http", path: value };
  return { type: valueFor(value, "Type") ?? value.trim().toLowerCase() };
}

function persistence(value: Value): unknown {
  if (typeof value === "number") return { timeout: value };
  const timeout = inSeconds(value);
  return timeout !== null ? { timeout } : isYes(value) ? {} : null;
}

function acknowledgement(value: Value): unknown {
  const code = String(value)
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, "_");
  return { code, reason: "…" };
}

function isYes(text: string): boolean {
  return /^(?:true|yes|on)$/i.test(text.trim());
}

/** The objects of several values, null where one of them has none or is not taken as an entry of its list. */
export function objectsOf(values: readonly Value[], title: string, fits: Fits): readonly unknown[] | null {
  const found = values.map((value) => objectOf(value, title));
  return found.length > 0 && !found.includes(null) && fits(found) ? found : null;
}
