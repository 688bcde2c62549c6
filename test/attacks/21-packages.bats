#!/usr/bin/env bats
# A folder of packages that another user made, or can change: root installs nothing from it unless its sum came another way.
# platforms: debian12-bare el7
# shellcheck disable=SC2154,SC2016 # bats sets status and output; what is in single quotes is for the guest's shell

load ../bats/helper

case $PLATFORM in
  el7) folder=packages/el7/x86_64 kind=rpm ;;
  debian12) folder=packages/debian12/amd64 kind=deb ;;
esac

# /root/good: what an honest fetch gives. /root/bad: a package of the right name that leaves /root/TROJAN when it is installed.
setup_file() {
  start_guest director
  on director "useradd mallory; useradd -m alice
    mkdir -p /root/good /root/bad /root/usb && cp /media/usb/*.sh /root/usb && find /repo -name '*.$kind' -exec cp -t /root/good {} + &&
    cd /root/good && sha256sum *.$kind >SHA256SUMS && mv /repo /repo.away && rm -rf /var/cache/dnf /var/lib/apt/lists/* && rm -f /etc/apt/sources.list"
  case $PLATFORM in
    debian12)
      on director 'mkdir -p /root/it/DEBIAN && cd /root && printf "%s\n" "Package: ipvsadm" "Version: 99" "Architecture: all" "Maintainer: -" "Description: -" >it/DEBIAN/control &&
        printf "#!/bin/sh\nid >/root/TROJAN\n" >it/DEBIAN/postinst && chmod 0755 it/DEBIAN/postinst && dpkg-deb -b it bad/ipvsadm_99_all.deb'
      ;;
    el7)
      on director 'cd /root && printf "%s\n" "Name: ipvsadm" "Version: 99" "Release: 1" "Summary: -" "License: -" "BuildArch: noarch" "%description" "-" "%post" "id >/root/TROJAN" "%files" >it.spec &&
        rpmbuild -bb --quiet --define "_rpmdir /root/bad" it.spec && mv bad/noarch/*.rpm bad && rmdir bad/noarch'
      ;;
  esac
  on director "cd /root/bad && sha256sum *.$kind >SHA256SUMS"
}
teardown_file() { stop_guests; }

# place DIRECTORY FROM OWNER: FROM as the folder of packages below DIRECTORY, made by OWNER; the scripts lie there too.
place() {
  on director "mkdir -p $1/$folder && cp /root/usb/*.sh $1/ && cp $2/* $1/$folder/ && chown -R $3: $1/packages"
}

# refused WORD COMMAND…: nothing is installed, the component is named, and the remedies; doctor says so beforehand.
refused() {
  local word=$1 here=$2
  run on director "cd $here && bash doctor.sh"
  assert_equal "$status" 1
  assert_line --regexp '^stop +packages .*another user'
  assert_output --partial "$word"
  run on director "cd $here && bash director.sh --only package"
  assert_equal "$status" 69
  assert_output --partial "$word"
  assert_output --partial '--packages-sum'
  untouched
}

untouched() {
  run on director 'ls /root/TROJAN; command -v ipvsadm'
  assert_output --partial 'cannot access'
  refute_line --regexp '^/'
}

@test 'S2: packages that another user put into /tmp, before root copies the script there' {
  on director "runuser -u mallory -- mkdir -p /tmp/$folder && cp /root/bad/* /tmp/$folder/ && chown -R mallory: /tmp/packages && cp /root/usb/*.sh /tmp"
  refused '/tmp/packages belongs to mallory' /tmp
  on director 'rm -rf /tmp/packages /tmp/*.sh'
}

@test 'S2: any component from / down, and any file, that others may change' {
  place /srv/usb /root/good root
  local harm word
  while IFS='#' read -r harm word; do
    on director "$harm"
    refused "$word" /srv/usb
    on director 'chown -R root: /srv/usb; chmod -R go-w /srv/usb; chown root: /srv; chmod 0755 /srv; find /srv/usb -type l -delete; cp -n /root/good/* /srv/usb/'"$folder"
  done <<END
chown mallory /srv#/srv belongs to mallory
chmod 0775 /srv#/srv may be written to by others
chmod 0777 /srv/usb/packages#/srv/usb/packages may be written to
chmod 1777 /srv/usb/$folder#/srv/usb/$folder may be written to
chown mallory /srv/usb/$folder/SHA256SUMS#SHA256SUMS belongs to mallory
chmod g+w /srv/usb/$folder/\$(ls /srv/usb/$folder | grep ipvsadm)#may be written to by others
cd /srv/usb/$folder; f=\$(ls | grep ipvsadm | head -n 1); mv \$f /srv/away; ln -s /srv/away \$f#is a link
END
}

@test 'S2: a stick counts by its mount, which has to be of root or the caller' {
  on director 'mkdir -p /media/stick && mount -t tmpfs -o uid=$(id -u alice),mode=0755 tmpfs /media/stick'
  place /media/stick /root/good alice
  on director 'chown alice /media/stick/*'
  refused 'belongs to alice' /media/stick
  run on director 'cd /media/stick && SUDO_UID=$(id -u alice) bash doctor.sh'
  assert_line --regexp '^ok +packages .*sums are right'
  on director 'umount /media/stick'
}

@test 'S2: what root made in a sticky directory is trusted' {
  on director 'mkdir /tmp/mine'
  place /tmp/mine /root/good root
  run on director 'cd /tmp/mine && bash doctor.sh'
  assert_line --regexp '^ok +packages .*sums are right'
  on director 'rm -r /tmp/mine'
}

@test 'S2: with the sum that came another way, only the folder that has it is taken' {
  on director "mkdir -p /home/mallory/$folder && cp /root/bad/* /home/mallory/$folder && chown -R mallory: /home/mallory"
  local sum
  sum=$(on director 'sha256sum </root/good/SHA256SUMS')
  run on director "cd /root/usb && bash director.sh --only package --packages /home/mallory/packages --packages-sum ${sum%% *}"
  assert_equal "$status" 69
  assert_output --partial 'is not the one of --packages-sum'
  untouched
  run on director "cd /root/usb && bash director.sh --packages /home/mallory/packages --packages-sum xyz"
  assert_equal "$status" 64
}

@test 'S2: what is looked at is what is used: files swapped all the time, a hundred looks' {
  local sum
  on director "rm -rf /home/mallory/packages && mkdir -p /home/mallory/$folder && cp /root/good/SHA256SUMS /home/mallory/$folder && cp /root/good/*ipvsadm* /home/mallory/a && cp /root/bad/ipvsadm* /home/mallory/b &&
    chown -R mallory: /home/mallory && cd /home/mallory/$folder && grep ipvsadm /root/good/SHA256SUMS >SHA256SUMS"
  sum=$(on director "sha256sum </home/mallory/$folder/SHA256SUMS")
  enter -i -w /root "$(guest director)" bash -s -- "/home/mallory/$folder" "${sum%% *}" <<'END' >"$BATS_TEST_TMPDIR/said"
    set -e
    name=$(cut -c 67- "$1/SHA256SUMS")
    # The program without its last line, which starts it, and a loop in its place.
    {
      printf 'lvsgen_sum=0\n'
      sed '1,/^# ====/d; /^main "\$@"$/d' /root/usb/director.sh
      cat <<'LOOP'
set -Eeuo pipefail
shopt -s extglob
role=director mutating=yes state_dir=/root/state platform=x failure='' carried_folder=$1 packages_sum=$2
case $3 in *.deb) package_manager=apt ;; *) package_manager=yum ;; esac
right=0 wrong=0 refused=0
for ((i = 0; i < 100 && SECONDS < 90; i++)); do
  carried=$carried_folder
  if secure_carried && check_carried; then
    if (cd -- "$carried" && sha256sum -c --status SHA256SUMS); then right=$((right + 1)); else wrong=$((wrong + 1)); fi
  else
    refused=$((refused + 1))
  fi
  drop_scratch
done
printf 'right=%s wrong=%s refused=%s\n' "$right" "$wrong" "$refused"
ls -A /root/state
LOOP
    } >/root/look.sh
    # mallory: the good file, the bad one, a link, a pipe, and nothing, in turn.
    runuser -u mallory -- bash -c 'cd "$1"; mkfifo /home/mallory/p; while :; do
      cp /home/mallory/a .n; mv -f .n "$2"; mv -f "$2" .o; cp /home/mallory/b .n; mv -f .n "$2"; ln -s /etc/shadow .l; mv -f .l "$2"; ln /home/mallory/p .p; mv -f .p "$2"; done' \
      bash "$1" "$name" 2>/dev/null &
    racer=$!
    timeout 300 bash /root/look.sh "$1" "$2" "$name" || :
    kill "$racer" "$(pgrep -P "$racer")" 2>/dev/null || :
END
  run cat "$BATS_TEST_TMPDIR/said"
  assert_output --regexp 'right=[0-9]+ wrong=0 refused=[1-9]'
  refute_line packages
}

@test 'S2: the good folder of another user installs with its sum, from a copy that is gone afterwards' {
  local sum
  sum=$(on director 'sha256sum </root/good/SHA256SUMS')
  on director "rm -rf /home/mallory/packages && mkdir -p /home/mallory/$folder && cp /root/good/* /home/mallory/$folder && chown -R mallory: /home/mallory"
  run on director "cd /root/usb && bash director.sh --only package --packages /home/mallory/packages --packages-sum ${sum%% *}"
  assert_success
  assert_line --regexp '^changed +package ipvsadm'
  run on director 'ls /root/TROJAN /var/lib/lvsgen/kgc/director/packages; find /run /tmp -maxdepth 1 -name "lvsgen-*"'
  refute_line --regexp '^/'
}
