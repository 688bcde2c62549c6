#!/usr/bin/env bats
# "trust": keys reach the host beforehand, lvsgen-run verifies a copy of the bundle and runs it, and a script that was not started by it
# changes nothing. EL7 verifies with openssl, Debian with ssh-keygen.
# platforms: el7 debian12
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what stands in single quotes is for the guest

load helper

setup_file() {
  export KEYS=$BATS_FILE_TMPDIR/keys OUT=$BATS_FILE_TMPDIR/out
  local OTHER=$BUNDLE
  mkdir "$KEYS"
  ssh-keygen -q -t rsa -b 3072 -m PEM -N '' -C release -f "$KEYS/release"
  ssh-keygen -q -t rsa -b 3072 -m PEM -N '' -C stranger -f "$KEYS/stranger"
  sed "s#\"monitoring\": {.*#&, \"trust\": { \"allowedSigners\": [\"$(cat "$KEYS/release.pub")\"] }#" \
    "$top/test/bats/clusters/monitoring-$PLATFORM.json" >"$KEYS/cluster.json"
  node "$top/dist/start.cjs" build "$KEYS/cluster.json" --quiet --sign "$KEYS/release" --serial 5 -o "$OUT"
  BUNDLE=$OUT start_guest director lvs1 --mount "$OTHER:/media/other"
  install_packages director
  have_verifier
  # A site's own line stays as it is.
  on director "mkdir -p /etc/lvsgen; printf '# of the site\nsomebody $(cut -d ' ' -f 1,2 "$KEYS/stranger.pub" | sed 's/^/namespaces="git" /')' >/etc/lvsgen/allowed_signers"
  on director 'systemctl -q start rpcbind.socket rpcbind.service; modprobe ip_vs'
  snapshot director before --without own
  tiny
}
teardown_file() { stop_guests; }

# The package of the program that verifies, which hosts with OpenSSH have: this machine's ssh-keygen, and of EL7's openssl its name.
have_verifier() {
  case $PLATFORM in
    el7)
      on director 'mkdir /tmp/b; printf "Name: openssl\nVersion: 1.0.2k\nRelease: 1\nSummary: stand-in\nLicense: none\n%%description\nstand-in\n%%files\n" >/tmp/b/s.spec
        rpmbuild -bb --quiet --target noarch --define "_topdir /tmp/b" --define "_rpmdir /tmp/b" /tmp/b/s.spec && rpm -i /tmp/b/noarch/*.rpm && rm -r /tmp/b' >/dev/null 2>&1
      ;;
    *)
      on director 'mkdir -p /tmp/b/usr/bin /tmp/b/DEBIAN; printf "Package: openssh-client\nVersion: 1:9.2\nArchitecture: all\nMaintainer: nobody\nDescription: stand-in\n" >/tmp/b/DEBIAN/control'
      docker cp "$(command -v ssh-keygen)" "$(guest director):/tmp/b/usr/bin/ssh-keygen" >/dev/null
      on director 'dpkg-deb -b /tmp/b /tmp/b.deb && dpkg -i /tmp/b.deb && rm -r /tmp/b /tmp/b.deb && ssh-keygen -Y verify 2>&1 | grep namespace' >/dev/null
      ;;
  esac
}

# Signs the folder DIR, whose files it lists, as `build --sign` does.
sign() { # DIR CLUSTER SERIAL [KEY]
  local key=$KEYS/${4:-release}
  (
    cd "$1"
    rm -f SHA256SUMS*
    find . -type f ! -name 'secrets-*' -printf '%P\0' | sort -z | xargs -0 sha256sum >../sums && mv ../sums SHA256SUMS
    sign_file SHA256SUMS bundle "$2" "$3" "$key"
  )
}
sign_file() { # FILE KIND CLUSTER SERIAL KEY
  printf '# lvsgen-%s 1\n# cluster: %s\n# serial: %s\n%s  %s\n' "$2" "$3" "$4" "$(sha256sum <"$1" | cut -c1-64)" "${1##*/}" >"$1.signed"
  ssh-keygen -q -Y sign -f "$5" -n lvsgen-bundle "$1.signed" 2>/dev/null
  mv "$1.signed.sig" "$1.sig"
  openssl dgst -sha256 -sign "$5" -out "$1.rsa" "$1.signed"
}

# A folder with a script that says that it ran: what lvsgen-run verifies does not depend on what it runs.
tiny() {
  local folder=$BATS_FILE_TMPDIR/tiny
  mkdir -p "$folder/files/lvs1"
  cat >"$folder/director.sh" <<'END'
#!/bin/bash
echo "good $*" >>/root/ran
case ${1-} in
  asks) IFS= read -r line && echo "heard $line" ;;
  waits)
    trap 'echo ended; exit 143' TERM
    touch /root/waiting
    for ((i = 0; i < 600; i++)); do [[ ! -e /root/go ]] || break; sleep 0.1; done
    ;;
esac
echo "end of the good one"
exit 7
END
  printf 'a file\n' >"$folder/files/lvs1/motd"
  printf '# Runbook\n' >"$folder/RUNBOOK.md"
  printf '{ "cluster": "kgc" }\n' >"$folder/manifest.json"
  sign "$folder" kgc 5
  put "$folder" tiny
}
put() { # FOLDER NAME: to /root/NAME in the guest
  on director "rm -rf /root/$2"
  docker cp "$1" "$(guest director):/root/$2" >/dev/null
  on director "chown -R root:root /root/$2"
}

# A variant of the folder: what COMMAND makes of it, before it is signed or after.
variant() { # NAME COMMAND [CLUSTER SERIAL [KEY]]
  local folder=$BATS_TEST_TMPDIR/$1
  cp -a "$BATS_FILE_TMPDIR/tiny" "$folder"
  (cd "$folder" && eval "$2")
  [[ -z ${3-} ]] || sign "$folder" "${@:3}"
  put "$folder" "$1"
}

# It is refused, says why, and nothing of it was run, nor stays on the host. (https://github.com/ansible/ansible/issues/75609: what was
# not verified was in its place all the same.)
refused() { # NAME WHY
  on director 'rm -f /root/ran; ls /var/lib/lvsgen-run >/root/before; cat /var/lib/lvsgen-run/serial-* >>/root/before'
  run -65 on director "lvsgen-run /root/$1 director.sh apply"
  assert_output --partial "$2"
  assert_output --partial 'Nothing of it was run.'
  on director '[[ ! -e /root/ran ]]; ls /var/lib/lvsgen-run >/root/after; cat /var/lib/lvsgen-run/serial-* >>/root/after; cmp /root/before /root/after'
}

# The copy goes a moment after the end of the last that has it.
copies_gone() { on director 'for ((i = 0; i < 300; i++)); do compgen -G "/var/lib/lvsgen-run/run.*" >/dev/null || exit 0; sleep 0.1; done; exit 1'; }

@test "the first apply leaves the program, the keys, the script, and last what makes scripts ask for them" {
  run -0 script director apply
  assert_line --regexp '^changed +file /etc/lvsgen/signed_only'
  # Which needs neither a key nor the stick.
  assert_line 'to go back: sudo bash /etc/lvsgen/kgc/director.sh rollback --to 0'
  run -0 on director 'stat -c "%a %U %n" /usr/local/sbin/lvsgen-run /etc/lvsgen/allowed_signers /etc/lvsgen/lvsgen-*.pem /etc/lvsgen/signed_only /etc/lvsgen/kgc/director.sh | sed "s/lvsgen-[^.]*[.]pem/PEM/"; head -n 1 /etc/lvsgen/allowed_signers'
  assert_output '755 root /usr/local/sbin/lvsgen-run
644 root /etc/lvsgen/allowed_signers
644 root /etc/lvsgen/PEM
644 root /etc/lvsgen/signed_only
700 root /etc/lvsgen/kgc/director.sh
# of the site'
  on director "cmp /usr/local/sbin/lvsgen-run $OUT/x 2>/dev/null || grep -q '^# lvsgen-run: ' /usr/local/sbin/lvsgen-run"
}

@test "the signed bundle runs by it, for both roles of the host, and what ran left no copy" {
  run -0 on director 'lvsgen-run /media/usb nfs.sh'
  assert_output --partial 'lvsgen-run: verified: cluster kgc, serial 5, signed by '
  assert_output --regexp 'nfs lvs1: .*changed=[1-9]'
  run -0 on director 'cd /media/usb && lvsgen-run . director.sh check'
  assert_count pending 0
  run -0 on director 'lvsgen-run --verify-only /media/usb'
  run -0 on director 'cat /var/lib/lvsgen-run/serial-kgc'
  assert_output 5
  copies_gone
}

@test "a script that was not started by it says what to type, and changes nothing" {
  local command
  snapshot director trusting --without own
  for command in '' apply rollback uninstall 'drain web1' 'apply --only file' 'apply --root /mnt --host lvs1'; do
    run -77 on director "LVSGEN_RUN=1 bash /media/other/director.sh $command"
    assert_output --partial 'this host runs signed scripts alone (/etc/lvsgen/signed_only)'
    assert_output --partial 'sudo /usr/local/sbin/lvsgen-run /media/other director.sh ...'
    assert_output --partial 'sudo bash /etc/lvsgen/kgc/director.sh ...'
  done
  snapshot director refused --without own
  same_state director trusting refused
}

@test "what changes nothing, and confirm, which may be a matter of seconds, go on without it" {
  run -2 on director 'bash /media/other/director.sh check'
  for command in verify status history list 'show /etc/modules-load.d/lvsgen-kgc-director.conf' --help --version; do
    run -0 on director "bash /media/usb/director.sh $command"
  done
  run -2 on director 'bash /media/other/director.sh uninstall --dry-run'
  run -1 on director 'bash /media/usb/director.sh confirm'
  assert_output --partial 'nothing to confirm'
}

@test "no stick at hand: the script that was applied last needs no signature" {
  run -0 on director 'bash /etc/lvsgen/kgc/director.sh drain web1'
  run -0 on director 'cd /etc/lvsgen/kgc && bash director.sh undrain web1'
}

@test "the timer of monitoring asks its copy as before" {
  run -0 on director 'systemctl reset-failed lvsgen-kgc-director-monitor.service 2>/dev/null; systemctl start lvsgen-kgc-director-monitor.service; cat /var/lib/*/node-exporter/lvsgen-kgc-director.prom /var/lib/node_exporter/textfile_collector/lvsgen-kgc-director.prom 2>/dev/null || :'
  assert_line 'lvsgen_last_run_exit_code{cluster="kgc",role="director",command="check"} 0'
}

@test "apply --confirm puts back by itself what nobody confirmed" {
  on director 'rm /etc/modules-load.d/lvsgen-kgc-director.conf'
  run -0 on director 'lvsgen-run /media/usb director.sh apply --confirm 2'
  on director 'for ((i = 0; i < 600; i++)); do [[ -e /etc/systemd/system/lvsgen-confirm-kgc-director.service ]] || break; sleep 0.1; done; flock -w 60 /run/lvsgen.lock true; [[ ! -e /etc/modules-load.d/lvsgen-kgc-director.conf ]]'
  run -0 on director 'lvsgen-run /media/usb director.sh apply'
  copies_gone
}

@test "arguments, standard input, exit code and the working directory are the script's" {
  on director 'rm -f /root/ran'
  run -7 on director 'cd /tmp && echo hello | lvsgen-run /root/tiny director.sh asks "a b" "*"; code=$?; cat /root/ran; exit $code'
  assert_line 'heard hello'
  assert_line 'good asks a b *'
}

@test "a signal is the script's: it ends as it has to, and the copy goes" {
  on director 'rm -f /root/waiting /root/go'
  run -143 on director 'lvsgen-run /root/tiny director.sh waits & for ((i = 0; i < 300; i++)); do [[ ! -e /root/waiting ]] || break; sleep 0.1; done; kill -TERM $!; wait $!'
  assert_output --partial ended
  copies_gone
  # What is killed leaves no copy behind either, at the latest when the next one begins.
  on director 'rm -f /root/waiting; lvsgen-run /root/tiny director.sh waits & for ((i = 0; i < 300; i++)); do [[ ! -e /root/waiting ]] || break; sleep 0.1; done; kill -KILL $!; wait $!; mkdir -p /var/lib/lvsgen-run/run.killed/copy; touch /root/go; lvsgen-run --verify-only /root/tiny'
  copies_gone
}

# https://github.com/megastep/makeself/issues/188: what is to be verified must not be what verifies. And 224: a byte more at the end.
@test "a script with its own sums put right is refused, and so is one with a byte more" {
  variant own 'printf "#!/bin/bash\necho bad >>/root/ran\n" >director.sh; sha256sum director.sh files/lvs1/motd RUNBOOK.md manifest.json >SHA256SUMS'
  refused own 'SHA256SUMS is not the one that was signed'
  variant longer 'printf "\n" >>director.sh'
  refused longer 'director.sh is not the file that was signed'
}

# https://github.com/dni/lnurl-vault/issues/58: a signature that is good for ever makes every old release one that may come again.
@test "an older serial, another cluster, another key and another purpose are refused" {
  variant older : kgc 4
  refused older 'one with 5 has run here'
  variant other : staging 9
  refused other 'the cluster staging, which this host has not run so far'
  run -65 on director 'lvsgen-run --cluster kgc /root/other director.sh'
  variant stranger : kgc 9 stranger
  refused stranger 'signed by none of the keys of this host'
  variant unsigned 'rm SHA256SUMS.signed SHA256SUMS.sig SHA256SUMS.rsa'
  refused unsigned 'SHA256SUMS.signed is missing'
  variant letter 'printf "dear all\n" >SHA256SUMS.signed; rm SHA256SUMS.sig; ssh-keygen -q -Y sign -f "$KEYS/release" -n lvsgen-bundle SHA256SUMS.signed; mv SHA256SUMS.signed.sig SHA256SUMS.sig; openssl dgst -sha256 -sign "$KEYS/release" -out SHA256SUMS.rsa SHA256SUMS.signed'
  refused letter 'not as lvsgen writes it'
}

# https://github.com/githubnext/ado-aw/issues/46: sums that do not list the file that is run vouch for nothing.
@test "what is missing, leads elsewhere, or is no file is refused, and nothing waits for it" {
  variant unlisted 'mv director.sh ../kept.sh' kgc 5
  on director 'cp /root/tiny/director.sh /root/unlisted/'
  refused unlisted 'SHA256SUMS lists no director.sh'
  on director 'cd /root; for name in missing link way pipe device; do rm -rf $name; cp -a tiny $name; done
    rm missing/RUNBOOK.md; mv link/director.sh link.sh; ln -s /root/link.sh link/director.sh; mv way/files way-files; ln -s /root/way-files way/files
    rm pipe/RUNBOOK.md; mkfifo pipe/RUNBOOK.md; rm device/RUNBOOK.md; mknod device/RUNBOOK.md c 1 5'
  refused missing 'RUNBOOK.md is missing'
  refused link 'director.sh is missing, is no file, or leads through a link'
  refused way 'files/lvs1/motd is missing, is no file, or leads through a link'
  refused pipe 'RUNBOOK.md is missing, is no file'
  refused device 'RUNBOOK.md is missing, is no file'
}

@test "a line that no build writes is refused, though it is signed" {
  local line
  for line in '../../etc/passwd' '/etc/passwd' './RUNBOOK.md' 'files//lvs1/motd'; do
    variant line "printf '%s  $line\n' $(printf '%064d' 0) >>SHA256SUMS; rm SHA256SUMS.*; KEYS=$KEYS; $(declare -f sign_file); sign_file SHA256SUMS bundle kgc 5 $KEYS/release"
    refused line 'SHA256SUMS has a line that no build writes'
    rm -r "$BATS_TEST_TMPDIR/line"
  done
}

@test "files of secrets beside it are signed for themselves, of the same bundle" {
  variant bare 'echo secret >secrets-lvs1'
  refused bare 'secrets-lvs1.signed is missing'
  variant apart "echo secret >secrets-lvs1; $(declare -f sign_file); sign_file secrets-lvs1 secrets kgc 4 $KEYS/release"
  refused apart 'secrets-lvs1 is of another bundle'
  variant secret "echo secret >secrets-lvs1; $(declare -f sign_file); sign_file secrets-lvs1 secrets kgc 5 $KEYS/release"
  run -7 on director 'lvsgen-run /root/secret director.sh'
  variant swapped "echo secret >secrets-lvs1; $(declare -f sign_file); sign_file secrets-lvs1 secrets kgc 5 $KEYS/release; echo other >secrets-lvs1"
  refused swapped 'secrets-lvs1 is not the one that was signed'
}

@test "keys that others than root can change count for nothing" {
  on director 'for file in /etc/lvsgen/allowed_signers /etc/lvsgen/*.pem; do chmod g+w $file; done'
  run -69 on director 'lvsgen-run /root/tiny director.sh'
  assert_output --partial 'others than root can change what says who may sign'
  on director 'chmod g-w /etc/lvsgen/allowed_signers /etc/lvsgen/*.pem; chown 65534 /etc/lvsgen'
  run -69 on director 'lvsgen-run /root/tiny director.sh'
  on director 'chown root /etc/lvsgen'
  run -77 on director 'setpriv --reuid 65534 --clear-groups bash /usr/local/sbin/lvsgen-run /root/tiny director.sh'
  run -64 on director 'lvsgen-run /root/tiny ../tiny/director.sh'
}

# https://github.com/xerj-org/xerj/pull/441: what was verified lay where others could put something else in its place before it was run.
@test "a stick that changes while it is read, and after it was verified: the copy is what is run" {
  on director 'rm -rf /root/stick /root/go /root/waiting; cp -a /root/tiny /root/stick; lvsgen-run /root/stick director.sh waits >/root/said 2>&1 & for ((i = 0; i < 300; i++)); do [[ ! -e /root/waiting ]] || break; sleep 0.1; done; printf "#!/bin/bash\necho bad >>/root/ran\n%s" "$(printf "echo bad >>/root/ran\n%.0s" {1..99})" >/root/stick/director.sh; touch /root/go; wait $!; [[ $? == 7 ]] && grep -q "end of the good one" /root/said'
  # Now one, now the other, as fast as it goes: it is either refused or the good one.
  run -0 on director 'rm -f /root/ran; touch /root/turning; printf "#!/bin/bash\necho bad >>/root/ran\n" >/root/bad.sh
    (while [[ -e /root/turning ]]; do cp /root/bad.sh /root/stick/director.sh; cp /root/tiny/director.sh /root/stick/director.sh; ln -sf /root/bad.sh /root/stick/new; mv -f /root/stick/new /root/stick/director.sh; rm -f /root/stick/director.sh; cp /root/tiny/director.sh /root/stick/director.sh; done) & turning=$!
    for ((i = 0; i < 40; i++)); do lvsgen-run /root/stick director.sh >/dev/null 2>&1; echo $?; done | sort | uniq -c; rm /root/turning; wait $turning; ! grep -q bad /root/ran'
  assert_output --regexp '^[[:space:]0-9]* (65|7)$|65.*7$'
}

@test "any bit of any file that is flipped: refused, and nothing of it ran" {
  local seed=${LVSGEN_SEED:-$RANDOM}
  echo "# LVSGEN_SEED=$seed" >&3
  # Of the two signatures the one that this system verifies; in its text a line end may be another white space.
  run -0 on director "rm -rf /root/flip; cp -a /root/tiny /root/flip; cd /root/flip; rm -f /root/ran; RANDOM=$seed; signature=$([[ $PLATFORM == el7 ]] && echo rsa || echo sig)"'
    files=(director.sh manifest.json RUNBOOK.md files/lvs1/motd SHA256SUMS SHA256SUMS.signed SHA256SUMS.$signature)
    flips=0
    while ((flips < 100)); do
      file=${files[flips % ${#files[@]}]} size=$(stat -c %s $file) at=$((RANDOM % $(stat -c %s $file))) bit=$((RANDOM % 8))
      byte=$(od -An -tu1 -j $at -N 1 $file)
      [[ $file != *.sig || $((byte)) != 10 ]] || continue
      printf "\\x$(printf %x $((byte ^ (1 << bit))))" | dd of=$file bs=1 seek=$at conv=notrunc status=none
      lvsgen-run /root/flip director.sh >said 2>&1; code=$?
      [[ $code == 65 && ! -e /root/ran ]] || { echo "taken: $file byte $at bit $bit: $code $(cat said)"; exit 1; }
      cp /root/tiny/$file $file
      flips=$((flips + 1))
    done
    rm said; lvsgen-run /root/flip director.sh; [[ $? == 7 ]]'
}

@test "uninstall gives the host back, byte for byte, when the last role goes" {
  run -0 on director 'bash /etc/lvsgen/kgc/director.sh uninstall'
  # The other role goes on to want signed scripts.
  run -77 on director 'bash /media/usb/nfs.sh uninstall'
  run -0 on director 'lvsgen-run /media/usb nfs.sh uninstall'
  copies_gone
  # What lvsgen-run remembers outlives it: an old bundle is old for ever.
  run -0 on director 'ls /var/lib/lvsgen-run; rm -r /var/lib/lvsgen-run /root/[a-z]*'
  assert_output $'lock\nserial-kgc'
  snapshot director after --without own
  same_state director before after
}
