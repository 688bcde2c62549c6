/** What `check` says of what is described no longer: the state that it goes back to, where that is a few words. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const leftover = join(import.meta.dirname, "../../templates/runtime/engine/leftover.sh");

test.each([
  ["route default", "via 10.0.0.254 dev ens33", "no longer described: back to via 10.0.0.254 dev ens33"],
  ["sysctl net.ipv4.ip_forward", "1", "no longer described: back to 1"],
  ["route default", "absent", "no longer described"],
  ["file /etc/sysctl.d/x.conf", "saved 0003.2", "no longer described"],
  ["service -t 192.0.2.80:80", "-A -t 192.0.2.80:80\n-a -t 192.0.2.80:80 -r 192.0.2.12:80", "no longer described"],
  ["unit nginx.service", "x".repeat(201), "no longer described"],
])("%s, which was %j", (resource, record, detail) => {
  const [kind, name] = resource.split(" ", 2);
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -eu; source "$1"; report() { printf '%s|%s|%s|%s' "$@"; }; tell_return "\${@:2}"`,
      "bash",
      leftover,
    ].concat(kind ?? "", name ?? "", record),
    { encoding: "utf8" },
  );
  expect({ stdout, stderr }).toEqual({ stdout: `pending|${kind}|${name}|${detail}`, stderr: "" });
});
