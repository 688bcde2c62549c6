/** A VIP that the file of an interface brings up as one of its numbered addresses stands in the way of lvsgen's alias of it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");
const root = mkdtempSync(join(tmpdir(), "numbered-"));
afterAll(() => rmSync(root, { recursive: true }));
const scripts = "etc/sysconfig/network-scripts";
mkdirSync(join(root, scripts), { recursive: true });

test.each([
  ["no", "IPADDR=192.0.2.10\nIPADDR1=192.0.2.8\nIPADDR2=192.0.2.180\nIPADDRESS=192.0.2.80\n", undefined],
  [
    "a numbered one",
    'IPADDR=192.0.2.10\nIPADDR1="192.0.2.80"\nPREFIX1=24\n',
    'line 2 of /etc/sysconfig/network-scripts/ifcfg-ens34 brings up 192.0.2.80 as well: IPADDR1="192.0.2.80"',
  ],
  [
    "its first",
    "DEVICE=ens34\nIPADDR=192.0.2.80\r\n",
    "line 2 of /etc/sysconfig/network-scripts/ifcfg-ens34 brings up 192.0.2.80 as well: IPADDR=192.0.2.80\r",
  ],
])("%s", (_, content, expected) => {
  writeFileSync(join(root, scripts, "ifcfg-ens34"), content);
  writeFileSync(join(root, scripts, "ifcfg-ens34.rpmsave"), "IPADDR=192.0.2.80\n");
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
source "$1/facts/snapshot.sh"; source "$1/kinds/file-own.sh"
declare -A secret_texts=()
root=$2 obstacle='' adoptable='' have=absent text=$'DEVICE=ens33:0\\nIPADDR=192.0.2.80\\n'
is_ours() { return 1; }
file_same_as_described() { return 0; }
file_obstacle /etc/sysconfig/network-scripts/ifcfg-ens33:0
printf '%s|%s' "\${obstacle%%$'\\n'*}" "$adoptable"`,
      "bash",
      runtime,
      root,
    ],
    { encoding: "utf8" },
  );
  expect({ stdout, stderr }).toEqual({ stdout: `${expected ?? ""}|`, stderr: "" });
});
