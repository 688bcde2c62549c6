/** What a host is: its system, its name, the names that it knows, the settings of its kernel. */
import { parseAddress } from "../../net.ts";
import { platforms } from "../../platform/index.ts";
import { lineOf } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { holdsSecret, isSecretKey } from "../secrets.ts";
import { plainWords } from "../word.ts";
import { hostOf } from "./folder.ts";
import { readSections } from "./sections.ts";

export function readOsRelease(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "os-release", lines });
  const { entries } = readSections(lines, input.file, "#");
  const value = (key: string): string => entries.find((one) => one.key === key)?.value ?? "";
  const release = `${value("ID")}:${value("VERSION_ID")}`;
  const found = Object.values(platforms).find(({ releases }) =>
    releases.some((one) => (one.endsWith("*") ? release.startsWith(one.slice(0, -1)) : one === release)),
  );
  for (const { key, place } of entries) {
    if (key !== "ID" && key !== "VERSION_ID") ledger.ignored(place, "the system is known by ID and VERSION_ID");
    else if (found === undefined)
      ledger.missed(place, "lvsgen has no platform for this system", "choose the nearest one: --platform NAME");
    else ledger.taken(place);
  }
  if (found !== undefined) hostOf(input, reading.facts).platform = found.name;
}

export function readHostname(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "hostname", lines });
  lines.forEach((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return;
    hostOf(input, reading.facts).name ??= line.trim();
    ledger.taken(lineOf(input.file, index + 1));
  });
}

/** `/etc/hosts`: what other inputs' names stand for. */
export function readHosts(input: Input, reading: Reading): void {
  const { ledger, names } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "hosts", lines });
  lines.forEach((line, index) => {
    const [first, ...rest] = plainWords(line.replace(/#.*$/, ""), input.file, index + 1).map(({ text }) => text);
    if (first === undefined) return;
    const place = lineOf(input.file, index + 1);
    const address = parseAddress(first.replace(/%.*$/, ""));
    if (address === null) {
      ledger.missed(place, "no address before the names", "correct it");
      return;
    }
    for (const name of rest) if (!/^localhost/.test(name)) names.learn(name, address.text);
    ledger.taken(place);
  });
}

/** What lvsgen sets for DR, TUN and NAT, whatever it is now. */
const ownSettings =
  /^net[./]ipv[46][./](?:ip_forward|conf[./].+[./](?:arp_ignore|arp_announce|rp_filter|forwarding|send_redirects))$/;

/** As the description takes it: no patterns, which name what is there when they are read. */
const settingName = /^[a-z][a-z0-9_-]*(?:(?:\.[A-Za-z0-9_-]+)+|(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9_.-]+)+)$/;

/** Beside those that say so: `net.ipv4.tcp_fastopen_key`. */
const secretSetting = /(?:^|[^a-z])key(?:[^a-z]|$)/i;

export function readSysctl(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "sysctl", lines });
  const host = hostOf(input, reading.facts);
  for (const { key, value: written, place } of readSections(lines, input.file, "#;").entries) {
    const name = key.replace(/^-/, "");
    const value = written.replaceAll(/\s+/g, " ");
    if (ownSettings.test(name)) ledger.isDefault(place, "lvsgen sets what the forwarding method needs");
    else if (isSecretKey(name) || secretSetting.test(name) || holdsSecret(value)) {
      ledger.hide(place);
      ledger.missed(place, "a key or secret of the kernel, which is not copied", "set it beside lvsgen");
    } else if (
      name.length <= 200 &&
      settingName.test(name) &&
      value.length <= 200 &&
      /^[!-~]+(?: [!-~]+)*$/.test(value)
    )
      host.sysctls.push({ place, name, value });
    else ledger.missed(place, "a setting that the description has no words for", "set it beside lvsgen");
  }
}
