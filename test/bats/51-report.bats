#!/usr/bin/env bats
# Results that travel: who tells is the first object of --json, and --report puts the same on the stick.
# platforms: el7
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest director
  script director apply
  on director 'mkdir -m 755 /root/stick'
}
teardown_file() { stop_guests; }
setup() { on director 'rm -rf /root/stick/*'; }

# -> $value: of the one such event among the JSON lines in $output; there has to be one.
read_field() { # EVENT KEY
  value=$(field "$@") || fail "no $1 in: $output"
}

assert_field() { # EVENT KEY VALUE
  local value
  read_field "$1" "$2"
  assert_equal "$value" "$3"
}

field() { # EVENT KEY
  printf '%s\n' "$output" | node -e '
    const [name, key] = process.argv.slice(1);
    const events = require("fs").readFileSync(0, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
    const found = events.filter(({ event }) => event === name);
    if (found.length !== 1) throw new Error(`${found.length} events ${name}`);
    console.log(found[0][key]);' "$1" "$2"
}

@test "--json begins with who tells and ends with how it ended, whatever the command" {
  local command
  for command in apply check verify status history 'rollback --dry-run'; do
    # shellcheck disable=SC2086 # words
    run script director $command --json
    [[ ${lines[0]} == '{"event":"run","run":"'*'","host":"lvs1","machine":"'*'","role":"director","cluster":"kgc","command":"'"${command%% *}"'","bundle":"'* ]]
    [[ ${lines[-1]} == '{"event":"end","code":'"$status",* ]]
  done
}

@test "the time is the same hour in every time zone, and so is the name" {
  local zone
  for zone in UTC Asia/Shanghai America/New_York; do
    run -0 on director "date -u +%FT%T; TZ=$zone bash director.sh check --json --report /root/stick; date -u +%FT%T; ls /root/stick; rm /root/stick/*"
    local before=${lines[0]} after=${lines[-2]} name=${lines[-1]} time value
    output=$(printf '%s\n' "${lines[@]}" | grep '^{')
    read_field run time
    time=$value
    [[ $time == *+00:00 && ! $time < $before && ! ${time%+*} > $after ]]
    time=${time%+*}
    [[ $name == "lvs1-director-check-${time//[-:]/}Z.jsonl" ]]
    # What follows has the time of the place.
    read_field end time
    [[ $zone == UTC || $value != *+00:00 ]]
  done
}

@test "who is drained, and that an apply waits to be confirmed" {
  run -0 script director check --json
  assert_field drained servers ''
  assert_field standing confirm no
  run -0 script director drain web1 --drain 0 --json
  assert_field drained servers web1
  local command
  for command in check verify status; do
    run -0 script director "$command" --json
    assert_field drained servers web1
  done
  run -0 script director undrain web1 --json
  assert_field drained servers ''
  on director 'ipvsadm -C'
  run -0 script director apply --confirm 600 --json
  assert_field standing confirm pending
  assert_field standing state closed
  run -0 script director check --json
  assert_field standing confirm pending
  run -0 script director confirm --json
  assert_field standing confirm no
}

@test "an apply with nothing to do writes the report and nothing else" {
  snapshot director before --live
  run -0 script director apply --report /root/stick
  assert_line --regexp '^director lvs1: ok=[0-9]+ changed=0 failed=0$'
  assert_line --regexp '^report: /root/stick/lvs1-director-apply-[0-9]{8}T[0-9]{6}Z\.jsonl$'
  run -0 on director 'stat -c "%a %U" /root/stick/*; cat /root/stick/*'
  assert_line --index 0 '600 root'
  output=$(printf '%s\n' "${lines[@]:1}")
  assert_field end code 0
  on director 'rm -rf /root/stick/*'
  snapshot director after --live
  same_state director before after
}

@test "a full stick: told once, the exit code is the command's, and what was to be done is done" {
  on director 'mkdir -p /root/full && mount -t tmpfs -o size=4k,mode=755 tmpfs /root/full && ipvsadm -C'
  run script director check --report /root/full
  assert_equal "$status" 2
  assert_equal "$(grep -c 'breaks off: it cannot be written any more' <<<"$output")" 1
  on director 'rm /root/full/*'
  run -0 script director apply --report /root/full
  assert_equal "$(grep -c 'breaks off: it cannot be written any more' <<<"$output")" 1
  refute_line --partial 'report:'
  run -0 on director 'ipvsadm -Sn; mount -o remount,ro /root/full; rm -f /root/full/* || true'
  assert_line --partial '-A -t'
  on director 'ipvsadm -C'
  run -69 script director apply --report /root/full
  assert_output --partial '--report: cannot write /root/full/lvs1-director-apply-'
  assert_output --partial 'Nothing was done.'
  run -0 on director 'ipvsadm -Sn; umount /root/full'
  assert_output ''
  run -0 script director apply
}

@test "an interrupted run has no end, and what stands of it is told" {
  on director "ipvsadm -C; mv /usr/sbin/ipvsadm /usr/sbin/ipvsadm.real
    printf '#!/bin/bash\ncase \$* in *-R*) kill -9 \$(cat /root/pid); exit 1 ;; esac\nexec ipvsadm.real \"\$@\"\n' >/usr/sbin/ipvsadm
    chmod +x /usr/sbin/ipvsadm"
  run -137 on director "bash -c 'echo \$\$ >/root/pid; exec bash director.sh apply --report /root/stick'"
  on director 'mv -f /usr/sbin/ipvsadm.real /usr/sbin/ipvsadm'
  run -0 on director 'cat /root/stick/*'
  assert_line --index 0 --partial '"event":"run"'
  refute_output --partial '"event":"end"'
  run script director check --json
  assert_field standing state interrupted
  run -0 script director apply --json
  assert_field standing state closed
}

@test "the journal of the host has when something begins to change and how that ended, and nothing of what changes nothing" {
  local cursor
  cursor=$(on director 'journalctl -q -n 1 --show-cursor | sed -n "s/^-- cursor: //p"')
  told() { on director "journalctl --sync; journalctl -q -t lvsgen -o cat --after-cursor='$cursor'"; }
  run -0 script director apply
  run -0 script director verify
  run told
  assert_output ''
  run -0 on director 'SUDO_USER=mei SUDO_UID=1000 bash director.sh uninstall'
  run -0 told
  assert_line --index 0 --regexp '^kgc director lvs1: uninstall begins, by mei, lvsgen [0-9.]+, script [0-9a-f]{16}$'
  assert_line --index 1 --regexp '^kgc director lvs1: uninstall ends, exit code 0: ok=[0-9]+ changed=[1-9][0-9]* kept=[0-9]+ failed=0$'
  on director 'systemctl -q mask ipvsadm'
  run -1 script director apply
  on director 'systemctl -q unmask ipvsadm'
  run -0 on director 'journalctl --sync; journalctl -q -t lvsgen -p err -o cat -n 1'
  assert_output --regexp '^kgc director lvs1: apply ends, exit code 1, generation 1: ok=[0-9]+ changed=[0-9]+ failed=1$'
  run -0 script director apply
}
