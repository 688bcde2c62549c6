/** Files on a share, to which several hosts write. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bash, bundleOf, inDirectory, textOf } from "./bundle.ts";

const bundle = await bundleOf({
  version: 1,
  name: "shop",
  defaults: { platform: "el7", interface: "ens33", mode: "dr" },
  hosts: { lvs1: { address: "10.0.0.1/24" }, web1: { address: "10.0.0.2/24" } },
  directors: ["lvs1"],
  services: [{ name: "web", vip: "10.0.0.80", port: 80, realservers: [{ host: "web1" }] }],
});
const lines = textOf(bundle, "realserver.sh").split("\n");
const runtime = lines.slice(lines.findIndex((line) => line.startsWith("# Part 3 of 3")) + 1, -2).join("\n");

/** The runtime of a real server, on a share that everybody may write to, as its user is root. */
const before = `set -Eeuo pipefail
shopt -s extglob
umask 022
root='' cluster=shop role=realserver host=web1 script=test mutating=yes generation=0001 own_uid=$EUID
state_home=$PWD/state state_dir=$PWD/state/shop/realserver share=$PWD/share
mkdir -p "$state_dir/blobs" share; chmod 777 share
sync() { :; }
afresh() { loaded=() stat_of=() failure=''; }
show() { stat -c '%a %u:%g' share/page; cat share/page; }
`;

function said(commands: string): { said: string; told: string } {
  return inDirectory((directory) => {
    writeFileSync(join(directory, "runtime.sh"), runtime);
    const { stdout, stderr } = spawnSync(bash, ["-c", `source ./runtime.sh\n${before}\n${commands}`], {
      cwd: directory,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    });
    return { said: stdout.replaceAll(directory, ""), told: stderr.replaceAll(directory, "") };
  });
}

test("two hosts that write the same new file at the same moment do not meet", () => {
  const writer = (host: string, rest: string) =>
    `( host=${host} state_dir+=/${host}; mkdir -p "$state_dir"; ${rest} afresh; replace_file "$share/page" 0644 $'whole\\n' || echo "${host}: $failure" )`;
  const waits =
    'put_in_place() { touch ready; until [[ -e written ]]; do sleep 0.05; done; mv -fT -- "$at/$new_leaf" "$at/$leaf"; };';
  const run = said(`${writer("web1", waits)} & until [[ -e ready ]]; do sleep 0.05; done
${writer("web2", "")}; touch written; wait; show; ls -A share`);
  expect(run).toEqual({ said: "644 0:0\nwhole\npage\n", told: "" });
});

test("what a run that was killed has left on a share is this host's to remove, and its name is no longer than names may be", () => {
  const long = "n".repeat(247);
  const run =
    said(`for name in page ${long}; do for host in web2 web1; do afresh; reach "$share/$name"; : >"$at/$new_leaf"; leave; done; done
for name in page ${long}; do afresh; remove_temporary "$share/$name"; done; ls -A share | cut -c1-20`);
  expect(run).toEqual({ said: ".lvsgen.web2.nnnnnnn\n.lvsgen.web2.page\n", told: "" });
});
