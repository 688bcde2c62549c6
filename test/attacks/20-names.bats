#!/usr/bin/env bats
# Names that somebody else chose, of files on a stick and of files in the current directory: none becomes a command, an option or a pattern.
# platforms: debian12-bare el7
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

case $PLATFORM in
  el7) folder=packages/el7/x86_64 kind=rpm ;;
  debian12) folder=packages/debian12/amd64 kind=deb ;;
esac

setup_file() {
  start_guest director
  on director 'mkdir /root/usb && cp /media/usb/*.sh /root/usb && useradd someone'
}
teardown_file() { stop_guests; }

# (As they would be run: a slash cannot be in a name, so PATH gives one.)
hostile=(
  'a$(id >$HOME${PATH%%[a-z]*}PWNED)'
  'a`id >$HOME${PATH%%[a-z]*}PWNED`'
  'x[$(id >$HOME${PATH%%[a-z]*}PWNED)]'
  'a];id >$HOME${PATH%%[a-z]*}PWNED;['
  '"$(id >$HOME${PATH%%[a-z]*}PWNED)"'
  "'\$(id >\$HOME\${PATH%%[a-z]*}PWNED)'"
  '-rf' '*' 'a b' $'a\nb' '..x' '@' '!a[@]'
)

# A folder that holds one file of this name, with its sum, where sha256sum can write one that is read back.
carry() {
  enter -i "$(guest director)" bash -s -- "$1" "/root/usb/$folder" <<'END'
    rm -rf -- "$2" /root/PWNED && mkdir -p -- "$2" && cd -- "$2" && echo junk >"./$1" && sha256sum -- "$1" >SHA256SUMS
END
}

runs_nothing() { # EXPECTED-CODE COMMAND
  run on director "$2"
  assert_equal "$status" "$1"
  assert_output --partial 'SHA256SUMS'
  run on director 'ls /root/PWNED /home/someone/PWNED /PWNED'
  assert_equal "$status" 2
  refute_output --regexp '^/'
}

@test 'S1: a package whose name is a command, and doctor.sh, which reads only' {
  local name
  for name in "${hostile[@]}"; do
    carry "$name.$kind"
    runs_nothing 1 'bash /root/usb/doctor.sh'
  done
}

@test 'S1: the same without root' {
  on director 'chmod 0755 /root'
  local name
  for name in "${hostile[@]:0:6}"; do
    carry "$name.$kind"
    runs_nothing 1 'su someone -c "bash /root/usb/doctor.sh"'
  done
}

@test 'S1: the same and apply, with the folder beside the script and named' {
  local name
  for name in "${hostile[@]}"; do
    carry "$name.$kind"
    runs_nothing 69 'bash /root/usb/director.sh'
    runs_nothing 69 'bash /root/usb/director.sh --packages /root/usb/packages'
  done
  on director 'bash /root/usb/director.sh uninstall || :'
}

@test 'S1: the same and fetch-packages.sh, which fetches anew' {
  local name
  for name in "${hostile[@]:0:6}"; do
    carry "$name.$kind"
    run on director "timeout 120 bash /root/usb/fetch-packages.sh"
    run on director 'ls /root/PWNED /PWNED'
    refute_output --regexp '^/'
  done
}

@test 'S14: files in the current directory that look like a release do not change what system this is' {
  on director 'mkdir -p /tmp/cwd && cd /tmp/cwd && for pattern in $(set -f; sed -n "s/.*platform_releases=//p" /root/usb/doctor.sh | tr -d "\x27" | sed "s/;;.*//; s/kernel_released=.*//"); do : >"${pattern%\*}zz"; done; ls'
  run on director 'cd /tmp/cwd && ls'
  assert_output --partial zz
  run on director 'cd /tmp/cwd && rm -rf /root/usb/packages && bash /root/usb/doctor.sh'
  assert_line --regexp '^ok +system '
  run on director 'cd /tmp/cwd && bash /root/usb/director.sh check'
  refute_output --partial 'but lvs1 is described as'
  assert_equal "$status" 2
  run on director 'cd /tmp/cwd && bash /root/usb/fetch-packages.sh --list'
  assert_success
}
