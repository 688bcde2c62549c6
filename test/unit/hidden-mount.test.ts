/** Mounts of this host, in a name space of its own: what a later mount on a directory above hides is no more to be seen. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

/** What `verify` finds of the share share:/a at TARGET, after these commands in a directory of its own. */
function found(target: string, ...commands: readonly string[]): string {
  const { stdout, stderr } = spawnSync(
    "unshare",
    [
      "-m",
      "bash",
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
mount -t tmpfs none /mnt
cd /mnt
mkdir -p www/html www2
on() { mkdir -p "$2" && mount -t tmpfs "$1" "$2"; }
${commands.join("\n")}
declare -A loaded=()
kind() { :; }
source "$1/facts/mounts.sh"; source "$1/kinds/mount.sh"; source "$1/kinds/mount-options.sh"
mount_by_other_name() { :; }
name=/mnt/$2 state='tmpfs share:/a' text=''
mount_probe "$name"
if [[ $have == "$state" ]]; then echo ok; else mount_differs; fi`,
      "bash",
      runtime,
      target,
    ],
    { encoding: "utf8" },
  );
  return (stdout + stderr).trimEnd();
}

const hidden = (by: string) => `is mounted, and out of sight: hidden by a mount on a directory above it, ${by}`;

describe("a share", () => {
  test.each([
    ["stands alone", ["on share:/a www/html"], "ok"],
    [
      "was hidden by a volume on the directory above",
      ["on share:/a www/html", "on volume www"],
      hidden("/mnt/www (tmpfs volume)"),
    ],
    ["lies on / , over which another one lies", ["on share:/a www/html", "mount --rbind / /"], "ok"],
    ["was hidden by one further up", ["on share:/a www/html", "on 'a b' /mnt"], hidden("/mnt (tmpfs a b)")],
    ["lies on a volume that was mounted before", ["on volume www", "on share:/a www/html"], "ok"],
    ["was mounted once more, on the volume", ["on share:/a www/html", "on volume www", "on share:/a www/html"], "ok"],
    [
      "lies on a volume that was hidden",
      ["on volume www", "on share:/a www/html", "on all /mnt"],
      hidden("/mnt (tmpfs all)"),
    ],
    [
      "has a volume on a directory that begins alike",
      ["on share:/a www/html", "on volume www/ht", "on volume www2"],
      "ok",
    ],
    [
      "lies below another of the same directory",
      ["on share:/a www/html", "on other www/html"],
      "is tmpfs other, described: tmpfs share:/a",
    ],
    ["carries a mount itself", ["on share:/a www/html", "on other www/html/sub"], "ok"],
    ["is not mounted", ["on volume www"], "is absent, described: tmpfs share:/a"],
    ["is to be seen again", ["on share:/a www/html", "on volume www", "umount www"], "ok"],
  ])("that %s", (_, commands, verdict) => {
    expect(found("www/html", ...commands)).toBe(verdict);
  });

  test("on a mount that was covered in its place is hidden with it", () => {
    expect(found("www/html", "on volume www", "on share:/a www/html", "on upper www")).toBe(
      hidden("/mnt/www (tmpfs upper)"),
    );
  });
});
