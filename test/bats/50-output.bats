#!/usr/bin/env bats
# What the scripts print, for people and for tools.
# platforms: el7
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  local role
  for role in director realserver nfs; do start_guest "$role"; done
}
teardown_file() { stop_guests; }

# Every line of the output is a JSON object.
assert_json_lines() {
  printf '%s\n' "$output" | node -e '
    const lines = require("fs").readFileSync(0, "utf8").trimEnd().split("\n");
    if (lines[0] === "") throw new Error("nothing was printed");
    for (const line of lines) {
      const value = JSON.parse(line);
      if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error(`no object: ${line}`);
    }'
}

help_tells() {
  run -0 script "$1" --help
  for word in apply check verify status rollback uninstall list show extract --host --diff --only --root --json --quiet --no-color --wait --confirm --to --purge --packages --force-platform; do
    assert_output --partial "$word"
  done
  for code in 64 69 75 77 78; do assert_output --partial "$code"; done
  run -0 script "$1" --version
  assert_output --partial kgc
}
for_each_role '--help names every command, option and exit code; --version tells the cluster' help_tells

list_shows_holds() {
  local host
  host=$(host_of "$1")
  run -0 script "$1" list
  assert_output --partial "$host"
  run -0 script "$1" list --json
  assert_json_lines
}
for_each_role 'list tells what it holds' list_shows_holds

extract_writes() {
  local host
  host=$(host_of "$1")
  run -0 script "$1" extract /tmp/extracted
  for file in $(cd "$BUNDLE" && find "files/$host" "parts/$host" -type f 2>/dev/null | sed "s:^[a-z]*/$host::"); do
    on "$1" "test -e '/tmp/extracted/$host$(printf '%b' "${file//%/\\x}")'" || [[ $host == web2 ]]
  done
}
for_each_role 'extract writes what it holds' extract_writes

@test "show prints a file as it will be written, byte for byte" {
  enter -w /media/usb "$(guest director)" bash director.sh show /etc/sysconfig/ipvsadm > "$BATS_TEST_TMPDIR/shown"
  cmp "$BATS_TEST_TMPDIR/shown" "$BUNDLE/files/lvs1/etc/sysconfig/ipvsadm"
}

json_everywhere() {
  local command
  for command in 'check --diff' apply apply check verify status; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr script "$1" $command --json
    assert_json_lines
  done
  run script "$1" check --only nothing --json
  assert_failure 64
}
for_each_role '--json prints one object a line, whatever the command' json_everywhere

@test "colours only where a terminal is, and never with NO_COLOR or --no-color" {
  run -0 script director check
  refute_output --partial $'\e['
  run -0 on director 'TERM=xterm script -qec "bash director.sh check" /dev/null'
  assert_output --partial $'\e['
  run -0 on director 'TERM=xterm NO_COLOR=1 script -qec "bash director.sh check" /dev/null'
  refute_output --partial $'\e['
  run -0 on director 'TERM=xterm script -qec "bash director.sh check --no-color" /dev/null'
  refute_output --partial $'\e['
}

@test "--quiet says nothing when all is well" {
  run -0 script director apply --quiet
  assert_output ''
}

@test "--diff shows what changes in files, line by line" {
  on director 'sed -i s/=.0/=1/ /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf; ipvsadm -e -t 192.168.80.188:80 -r 192.168.80.12:80 -w 9'
  run -2 script director check --diff
  assert_line '-net.ipv4.ip_forward =1'
  assert_line '+net.ipv4.ip_forward = 0'
  run -0 script director apply --diff
  assert_line '+net.ipv4.ip_forward = 0'
}

@test "--only keeps to the kinds named" {
  on director 'ip addr del 192.168.80.188/32 dev ens33; echo "# x" >> /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -0 script director apply --only address
  assert_count changed 1
  assert_line --regexp '^changed  address '
  refute_line --regexp ' file '
  run -2 script director check
  assert_line --regexp '^pending  file '
  run -0 script director apply --only file,sysctl
  assert_count changed 1
  run -0 script director check
}

@test "--only takes a word that stands for several kinds" {
  on director 'ipvsadm -C; echo "# x" >> /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf'
  run -0 script director apply --only table
  assert_line --regexp '^changed  service '
  refute_line --partial sysctl
  run -2 script director check
  refute_line --regexp '^pending  service'
  run -0 script director apply
}

@test "--only takes nothing off that it leaves out" {
  local kind
  run -0 script director apply
  for kind in file sysctl address service table unit; do
    run -0 script director check --only "$kind"
    run -0 script director apply --only "$kind"
    assert_count changed 0
  done
  run -0 script director check
}

@test "a reader that goes away does not stop an apply" {
  on director 'echo "# x" >> /etc/sysctl.d/99-zz-lvsgen-kgc-director.conf; ip addr del 192.168.80.188/32 dev ens33; bash director.sh | head -n 1 > /dev/null'
  run -0 script director check
}

@test "what went wrong names the resource, the reason and the way back" {
  on director 'ip addr del 192.168.80.188/32 dev ens33; mv /sbin/ip /sbin/ip.real
    printf "#!/bin/sh\ncase \"\$*\" in *\" add \"*|*\" replace \"*) echo RTNETLINK answers: No buffer space available >&2; exit 2;; esac; exec ip.real \"\$@\"\n" > /sbin/ip; chmod +x /sbin/ip'
  run -1 script director apply
  assert_output --partial 'No buffer space available'
  assert_line --regexp '^failed   address '
  on director 'mv /sbin/ip.real /sbin/ip'
  run -0 script director apply
}
