/** Seconds of a processor, of a command and all that it starts: what else the machine does is not in them. */
import { spawnSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Runs its words; prints the seconds of a processor that they took, and with `peak` before them the kilobytes that the process had at most. */
export const stopwatch = `TIMEFORMAT='%U %S'
plainly() { "$@" >/tmp/said 2>&1 || { cat /tmp/said; exit 1; }; }
watched() {
  local line peak=0
  "$@" >/tmp/said 2>&1 &
  while line=$(grep -s VmHWM "/proc/$!/status"); do
    [[ $line =~ [0-9]+ ]] && peak=$BASH_REMATCH
    sleep 0.02
  done
  wait "$!" || { cat /tmp/said; exit 1; }
  printf '%s\\n' "$peak"
}
if [[ $1 == peak ]]; then watched "\${@:2}"; else { time plainly "$@"; } 2>&1; fi`;

/** Of what the stopwatch printed. */
export const secondsOf = (said) => {
  const [user, system] = said.trim().split(" ").map(Number);
  if (!Number.isFinite(user + system)) throw new Error(said);
  return user + system;
};

/** Builds a description into a folder of `scratch`, which guests see as /media/usb: how long that took, and where its director's script is. */
export function buildBundle(scratch, description, name) {
  const file = join(scratch, `${name}.json`);
  writeFileSync(file, description);
  const lvsgen = [process.execPath, join(root, "dist", "start.cjs"), "build", "--force", file];
  const { stdout } = spawnSync("bash", ["-c", stopwatch, "bench", ...lvsgen, "-o", join(scratch, name)], {
    encoding: "utf8",
  });
  const bytes = statSync(join(scratch, name, "director.sh")).size;
  return { name, seconds: secondsOf(stdout), script: `/media/usb/${name}/director.sh`, bytes };
}
