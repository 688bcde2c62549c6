import { type Input, linesOf, type Reading } from "../reading.ts";
import { addAddress, addGateway, tellDhcp } from "./addresses.ts";
import { hostOf } from "./folder.ts";
import { readSections } from "./sections.ts";

/** A `.network` file of systemd-networkd (systemd.network(5)). */
export function readNetworkd(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "networkd", lines });
  const { entries, heads } = readSections(lines, input.file, "#;");
  const host = hostOf(input, reading.facts);
  host.network ??= "networkd";
  const name = entries.find(({ section, key }) => section === "Match" && key === "Name")?.value.split(/\s+/)[0];
  const device = name !== undefined && /^[\w.:-]+$/.test(name) ? name : "eth0";
  for (const { place } of heads) ledger.ignored(place, "the head of a section");
  for (const { section, key, value, place } of entries) {
    if (key === "Address" && (section === "Network" || section === "Address"))
      addAddress(host, device, value, null, place, reading);
    else if (key === "Gateway" && (section === "Network" || section === "Route"))
      addGateway(host, device, value, place, reading);
    else if (section === "Network" && key === "DHCP" && /^(?:yes|ipv4|both|true)$/.test(value))
      tellDhcp(place, reading);
    else if (section === "Match" && key === "Name") ledger.taken(place);
    else {
      if (/^(?:WireGuard|L2TP)/.test(section)) ledger.hide(place);
      ledger.ignored(place, "lvsgen leaves the interface as it is");
    }
  }
}
