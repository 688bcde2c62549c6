#!/usr/bin/env bats
# Nothing that is not the script's own reaches a terminal, a log or a JSON reader as it is (S16): names, what commands say, what stands in
# files, the names of the system and of the script itself. Text that can be seen stays readable, Chinese too.
# platforms: el7
# shellcheck disable=SC2154 # bats sets status and output

load ../bats/helper

setup_file() {
  export BUNDLE=${BUNDLE%/*}/rich
  start_guest director
  script director apply
}
setup() { BUNDLE=${BUNDLE%/*}/rich; }
teardown_file() { stop_guests; }

# Clears the screen; brings in a control character of eight bits, in UTF-8 and raw; turns text round; hides; and is Chinese.
hostile=$'\e[2J\xc2\x9b31m\x9b31m\xe2\x80\xae\xe2\x80\x8b中文'
shown='<U+001B>[2J<U+009B>31m<0x9B>31m<U+202E><U+200B>中文'

assert_harmless() { # with $output
  local raw='[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf|(^|[\x00-\x7f])[\x80-\xbf]'
  [[ $output ]] || fail 'nothing was printed'
  if printf '%s\n' "$output" | LC_ALL=C grep -P "$raw" > "$BATS_TEST_TMPDIR/raw"; then
    cat -v "$BATS_TEST_TMPDIR/raw" | batslib_decorate 'these lines would act on a terminal' | fail
  fi
}

assert_json() {
  printf '%s\n' "$output" | node -e 'for (const line of require("fs").readFileSync(0, "utf8").trimEnd().split("\n")) JSON.parse(line)'
}

# in_terminal NAME COMMAND: without the CR that a terminal's driver puts before a line end.
in_terminal() { on "$1" "TERM=xterm SHELL=/bin/bash script -qec ${2@Q} /dev/null" | sed 's/\r$//'; }

@test "S16: the name of the system" {
  on director "cp /etc/os-release /root/os-release
    printf 'ID=other\nVERSION_ID=1\nPRETTY_NAME=\"%s\"\n' ${hostile@Q} >/etc/os-release"
  run -78 script director check
  assert_harmless
  assert_output --partial "$shown"
  run script director check --json
  assert_harmless
  run on director 'bash doctor.sh'
  assert_harmless
  run on director 'bash doctor.sh --json 2>/dev/null'
  assert_harmless
  assert_json
  on director 'cat /root/os-release >/etc/os-release'
}

@test "S16: what a command says, on the terminal, in the log and in JSON" {
  on director "ip address del 192.168.80.188/32 dev ens33; mv /sbin/ip /sbin/ip.real
    printf '#!/bin/bash\ncase \"\$*\" in *\" add \"*|*\" replace \"*) printf %%s%%s%%s %s \$\"\\\\n\" second >&2; exit 2;; esac; exec ip.real \"\$@\"\n' \"\$(printf %q ${hostile@Q})\" >/sbin/ip
    chmod +x /sbin/ip"
  run -1 script director apply
  assert_harmless
  assert_output --partial "$shown"
  run script director apply --json
  assert_harmless
  on director 'mv /sbin/ip.real /sbin/ip'
  run -0 script director apply
  run on director 'cat /var/log/lvsgen/*.log'
  assert_harmless
  # Each line of the log is one that lvsgen began.
  refute_line --regexp '^[^2]'
}

@test "S16: who holds the lock" {
  docker exec -d "$(guest director)" bash -c "exec 9>/run/lvsgen.lock; flock 9; exec -a ${hostile@Q} sleep 60"
  on director 'until ! flock -n /run/lvsgen.lock true; do sleep 0.1; done'
  run -75 script director apply
  assert_harmless
  on director 'pkill -x sleep || :; until flock -n /run/lvsgen.lock true; do sleep 0.1; done'
}

@test "S16: the script's own name" {
  on director "cp director.sh /root/$(printf %q "$hostile").sh"
  run -0 on director "bash /root/$(printf %q "$hostile").sh --help"
  assert_harmless
  assert_output --partial "$shown.sh"
  run -64 on director "bash /root/$(printf %q "$hostile").sh nonsense"
  assert_harmless
  run -64 on director "bash director.sh $(printf %q "$hostile")"
  assert_harmless
}

@test "S16: --diff of a file that somebody wrote into" {
  on director "printf '%s\ttab\n' ${hostile@Q} >>/etc/text.lvs"
  run script director check --diff
  assert_harmless
  assert_line "-$shown"$'\ttab'
  run script director check --diff --json
  assert_harmless
  assert_json
  run in_terminal director 'bash director.sh check --diff --no-color'
  assert_harmless
  run -0 script director apply
}

@test "S16: --diff shows nothing of what a link leads to, nor of a pipe" {
  on director "echo 'root:\$6\$secret:1::::::' >/root/shadow && mv /etc/text.lvs /root/kept && ln -s /root/shadow /etc/text.lvs"
  for option in '' --json; do
    run script director check --diff $option
    refute_output --partial secret
  done
  on director 'rm /etc/text.lvs && mkfifo /etc/text.lvs'
  run enter -w /media/usb "$(guest director)" timeout 60 bash director.sh check --diff
  assert_failure
  ((status != 124))
  on director 'rm /etc/text.lvs && mv /root/kept /etc/text.lvs'
}

@test "S16: show is for a person on a terminal, and byte for byte elsewhere" {
  run in_terminal director 'bash director.sh show /etc/windows.lvs'
  assert_harmless
  assert_output --partial '<U+000D>'
  enter -w /media/usb "$(guest director)" bash director.sh show /etc/windows.lvs > "$BATS_TEST_TMPDIR/shown"
  cmp "$BATS_TEST_TMPDIR/shown" "$BUNDLE/files/lvs1/etc/windows.lvs"
}

@test "S16: what the script holds, listed and extracted" {
  run -0 script director list
  assert_harmless
  run -0 script director list --json
  assert_harmless
  assert_json
  run -0 on director "bash director.sh extract /root/$(printf %q "$hostile")"
  assert_harmless
  assert_output --partial "$shown"
}

@test "S16: carried packages" {
  on director "mkdir -p /root/carried && cp director.sh doctor.sh /root/carried && cd /root/carried && mkdir -p packages/el7/x86_64 &&
    cd packages/el7/x86_64 && echo junk >$(printf %q "$hostile").rpm && sha256sum -- * >SHA256SUMS"
  run on director 'bash /root/carried/doctor.sh'
  assert_harmless
  run on director 'bash /root/carried/doctor.sh --json 2>/dev/null'
  assert_harmless
  assert_json
}
