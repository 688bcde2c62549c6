import { lineOf, type Place } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { isSecretKey } from "../secrets.ts";
import { otherCommand } from "../shell/host-commands.ts";
import { plainWords } from "../word.ts";
import { addAddress, addGateway, tellDhcp } from "./addresses.ts";
import { hostOf } from "./folder.ts";

interface Stanza {
  readonly device: string;
  readonly family: string;
  address: { readonly text: string; readonly place: Place } | null;
  netmask: string | null;
}

/** `/etc/network/interfaces` and what stands in interfaces.d (interfaces(5)). */
export function readInterfaces(input: Input, reading: Reading): void {
  const { ledger } = reading;
  const lines = linesOf(input.text);
  ledger.open({ file: input.file, kind: "interfaces", lines });
  const host = hostOf(input, reading.facts);
  host.network ??= "ifupdown";
  let stanza: Stanza | null = null;
  const close = (): void => {
    if (stanza?.address != null)
      addAddress(host, stanza.device, stanza.address.text, stanza.netmask, stanza.address.place, reading);
    stanza = null;
  };
  lines.forEach((line, index) => {
    const words = plainWords(line, input.file, index + 1);
    const [first, second, third, fourth] = words;
    const place = lineOf(input.file, index + 1);
    if (first === undefined || first.text.startsWith("#")) return;
    switch (first.text) {
      case "iface":
        close();
        if (/^dhcp|^auto$/.test(fourth?.text ?? "") && third?.text === "inet") tellDhcp(place, reading);
        else ledger.taken(place);
        stanza = { device: second?.text ?? "", family: third?.text ?? "inet", address: null, netmask: null };
        break;
      case "address":
        if (stanza !== null) stanza.address = { text: second?.text ?? "", place };
        break;
      case "netmask":
        if (stanza !== null) stanza.netmask = second?.text ?? null;
        ledger.taken(place);
        break;
      case "gateway":
        if (stanza !== null) addGateway(host, stanza.device, second?.text ?? "", place, reading);
        break;
      case "source":
      case "source-directory":
        ledger.ignored(place, "the files that it names are read where they are given");
        break;
      case "up":
      case "post-up":
      case "pre-up":
      case "down":
      case "pre-down":
      case "post-down":
        if (second === undefined || /down/.test(first.text)) {
          ledger.hide(place);
          ledger.ignored(place, "what the host does when the interface goes");
        } else otherCommand(second.text, words.slice(2), place, reading);
        break;
      default:
        if (/^(?:auto|allow-\S+|no-auto-down|mapping)$/.test(first.text)) close();
        if (isSecretKey(first.text) || /^(?:wireless|wpa|provider)|key/i.test(first.text)) ledger.hide(place);
        ledger.ignored(place, "lvsgen leaves the interface as it is");
    }
  });
  close();
}
