#!/usr/bin/env bats
# What a local user does to a path while root writes there: www-data owns /srv/www, everybody may write to /srv/share.
# platforms: debian12 el7
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

setup_file() {
  BUNDLE=${BUNDLE%/*}/paths
  [[ $PLATFORM == debian12 ]] || BUNDLE+=7
  start_guest realserver
  docker cp "$BATS_TEST_DIRNAME/race.pl" "$(guest realserver):/usr/local/bin/race.pl" >/dev/null 2>&1
  docker cp "$BATS_TEST_DIRNAME/functions.bash" "$(guest realserver):/root/functions.bash" >/dev/null 2>&1
  on realserver 'chmod 755 /usr/local/bin/race.pl; id www-data >/dev/null 2>&1 || useradd -r www-data; echo http >/etc/victim; chmod 600 /etc/victim'
  on realserver 'mkdir -m 755 /etc/victims; echo precious >/etc/victims/conf.txt; chmod 600 /etc/victims/conf.txt; cp -a /bin/true /usr/local/bin/tool'
  run -0 script realserver apply
}
teardown_file() { stop_guests; }

setup() {
  on realserver 'stat -c "%a %u %g %F %n" /etc/victim /etc/victims /etc/victims/conf.txt /usr/local/bin/tool /etc /etc/shadow; cat /etc/victim /etc/victims/*; ls -A /etc/victims' >"$BATS_TEST_TMPDIR/victims"
}

# Whatever is done in a test: what lies outside is as it was; and without the attack an apply goes through, twice.
unharmed() {
  on realserver 'stat -c "%a %u %g %F %n" /etc/victim /etc/victims /etc/victims/conf.txt /usr/local/bin/tool /etc /etc/shadow; cat /etc/victim /etc/victims/*; ls -A /etc/victims' |
    diff "$BATS_TEST_TMPDIR/victims" - || fail 'something outside was changed'
}
teardown() {
  on realserver 'cd /srv/www && for name in sub data private; do if [[ -L $name ]]; then rm $name; [[ ! -e $name.x ]] || mv -T $name.x $name; fi; done; rm -rf *.away *.x .lvsgen*; chown -h www-data data' || :
}

# attack LINE…: lines of bash that use the runtime's functions, and what functions.bash has besides.
attack() { run -0 on realserver "source /root/functions.bash /media/usb/realserver.sh; $1"; printf '%s\n' "$output" | sed 's/^/# /' >&3; }

@test "S3: a link in place of the temporary file is not followed by chmod or chown" {
  attack 'temporary=/srv/www/.lvsgen.web1.index.html
    write() { replace_file /srv/www/index.html 0666 text www-data www-data; }
    race www-data once $temporary /etc/victim write
    swap() { [[ ! -e $temporary ]] || { command mv $temporary /srv/www/t.away; ln -s /etc/victim $temporary; }; }
    precreate() { command rm -f $temporary; ln -s /etc/victim $temporary; }
    between swap write true; between precreate write true'
  unharmed
}

@test "S3: owner and mode are not taken from what somebody put there" {
  on realserver 'cd /srv/share; rm -f page.html; runuser -u nobody -- sh -c "echo defaced >page.html; chmod 4777 page.html"'
  run -0 on realserver 'source /root/functions.bash /media/usb/realserver.sh
    text=described; have="file x"; file_set /srv/share/page.html "file - - -" && stat -c "%a %U" /srv/share/page.html'
  assert_output '644 root'
}

@test "S3: set-id bits are never taken over; a file's own mode is, where it stays its owner's" {
  run -0 on realserver 'source /root/functions.bash /media/usb/realserver.sh
    text=described have="file x"
    try() { afresh; file_set "$1" "file ${2:--} ${3:--} -" && stat -c "%a %U" "$1"; }
    echo x >/etc/try; chmod 4755 /etc/try; try /etc/try
    chown daemon /etc/try; chmod 4640 /etc/try; try /etc/try
    try /etc/try - root
    rm /etc/try
    echo x >/srv/www/own; chown www-data /srv/www/own; chmod 6600 /srv/www/own; try /srv/www/own
    try /srv/www/own - root
    rm /srv/www/own'
  assert_output $'755 root\n640 daemon\n644 root\n600 www-data\n644 root'
}

@test "S3, S5: a part of a stranger's file is written without opening the rest to others" {
  run -0 on realserver 'cd /srv/share; runuser -u nobody -- sh -c "umask 077; echo mine >conf"
    source /root/functions.bash /media/usb/realserver.sh
    text=$'\''ours\n'\''; block_set /srv/share/conf "block end" && stat -c "%a %U" conf && head -1 conf && rm conf'
  assert_output $'600 root\nmine'
}

@test "S4: a link in place of a directory, new or not, is not followed by chown, chgrp or chmod" {
  attack 'new=/srv/www/new
    make() { have=absent; directory_set $new "directory 0777 www-data www-data"; }
    change() { have="directory 0700 0"; directory_set $new "directory 0$((700 + SECONDS % 8)) www-data www-data"; }
    clean() { command rm -rf $new $new.away; }
    make_anew() { clean; make; }
    race www-data once $new /etc/victims make_anew; clean
    make; race www-data back $new /etc/victims change; clean
    swap() { [[ ! -d $new || -L $new ]] || { command mv $new $new.away; ln -s /etc/victims $new; }; }
    between swap make clean
    restored() { clean; make; }
    between swap change restored; clean'
  unharmed
}

@test "S5: a link in place of a parent is not followed: check and apply refuse it before anything is changed" {
  on realserver 'runuser -u www-data -- sh -c "cd /srv/www; mv sub sub.x; ln -s /etc/victims sub"; echo hand >/srv/www/index.html'
  run -69 script realserver check
  assert_output --partial '/srv/www/sub is a symbolic link of www-data'
  run -69 script realserver apply
  assert_output --partial '/srv/www/sub is a symbolic link of www-data'
  assert_output --partial 'Nothing was changed.'
  run -0 on realserver 'cat /srv/www/index.html'
  assert_output hand
  unharmed
}

@test "S5: nor by rollback and uninstall, which say so and go on once it is gone" {
  run -0 script realserver apply
  on realserver 'cp -a /var/lib/lvsgen /root/lvsgen.kept; runuser -u www-data -- sh -c "cd /srv/www; mv sub sub.x; ln -s /etc/victims sub"'
  run -1 script realserver uninstall
  assert_output --partial '/srv/www/sub is a symbolic link of www-data'
  unharmed
  on realserver 'rm /srv/www/sub; mv /srv/www/sub.x /srv/www/sub'
  run -0 script realserver uninstall
  assert_line --regexp 'failed=0$'
  run -0 script realserver apply
  unharmed
}

@test "S5: a parent that is exchanged for a link all the time does not lead a write, a removal or a way back outside" {
  attack 'sub=/srv/www/sub
    printf evil >$state_dir/blobs/9.9; chmod 4755 $state_dir/blobs/9.9
    write() { replace_file $sub/conf.txt 0644 text root root; }
    remove() { remove_file $sub/conf.txt; }
    bring_back() { restore_blob $sub/conf.txt 9.9; }
    make() { have=absent; directory_set $sub/conf.d "directory 0777 www-data -"; directory_set $sub/conf.d absent; }
    deep() { make_parents $sub/a/b/c; }
    keep() { keep_copy $sub/conf.txt /root/copy; ! grep -q precious /root/copy; }
    clean() { command rm -rf $sub $sub.away $sub.x; command mkdir $sub; command chown www-data $sub; printf "of www-data\n" >$sub/conf.txt; }
    swap() { [[ -L $sub ]] || { command mv $sub $sub.away; ln -s /etc/victims $sub; }; }
    for act in write remove bring_back make deep keep; do
      clean; race www-data back $sub /etc/victims $act; clean
      between swap $act clean
    done
    command rm -rf $sub /root/copy $state_dir/blobs/9.9'
  unharmed
}

@test "a directory of root's that was renamed into another's place is not opened to its mover" {
  run -0 script realserver apply
  on realserver 'runuser -u www-data -- sh -c "cd /srv/www; mv data data.x; mv private data"'
  run -69 script realserver apply
  assert_output --partial 'may have put another directory there'
  run -0 on realserver 'stat -c "%a %U" /srv/www/data; cat /srv/www/data/key'
  assert_output $'700 root\nsecret'
  on realserver 'runuser -u www-data -- sh -c "cd /srv/www; mv data private; mv data.x data"'
  run -0 script realserver apply
}

@test "S17: a described 0700 directory is nobody else's for a moment" {
  run -0 script realserver apply
  on realserver 'rmdir /srv/secret'
  run -0 on realserver 'perl -e '\''my $end = time + 20; while (time < $end) { my @s = stat("/srv/secret") or next; $seen{sprintf "%o", $s[2] & 07777} = 1; $many++; last if $many > 200000 || -e "/tmp/done"; } print join(" ", sort keys %seen), "\n"'\'' >/tmp/seen & 
    cd /media/usb; bash realserver.sh >/dev/null; touch /tmp/done; wait; rm /tmp/done; cat /tmp/seen'
  assert_output 700
}

@test "a hard link to another's file is replaced, and never written through or kept in force" {
  on realserver 'cd /srv/www; rm -f index.html; ln /etc/victim index.html'
  run -0 script realserver apply
  unharmed
  run -0 on realserver 'cat /srv/www/index.html; stat -c %h /etc/victim'
  assert_output $'described\n1'
}

@test "in a directory with the sticky bit nobody's file or link is followed, and root's directory stays usable" {
  run -0 on realserver 'mkdir -p /var/tmp/mine/deep && runuser -u nobody -- ln -s /etc/victims /var/tmp/his
    source /root/functions.bash /media/usb/realserver.sh
    walk /var/tmp/mine/deep/x && echo "shared=$shared"
    walk /var/tmp/x && echo "shared=$shared"
    walk /var/tmp/his/conf.txt || echo "${failure%%,*}"
    rm -r /var/tmp/his /var/tmp/mine'
  assert_output $'shared=\nshared=/var/tmp\n/var/tmp/his is a symbolic link of nobody\'s'
}

@test "root's own links are followed, in a loop to an end" {
  run -0 on realserver 'mkdir -p /srv/real; ln -s real /srv/link; ln -s ../../../../../srv/link/f /srv/real/g; ln -s loop /srv/loop
    source /root/functions.bash /media/usb/realserver.sh
    walk /srv/link/f && echo "$real"
    walk /srv/link/g && echo "$real"
    walk /srv/link/g last && echo "$real"
    walk /srv/loop/f || echo "${failure}"
    rm -r /srv/real /srv/link /srv/loop'
  assert_output $'/srv/real/f\n/srv/real/g\n/srv/real/f\n/srv/loop is a loop of symbolic links'
}

# --- what keeps whoever opens it waiting

@test "a FIFO, a device and a socket at a described path: a failure that says so, and no hang" {
  local thing
  for thing in 'mkfifo index.html' 'mknod index.html c 1 5' 'perl -MIO::Socket::UNIX -e '\''IO::Socket::UNIX->new(Local => "index.html", Listen => 1) or die'\'; do
    on realserver "cd /srv/www; rm -f index.html; $thing"
    run -69 enter -w /media/usb "$(guest realserver)" timeout 60 bash realserver.sh
    assert_output --partial 'where a regular file is to be'
  done
  on realserver 'rm -f /srv/www/index.html'
  run -0 script realserver apply
}

@test "a FIFO that takes the place of a file while it is read keeps no run waiting" {
  on realserver 'runuser -u www-data -- sh -c "cd /srv/www; echo x >t.file; mkfifo t.fifo"'
  attack 'text=x state="file - - -"
    look() { file_probe /srv/www/t; file_same /srv/www/t; block_probe /srv/www/t; sum_of_file /srv/www/t; true; } 2>/dev/null
    race www-data fifo /srv/www/t - look
    command rm -f /srv/www/t /srv/www/t.*'
}

@test "a FIFO or a link as the log: it is said, and the run goes on and ends" {
  on realserver 'rm -f /var/log/lvsgen/paths.log; mkfifo /var/log/lvsgen/paths.log; echo hand >/srv/www/index.html'
  run -0 enter -w /media/usb "$(guest realserver)" timeout 100 bash realserver.sh
  assert_output --partial 'nothing is written to the log: /var/log/lvsgen/paths.log is not a regular file'
  on realserver 'rm -f /var/log/lvsgen/paths.log; ln -s /etc/victim /var/log/lvsgen/paths.log; echo hand >/srv/www/index.html'
  run -0 script realserver apply
  assert_output --partial 'is not a regular file'
  on realserver 'rm -f /var/log/lvsgen/paths.log'
  unharmed
}

@test "SIGTERM ends a run whose log became a FIFO" {
  on realserver 'echo hand >/srv/www/index.html'
  run -0 enter -w /media/usb "$(guest realserver)" timeout 60 bash -c '
    bash realserver.sh --wait 0 >/tmp/out 2>&1 & pid=$!
    until [[ -e /var/log/lvsgen/paths.log ]] || ! kill -0 $pid; do :; done 2>/dev/null
    rm -f /var/log/lvsgen/paths.log; mkfifo /var/log/lvsgen/paths.log
    kill -TERM $pid; wait $pid; echo "rc=$?"; rm -f /var/log/lvsgen/paths.log'
  assert_output --regexp 'rc=(143|0)'
  run -0 script realserver apply
}

@test "a journal that others could write is no journal" {
  on realserver 'chmod 0777 /var/lib/lvsgen/paths'
  run -69 script realserver rollback
  assert_output --partial 'is not taken for lvsgen'
  on realserver 'chmod 0700 /var/lib/lvsgen/paths; mv /var/lib/lvsgen/paths/realserver/base /root/base 2>/dev/null; ln -s /etc/victim /var/lib/lvsgen/paths/realserver/base'
  run -69 script realserver rollback
  assert_output --partial 'is neither a file nor a directory'
  on realserver 'rm /var/lib/lvsgen/paths/realserver/base; ! [[ -e /root/base ]] || mv /root/base /var/lib/lvsgen/paths/realserver/base'
  unharmed
}

@test "the name of a kept copy is no path" {
  on realserver 'cp -a /var/lib/lvsgen /root/lvsgen.kept2; printf "file\t/etc/victims/new\t=saved ../../../../../../etc/shadow\t.\n" >>/var/lib/lvsgen/paths/realserver/generations/0001'
  run -69 script realserver uninstall
  assert_output --partial 'is not as lvsgen wrote it'
  on realserver 'rm -rf /var/lib/lvsgen; mv /root/lvsgen.kept2 /var/lib/lvsgen'
  unharmed
}

@test "--diff shows nothing of what a link leads to" {
  on realserver 'cd /srv/www; rm -f index.html; ln -s /etc/shadow index.html'
  run -2 script realserver check --diff
  refute_output --partial 'root:'
  on realserver 'rm /srv/www/index.html'
}

@test "--diff shows nothing of a file that is described for its owner alone" {
  on realserver 'echo "older key" >/srv/www/private/key; chmod 600 /srv/www/private/key'
  run -2 script realserver check --diff
  assert_output --partial '/srv/www/private/key is not shown: it is a secret, or only its owner may read it'
  refute_output --partial 'older key'
  refute_output --partial '+secret'
}

@test "after all that: applied, unchanged by another run, and taken off without a trace" {
  run -0 script realserver apply
  run -0 script realserver apply
  assert_count changed 0
  run -0 on realserver 'find /srv /etc -name ".lvsgen*" -o -name "*.away"; ls -A /var/lib/lvsgen/paths/realserver | grep -v -x -e base -e blobs -e generations -e holds || :'
  assert_output ''
  run -0 script realserver uninstall
  assert_line --regexp 'failed=0$'
  unharmed
}

@test "what is described beneath a link of root's is no leftover, and goes with an uninstall" {
  run -0 script realserver apply
  run -0 script realserver apply
  assert_count changed 0
  run -0 on realserver 'readlink -f /var/run; cat /run/paths/conf/pid.conf'
  assert_output $'/run\na file'
  run -0 script realserver uninstall
  run -0 on realserver 'ls -d /run/paths 2>/dev/null || echo gone'
  assert_output gone
  run -0 script realserver apply
}
