import { lineOf } from "../place.ts";
import { type Input, linesOf, type Reading } from "../reading.ts";
import { serviceTable } from "../services.ts";
import { plainWords } from "../word.ts";
import { ipvsTable } from "./table.ts";

/** Reads what `ipvsadm-save` prints and `ipvsadm-restore` takes, which may have comments in Debian's /etc/ipvsadm.rules. */
export function readRules({ file, text }: Input, reading: Reading): void {
  const lines = linesOf(text);
  reading.ledger.open({ file, kind: "ipvsadm-rules", lines });
  const services = serviceTable(reading.facts.services);
  const table = ipvsTable(reading, services);
  lines.forEach((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return;
    const words = plainWords(line, file, index + 1);
    const [first] = words;
    // Rules that somebody copied together with the name of the program.
    const isNamed = first !== undefined && /(?:^|\/)ipvsadm$/.test(first.text);
    if (/\s(?:-i|--ipip)(?:\s|$)/.test(line)) reading.facts.printsTunnelType = line.includes("--tun-type");
    table.run(isNamed ? words.slice(1) : words, lineOf(file, index + 1));
  });
  services.finish();
}
