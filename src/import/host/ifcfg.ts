import { type Input, linesOf, type Reading } from "../reading.ts";
import { addAddress, addGateway, tellDhcp } from "./addresses.ts";
import { hostOf } from "./folder.ts";
import { readSections } from "./sections.ts";

/** What may be shown of what is left out: the others may be keys of a network, or hold one. */
const plainKey =
  /^(?:TYPE|NAME|UUID|HWADDR|MACADDR|ON(?:BOOT|PARENT)|NM_CONTROLLED|USERCTL|DEFROUTE|PEER(?:DNS|ROUTES|NTP)|DNS[0-9]*|DOMAIN|SEARCH|MTU|ZONE|MASTER|SLAVE|BRIDGE|DELAY|STP|VLAN|VLAN_ID|PHYSDEV|REORDER_HDR|BONDING_\w+|TEAM\w*|NETWORK|BROADCAST|NOZEROCONF|ARP\w+|HOTPLUG|PROXY_METHOD|BROWSER_ONLY|METRIC|IPV[46]\w*|SCOPE|SRCADDR)$/;

/** `/etc/sysconfig/network-scripts/ifcfg-NAME`, as network-scripts and NetworkManager's ifcfg-rh read it. */
export function readIfcfg(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "ifcfg", lines });
  const { entries } = readSections(lines, input.file, "#");
  const values = new Map(entries.map(({ key, value }) => [key.toUpperCase(), value]));
  const host = hostOf(input, reading.facts);
  const byName = /ifcfg-([\w.:-]+)$/.exec(input.file)?.[1];
  const device = values.get("DEVICE") ?? byName ?? values.get("NAME") ?? "eth0";
  host.network ??= "ifcfg";
  for (const { key: written, value, place } of entries) {
    const key = written.toUpperCase();
    const number = /^IPADDR([0-9]*)$/.exec(key)?.[1];
    if (number !== undefined)
      addAddress(
        host,
        device,
        value,
        values.get(`PREFIX${number}`) ?? values.get(`NETMASK${number}`) ?? null,
        place,
        reading,
      );
    else if (key === "IPV6ADDR") addAddress(host, device, value, null, place, reading);
    else if (key === "IPV6ADDR_SECONDARIES")
      for (const one of value.split(/\s+/)) addAddress(host, device, one, null, place, reading);
    else if (/^GATEWAY[0-9]*$/.test(key) || key === "IPV6_DEFAULTGW")
      addGateway(host, device, value.replace(/%.*$/, ""), place, reading);
    else if (key === "BOOTPROTO" && /^(?:dhcp|bootp)$/i.test(value)) tellDhcp(place, reading);
    else if (/^(?:PREFIX|NETMASK)[0-9]*$/.test(key) || key === "DEVICE" || key === "BOOTPROTO") ledger.taken(place);
    else {
      if (!plainKey.test(key)) ledger.hide(place);
      ledger.ignored(place, "lvsgen leaves the interface as it is");
    }
  }
}
