import { parse } from "../../parse/index.ts";
import { lineOf } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { isSecretKey } from "../secrets.ts";
import { addAddress, addGateway, tellDhcp } from "./addresses.ts";
import { hostOf } from "./folder.ts";

const kinds = ["ethernets", "bonds", "bridges", "vlans", "dummy-devices"];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What has keys and names of networks in it, or below it. */
const secretPart =
  /^(?:key|keys|private|shared|ssid|wifis|tunnels|modems|auth|nm-devices|networkmanager|passthrough|access-points)$/;

/** Tells of one line after the other whether it may be shown: plain settings and addresses, nothing below a secret. */
function shownLines(): (line: string) => boolean {
  let hiddenBelow = Number.POSITIVE_INFINITY;
  return (line) => {
    if (line.trim() === "") return true;
    const indent = line.length - line.trimStart().length;
    if (indent > hiddenBelow) return false;
    hiddenBelow = Number.POSITIVE_INFINITY;
    if (/^\s*(?:#|---$|-\s+["']?[0-9A-Fa-f.:/]+["']?\s*(?:#.*)?$)/.test(line)) return true;
    const [, key = "", value = "{"] =
      /^\s*(?:-\s+)?["']?([\w.:/-]+?)["']?\s*:(?:\s+(.*))?$/.exec(line.trimEnd().replace(/:$/, ": ")) ?? [];
    if (!isSecretKey(key) && !secretPart.test(key) && !/^[|>&*!]|\{/.test(value)) return true;
    hiddenBelow = indent;
    return false;
  };
}

/** A file of /etc/netplan (netplan.io/reference). */
export async function readNetplan(input: Input, reading: Reading): Promise<void> {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "netplan", lines });
  const { document, diagnostics } = await parse(input.text, "netplan.yaml");
  const [problem] = diagnostics;
  if (document === null) {
    ledger.missed(
      lineOf(input.file, problem?.line ?? 1),
      problem?.message ?? "no YAML",
      "correct it, or write the addresses in the description",
    );
    return;
  }
  const host = hostOf(input, reading.facts);
  host.network ??= "netplan";
  const placeOf = (pointer: string, part: "key" | "value" = "value") => ({
    ...document.locate(pointer, part),
    file: input.file,
  });
  const network = isObject(document.value) ? document.value["network"] : undefined;
  // Every line that names something is told of; those that become something say so below.
  const isShown = shownLines();
  lines.forEach((line, index) => {
    if (!isShown(line)) ledger.hide(lineOf(input.file, index + 1));
    if (line.trim() !== "" && !line.trim().startsWith("#"))
      ledger.ignored(lineOf(input.file, index + 1), "lvsgen leaves the interface as it is");
  });
  if (!isObject(network)) return;
  for (const kind of kinds) {
    const devices = network[kind];
    if (!isObject(devices)) continue;
    for (const [name, device] of Object.entries(devices)) {
      const base = `/network/${kind}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (!isObject(device)) continue;
      const addresses = Array.isArray(device["addresses"]) ? device["addresses"] : [];
      addresses.forEach((one: unknown, index) => {
        const text = isObject(one) ? (Object.keys(one)[0] ?? "") : String(one);
        addAddress(host, name, text, null, placeOf(`${base}/addresses/${index}`), reading);
      });
      for (const key of ["gateway4", "gateway6"])
        if (typeof device[key] === "string") addGateway(host, name, device[key], placeOf(`${base}/${key}`), reading);
      const routes = Array.isArray(device["routes"]) ? device["routes"] : [];
      routes.forEach((route: unknown, index) => {
        if (
          !isObject(route) ||
          typeof route["via"] !== "string" ||
          !/^(?:default|0\.0\.0\.0\/0|::\/0)$/.test(String(route["to"]))
        )
          return;
        addGateway(host, name, route["via"], placeOf(`${base}/routes/${index}/via`), reading);
      });
      if (device["dhcp4"] === true || device["dhcp4"] === "yes") tellDhcp(placeOf(`${base}/dhcp4`), reading);
    }
  }
}
