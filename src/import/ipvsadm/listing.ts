/** What `ipvsadm -L` prints: the table, or thresholds (`--thresholds`), or time-outs (`--timeout`). */
import { lineOf, type Place } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { serviceTable } from "../services.ts";
import { plainWords, type Word } from "../word.ts";
import { ipvsTable } from "./table.ts";

const methods: Readonly<Record<string, string>> = { Route: "-g", Masq: "-m", Tunnel: "-i", Local: "-g" };

const serviceOptions: Readonly<Record<string, string>> = { TCP: "-t", UDP: "-u", SCTP: "--sctp-service", FWM: "-f" };

/** Which columns follow the endpoint of a real server. */
type Shape = "weights" | "thresholds" | "counters";

/** A line of `--thresholds`. */
interface Limit {
  readonly service: readonly Word[];
  readonly words: readonly Word[];
  readonly place: Place;
}

/** Whether a listing has nothing but what stands beside another one. */
export function isBesideOthers(text: string): boolean {
  return /\bUthreshold\b/.test(text) && !/\bForward\b/.test(text);
}

export function readListing({ file, text }: Input, reading: Reading): void {
  const lines = linesOf(text);
  const { ledger } = reading;
  ledger.open({ file, kind: "ipvsadm-list", lines });
  const services = serviceTable(reading.facts.services);
  const table = ipvsTable(reading, services);
  const others = ipvsTable(reading, serviceTable(reading.merged.services));
  const limits: Limit[] = [];
  let shape: Shape = "weights";
  let service: readonly Word[] | null = null;

  const server = (words: readonly Word[], place: Place): void => {
    const [, endpoint, method, weight] = words;
    if (service === null || endpoint === undefined) {
      ledger.missed(place, "a real server without a service above it", "copy the listing whole");
      return;
    }
    if (shape === "thresholds") {
      limits.push({ service, words, place });
      return;
    }
    if (shape === "counters") {
      ledger.ignored(place, "counters of traffic");
      return;
    }
    const option = ownValue(methods, method?.text ?? "");
    if (option === undefined) {
      ledger.missed(place, "its forwarding method is none of ipvsadm's", "write Route, Masq or Tunnel");
      return;
    }
    const written = (option: string): Word => ({ text: option, place });
    table.run(
      [written("-a"), ...service, written("-r"), endpoint, written(option), written("-w"), weight ?? written("1")],
      place,
    );
    if (method?.text === "Local")
      ledger.missed(
        place,
        "a local node: the forwarding method of the rule is not in a listing",
        "DR stands in its place; let the director be a host of its real servers",
      );
  };

  /** `-> 10.0.0.2:80  100  50  3  0`: upper, lower, active, inactive. */
  const limit = ({ service: own, words: [, endpoint, upper, lower], place }: Limit): void => {
    const target = endpoint && (table.server(own, endpoint) ?? others.server(own, endpoint));
    if (target === undefined || !isCount(upper) || !isCount(lower)) {
      ledger.missed(place, "thresholds of a real server that no other listing has", "give ipvsadm -L -n beside it");
      return;
    }
    target.upperThreshold = Number(upper?.text);
    target.lowerThreshold = Number(lower?.text);
    ledger.taken(place);
  };

  const read = (line: string, index: number): void => {
    const place = lineOf(file, index + 1);
    const words = plainWords(line, file, index + 1);
    const [first] = words;
    if (first === undefined) return;
    if (/^IP Virtual Server version/.test(line)) {
      ledger.ignored(place, "the version of IPVS");
      return;
    }
    if (first.text === "Prot") {
      shape = /Uthreshold|Lthreshold/.test(line) ? "thresholds" : /Conns|CPS/.test(line) ? "counters" : "weights";
      ledger.ignored(place, "the head of the columns");
      return;
    }
    if (/^Timeout \(tcp tcpfin udp\):/.test(line)) {
      table.run([{ text: "--set", place }, ...words.slice(4)], place);
      return;
    }
    if (first.text === "->") {
      if (/RemoteAddress/.test(line)) {
        if (/Uthreshold/.test(line)) shape = "thresholds";
        else if (/Conns|CPS|InPkts/.test(line)) shape = "counters";
        else if (/Forward/.test(line)) shape = "weights";
        ledger.ignored(place, "the head of the columns");
        return;
      }
      server(words, place);
      return;
    }
    const option = ownValue(serviceOptions, first.text);
    if (option === undefined) {
      ledger.missed(place, "not understood", "copy what ipvsadm -L -n prints");
      return;
    }
    const [, endpoint, ...rest] = words;
    if (endpoint === undefined) {
      ledger.missed(place, "a service without an address", "copy the listing whole");
      return;
    }
    const isV6 = rest[0]?.text === "IPv6";
    service = [{ text: option, place }, endpoint, ...(isV6 ? [{ text: "-6", place }] : [])];
    if (shape !== "weights") {
      ledger.ignored(place, "the service stands in another listing");
      return;
    }
    table.run([{ text: "-A", place }, ...service, ...optionsOf(isV6 ? rest.slice(1) : rest, place)], place);
  };
  lines.forEach(read);
  // The table itself may stand behind them.
  limits.forEach(limit);
  services.finish();
}

/** What a record has under a word of an input, which may be `constructor`. */
function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isCount(word: Word | undefined): boolean {
  return word !== undefined && /^[0-9]{1,5}$/.test(word.text) && Number(word.text) <= 65535;
}

/** `wlc (mh-port) persistent 360 mask 255.255.255.0 pe sip ops` as options. */
function optionsOf(words: readonly Word[], place: Place): Word[] {
  const options: Word[] = [];
  const [scheduler, ...rest] = words;
  if (scheduler !== undefined) options.push({ text: "-s", place }, scheduler);
  const names: Readonly<Record<string, string>> = { persistent: "-p", mask: "-M", pe: "--pe" };
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] as Word;
    const next = rest[index + 1];
    const option = ownValue(names, word.text);
    if (word.text === "ops") options.push({ text: "-o", place: word.place });
    else if (/^\(.*\)$/.test(word.text))
      options.push({ text: "-b", place: word.place }, { ...word, text: word.text.slice(1, -1) });
    else if (option !== undefined && next !== undefined) {
      options.push({ text: option, place: word.place }, next);
      index++;
    } else options.push({ text: `--${word.text}`, place: word.place });
  }
  return options;
}
