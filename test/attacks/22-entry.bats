#!/usr/bin/env bats
# How a script begins: what runs is what was checked, whoever runs it from wherever; what --confirm keeps is what runs.
# platforms: debian12 el7
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

setup_file() {
  start_guest director
  install_packages director
  on director 'useradd -m mallory; mkdir /root/usb; cp /media/usb/*.sh /root/usb; chmod 0755 /root'
}
teardown_file() { stop_guests; }

# replaced HARM: the script in mallory's directory is replaced (a line of bash does it, with $script) after it was read, before it is copied.
replaced() {
  on director 'rm -f /home/mallory/director.sh; cp /root/usb/director.sh /home/mallory/director.sh; chown mallory: /home/mallory/director.sh; rm -f /root/ran /root/PWNED'
  enter -i -w /root "$(guest director)" bash -s -- "$1" <<'END'
    exec 8>>/run/lvsgen.lock && flock 8
    (exec 8>&-; cd /; timeout 60 bash /home/mallory/director.sh --confirm 2 --wait 40 >/root/ran 2>&1; echo "rc $?" >>/root/ran) &
    until grep -q 'waiting up to' /root/ran 2>/dev/null; do sleep 0.05; done
    script=/home/mallory/director.sh
    eval "$1"
    exec 8>&-
    wait
END
  run on director 'cat /root/ran'
  assert_line 'rc 1'
  assert_output --partial 'is not the script that runs'
  run on director 'sleep 3; ls /root/PWNED /var/lib/lvsgen/kgc/director/script /etc/systemd/system/lvsgen-confirm-kgc-director.service'
  refute_line --regexp '^/'
  run on director 'bash /root/usb/director.sh check'
  assert_equal "$status" 2
}

bats_test_function --description 'S9: another script is not kept for the timer' -- replaced \
  'printf "#!/bin/bash\nid >/root/PWNED\n" >/home/mallory/x; mv /home/mallory/x $script'
bats_test_function --description 'S9: nor one with a line more in its check' -- replaced 'sed -i "2i id >/root/PWNED" $script'
bats_test_function --description 'S9: nor one with its sum changed' -- replaced 'sed -i "3s/[0-9a-f]\{64\}/$(printf %064d 0)/" $script'
bats_test_function --description 'S9: nor a pipe, which does not hang it' -- replaced 'rm $script; mkfifo $script'
bats_test_function --description 'S9: nor what has no end' -- replaced 'ln -sf /dev/zero $script'

@test 'S9: what is kept is the script, and the timer runs it' {
  run on director 'cd /root/usb && bash director.sh --confirm 600 >/dev/null && cmp director.sh /var/lib/lvsgen/kgc/director/script && stat -c "%a %U" /var/lib/lvsgen/kgc/director/script'
  assert_output '700 root'
  on director 'cd /root/usb && bash director.sh rollback'
}

@test 'S15: cut anywhere, it does nothing and does not end with 0' {
  run on director 'cd /root && size=$(wc -c <usb/director.sh) && passed=0
    for at in $(head -n 60 usb/director.sh | awk "{ n += length(\$0) + 1; if (NR > 1) print n }") $(awk -v size="$size" "BEGIN { srand(7); for (i = 0; i < 60; i++) print 13 + int(rand() * (size - 13)) }"); do
      head -c "$at" usb/director.sh >cut.sh; if bash cut.sh check >/dev/null 2>&1; then echo "passed: $at"; fi; passed=$((passed + 1)); done; echo "$passed cuts"; ls /var/lib/lvsgen/kgc 2>&1'
  assert_line --regexp '^1[01][0-9] cuts$'
  refute_output --partial 'passed:'
}

# Lines of bash that run a changed script in a way that its check might not see.
unseen() {
  on director 'cd /root && sed "s/192.168.80.12:80/192.168.80.99:80/" usb/director.sh >bad.sh; mkdir -p evil; printf "#!/bin/sh\necho \"%s  -\"\n" "$(sed -n "3s/[^0-9a-f]*\([0-9a-f]\{64\}\).*/\1/p" bad.sh)" >evil/sha256sum; cp evil/sha256sum evil/sed; chmod +x evil/*'
  run on director "cd /root && $1"
  ((status != 0)) || fail 'ended with 0'
  refute_output --partial '192.168.80.99'
  refute_output --partial 'evil'
}
bats_test_function --description 'S15: programs in PATH do not answer for it' -- unseen 'PATH=/root/evil:$PATH bash bad.sh show /var/lib/lvsgen/x; PATH=/root/evil:$PATH bash bad.sh list'
bats_test_function --description 'S15: exported functions do not' -- unseen \
  'f=(); for n in sha256sum sed printf [ test unset builtin command exec export exit return set; do f+=("BASH_FUNC_$n%%=() { /bin/echo evil; }"); done; env "${f[@]}" bash bad.sh list'
bats_test_function --description 'S15: nor with options that say they were dropped' -- unseen \
  'env "BASH_FUNC_sha256sum%%=() { /bin/echo evil; }" SHELLOPTS=privileged bash bad.sh list'
bats_test_function --description 'S15: a line before it' -- unseen '{ echo "# evil"; cat usb/director.sh; } >bad.sh; bash bad.sh list'

@test 'S15: sourced, it applies nothing and the shell lives' {
  run on director 'cd /root/usb; . ./director.sh; echo "alive $?"'
  assert_line 'alive 1'
  assert_output --partial 'not to be sourced'
  run on director 'cd /root/usb; bash director.sh check'
  assert_equal "$status" 2
}

# From a pipe in every way that people try: one refusal, that says what to do.
piped() {
  run on director "cd /root/usb; $1"
  assert_equal "$status" 1
  assert_output --partial 'must be run as a file'
}
for way in 'bash -s < director.sh' 'cat director.sh | bash' 'cat director.sh | bash -s apply' 'bash <(cat director.sh)' 'cat director.sh | bash /dev/stdin'; do
  bats_test_function --description "S15: $way" -- piped "$way"
done

@test 'S15: a name that looks like an option' {
  run on director 'cd /root/usb; cp director.sh ./-n.sh; bash -- -n.sh check'
  assert_equal "$status" 2
  on director 'rm /root/usb/-n.sh'
}
