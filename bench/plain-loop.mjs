/**
 * The yardstick: a loop that writes the rules of so many services over so many real servers, as a build does, to a script and to a file.
 * It knows no description, no checks and no sums.
 *
 *   node bench/plain-loop.mjs DIRECTORY SERVICES SERVERS
 */
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

const [, , directory = ".", services = "100", servers = "10000"] = process.argv;
const address = (number) => `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;

mkdirSync(directory, { recursive: true });
for (const name of ["director.sh", "ipvsadm.rules"]) {
  const file = openSync(join(directory, name), "w");
  for (let service = 0; service < Number(services); service++) {
    const vip = `${address(256 + service)}:80`;
    let lines = `-A -t ${vip} -s wlc\n`;
    for (let server = 0; server < Number(servers); server++)
      lines += `-a -t ${vip} -r ${address(65_536 + server)}:80 -g -w 3\n`;
    writeSync(file, lines);
  }
  closeSync(file);
}
