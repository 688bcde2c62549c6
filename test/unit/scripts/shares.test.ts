/** Files on a share: several hosts write to it, and its server may take root for nobody (root_squash). */
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

/** The server: what cp makes on the share is nobody's, and stays so. */
const squashing = `
cp() {
  local word to=\${*: -1} from=\${*: -2:1} status=0
  local -a words=()
  case $to in
    */.lvsgen.*ready) command cp "$@" && return 0 ;;
    */.lvsgen.*) ;;
    *) command cp "$@" && return 0 ;;
  esac
  printf 'asked\\n' >>calls
  for word in "$@"; do
    [[ $word != -- ]] || words+=(--no-preserve=ownership)
    words+=("$word")
  done
  command cp "\${words[@]}" && chown -h 65534:65534 -- "$to" || return 1
  [[ " $* " != *\\ --no-preserve=ownership\\ * && " $* " == *@(\\ -a\\ |ownership)* && $(stat -c %u:%g "$from") != 65534:65534 ]] || return 0
  printf "cp: failed to preserve ownership for '%s': Operation not permitted\\n" "$to" >&2
  return 1
}
# With $state, \`file MODE OWNER GROUP\`, and $text, as reconcile does it; and back.
put() { afresh; file_probe "$share/page"; record=$have; file_record "$share/page" && file_set "$share/page" "$state" || { printf '%s\\n' "$failure" && return 1; }; }
back() { afresh; file_set "$share/page" "$record" || { printf '%s\\n' "$failure" && return 1; }; }
state='file - - -' text=$'described\\n'
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

const told = `test: the server of the share takes root for nobody (root_squash): that is whose /share/page is now\n`;

test.each([
  ["root's", "chown 0:0 share/page", told + told],
  ["a user's", "chown 1000:1000 share/page", told],
  ["nobody's", "chown 65534:65534 share/page", ""],
])("a page of which no owner is described is replaced and comes back: %s", (_whose, chown, expected) => {
  const run = said(
    `${squashing} echo before >share/page; chmod 640 share/page; ${chown}; put; show; back; show; ls -A share state/shop/realserver`,
  );
  const mode = chown.includes("1000") || chown.includes("65534") ? 644 : 640;
  expect(run.said).toBe(
    `${mode} 65534:65534\ndescribed\n640 65534:65534\nbefore\nshare:\npage\n\nstate/shop/realserver:\nblobs\n`,
  );
  expect(run.told).toBe(expected);
});

test("set-id bits do not come back for another owner; a link comes back too", () => {
  const setId = said(
    `${squashing} echo before >share/page; chown 1000:1000 share/page; chmod 6755 share/page; put; back; show`,
  );
  expect(setId).toEqual({ said: "755 65534:65534\nbefore\n", told });
  const link = said(
    `${squashing} ln -s elsewhere share/page; chown -h 1000:1000 share/page; put; back; stat -c %u share/page; readlink share/page`,
  );
  expect(link).toEqual({ said: "65534\nelsewhere\n", told });
});

test.each(["file - root -", "file 0644 - www-data", "file 0644 root root"])(
  "what is described and the server refuses, fails and says why: %s",
  (state) => {
    const run = said(`${squashing} echo before >share/page; state='${state}'; put || show; ls -A share`);
    expect(run.said).toBe(
      "cannot write /share/page: cp: failed to preserve ownership for '/share/.lvsgen.web1.page': Operation not permitted\n" +
        "The server of the share takes root for nobody (root_squash): describe neither owner nor group of it, or export it there with no_root_squash.\n" +
        "644 0:0\nbefore\npage\n",
    );
  },
);

test("what fails otherwise is tried once, and blames no server", () => {
  const run = said(
    `${squashing} echo before >share/page; cp() { case \${*: -1} in */.lvsgen.web1.*) echo asked >>calls; echo 'cp: no space' >&2; return 1 ;; esac; command cp "$@"; }; put || wc -l <calls; ls -A share`,
  );
  expect(run.said).toBe("cannot write /share/page: cp: no space\n1\npage\n");
});

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
