/** What doctor.sh says of what listens on a real server of DR or TUN. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../../src/index.ts";
import { web } from "../diff/sides.ts";
import { textOf } from "./bundle.ts";

const runtime = join(import.meta.dirname, "../../../templates/runtime");

/** The findings, where `ss` shows sockets at these addresses. */
function findings(needs: readonly string[], sockets: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail; shopt -s extglob
finding() { printf '%s %s %s\\n' "$1" "$2" "$3"; }
for file in engine/words facts/sockets programs/doctor/description programs/doctor/listening; do source "$1/$file.sh"; done
ss() { printf '%s\\n' "State Recv-Q Send-Q Local Peer" ${sockets.map((one) => `"LISTEN 0 128 ${one} *:*"`).join(" ")}; }
${needs.map((need) => `need answer ${need}`).join("\n")}
check_listening`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

const vip = "tcp 192.0.2.80 80";

test("what listens on the host's own address alone would refuse every client", () => {
  expect(findings([vip], ["192.0.2.11:80"])).toEqual([
    "warn listening what listens on tcp port 80 does so at 192.0.2.11 alone, not at 192.0.2.80",
  ]);
});

test.each([
  "0.0.0.0:80",
  "*:80",
  "[::]:80",
  "192.0.2.80:80",
  "0.0.0.0%lo:80",
  "[::ffff:192.0.2.80]:80",
  "[::ffff:0.0.0.0]:80",
])("%s takes it", (socket) => {
  expect(findings([vip], ["192.0.2.11:80", socket])).toEqual(["ok listening tcp port 80 at the virtual addresses too"]);
});

test("an address of IPv4 in a socket of IPv6, as Java has them, is that address", () => {
  expect(findings([vip], ["[::ffff:192.0.2.11]:80"])).toEqual([
    "warn listening what listens on tcp port 80 does so at [::ffff:192.0.2.11] alone, not at 192.0.2.80",
  ]);
});

test("a socket of IPv6 alone takes nothing of IPv4", () => {
  const alone = "[::]:80 [::]:* ino:1 sk:1 v6only:1 <->";
  expect(findings([vip], ["192.0.2.11:80", alone])).toEqual([
    "warn listening what listens on tcp port 80 does so at 192.0.2.11 [::] alone, not at 192.0.2.80",
  ]);
  expect(findings(["tcp 2001:db8::80 80"], [alone])).toEqual(["ok listening tcp port 80 at the virtual addresses too"]);
  // As iproute2 of EL7 has it, which does not say.
  expect(findings([vip], [":::80 :::* ino:1 sk:1"])).toEqual(["ok listening tcp port 80 at the virtual addresses too"]);
});

test("0.0.0.0 takes nothing of IPv6", () => {
  expect(findings(["tcp 2001:db8::80 80"], ["0.0.0.0:80"])).toEqual([
    "warn listening what listens on tcp port 80 does so at 0.0.0.0 alone, not at 2001:db8::80",
  ]);
});

test("where nothing listens, or nothing is asked, nothing is said", () => {
  expect(findings([vip], ["0.0.0.0:8080"])).toEqual([]);
  expect(findings([], ["192.0.2.11:80"])).toEqual([]);
});

test("two virtual addresses at one port are one finding", () => {
  expect(findings([vip, "tcp 192.0.2.81 80"], ["192.0.2.11:80", "192.0.2.80:80"])).toEqual([
    "warn listening what listens on tcp port 80 does so at 192.0.2.11 192.0.2.80 alone, not at 192.0.2.81",
  ]);
});

test("it is asked of real servers in DR and TUN", async () => {
  const asked = async (mode: string): Promise<string[]> => {
    const one = web();
    one.services[0].mode = mode;
    if (mode === "nat") for (const name of ["web1", "web2"]) one.hosts[name].gateway = "10.0.0.1";
    const { bundle } = await compile(JSON.stringify(one));
    if (bundle === null) throw new Error(mode);
    return textOf(bundle, "doctor.sh").match(/^ *need answer .*$/gm) ?? [];
  };
  for (const mode of ["dr", "tun"])
    expect((await asked(mode)).map((line) => line.trim())).toEqual(["need answer tcp 10.0.0.100 80"]);
  expect(await asked("nat")).toEqual([]);
});
