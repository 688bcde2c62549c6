import { type Input, linesOf, type Reading } from "../reading.ts";
import { addAddress, addGateway, tellDhcp } from "./addresses.ts";
import { hostOf } from "./folder.ts";
import { readSections } from "./sections.ts";

/** A connection of NetworkManager (nm-settings-keyfile(5)). */
export function readKeyfile(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "keyfile", lines });
  const { entries, heads } = readSections(lines, input.file, "#;");
  const host = hostOf(input, reading.facts);
  host.network ??= "networkmanager";
  const name = entries.find(({ section, key }) => section === "connection" && key === "interface-name")?.value;
  const id = entries.find(({ section, key }) => section === "connection" && key === "id")?.value;
  const device = name ?? id ?? "eth0";
  for (const { place } of heads) ledger.ignored(place, "the head of a section");
  for (const { section, key, value, place } of entries) {
    const isIp = section === "ipv4" || section === "ipv6";
    if (isIp && /^address(?:es)?[0-9]*$/.test(key)) {
      for (const one of value.split(";").filter((part) => part !== "")) {
        const [address = "", gateway] = one.split(",");
        addAddress(host, device, address, null, place, reading);
        if (gateway) addGateway(host, device, gateway, place, reading);
      }
    } else if (isIp && key === "gateway") addGateway(host, device, value, place, reading);
    else if (isIp && key === "method" && value === "auto" && section === "ipv4") tellDhcp(place, reading);
    else if (isIp && key === "method") ledger.taken(place);
    else if (section === "connection" && (key === "interface-name" || key === "id")) ledger.taken(place);
    else {
      // Of sections such as [wifi-security] and [vpn-secrets] nothing is shown.
      if (!isIp && section !== "connection") ledger.hide(place);
      ledger.ignored(place, "lvsgen leaves the connection as it is");
    }
  }
}
