#!/usr/bin/env bats
# fetch-packages.sh on one machine, what it fetched on another that has no repository: as in a site without a network.
# platforms: el7 debian12-bare
# shellcheck disable=SC2154 # bats sets status and output

load helper

case $PLATFORM in
  el7) folder=packages/el7/x86_64 other=debian12 ;;
  debian12) folder=packages/debian12/amd64 other=el7 ;;
esac

setup_file() {
  start_guest connected pc
  start_guest director
  on connected 'cp -r /media/usb /root/usb && rm -f /root/usb/*.md'
  on director 'mkdir /root/usb && cp /media/usb/*.sh /root/usb && mv /repo /repo.away && rm -rf /var/cache/dnf /var/lib/apt/lists/* && rm -f /etc/apt/sources.list'
}
teardown_file() { stop_guests; }

connected() { enter -i -w /root/usb "$(guest connected)" bash -c "$1"; }

# The packages and the machine that fetches them are as they were: nothing is installed, no cache of the system is touched.
machine() { connected 'if command -v dpkg-query >/dev/null; then dpkg-query -W; else rpm -qa | LC_ALL=C sort; fi; find /var/lib/apt /var/cache/apt /tmp -type f 2>/dev/null || :'; }

@test 'it fetches everything that the hosts need, with sums, and changes nothing else' {
  before=$(machine)
  run -0 connected "bash fetch-packages.sh"
  assert_output --partial "$folder"
  assert_equal "$(machine)" "$before"
  run -0 connected "cd $folder && sha256sum -c --quiet --strict SHA256SUMS && ls -A | wc -l && wc -l < SHA256SUMS"
  assert_equal "$((lines[0] - 1))" "${lines[1]}"
  for name in $(connected 'bash fetch-packages.sh --list'); do
    run -0 connected "ls $folder | grep -E '^$name[-_][0-9]'"
  done
}

@test 'once complete it needs no repository' {
  sums=$(connected "sha256sum $folder/SHA256SUMS")
  connected 'mv /repo /repo.away'
  run -0 connected 'bash fetch-packages.sh'
  connected 'mv /repo.away /repo'
  assert_equal "$(connected "sha256sum $folder/SHA256SUMS")" "$sums"
}

@test 'carried to a host without a repository, it is what the host installs from' {
  enter -i "$(guest connected)" tar -C /root/usb -c packages | enter -i "$(guest director)" tar -C /root/usb -x
  run -0 on director 'bash /root/usb/director.sh'
  assert_line --regexp '^changed +package ipvsadm'
  assert_line --regexp '^director lvs1: .* failed=0$'
}

@test 'what was interrupted or damaged is fetched again, what is good is not' {
  connected "cd $folder && rm ipvsadm* && printf x >> \$(ls | grep ^rpcbind)"
  inode=$(connected "cd $folder && stat -c %i \$(ls | grep -E '^nfs-(utils|common)')")
  run -0 connected 'bash fetch-packages.sh'
  run -0 connected "cd $folder && sha256sum -c --quiet --strict SHA256SUMS && ls ipvsadm* rpcbind* | wc -l"
  assert_line 2
  assert_equal "$(connected "cd $folder && stat -c %i \$(ls | grep -E '^nfs-(utils|common)')")" "$inode"
  connected "cd ${folder%/*} && mv ${folder##*/} .${folder##*/}.partial && rm .${folder##*/}.partial/SHA256SUMS"
  run -0 connected 'bash fetch-packages.sh'
  run -0 connected "ls -A ${folder%/*} && cd $folder && sha256sum -c --quiet --strict SHA256SUMS"
  assert_output "${folder##*/}"
}

@test 'what nobody fetched is not deleted' {
  connected "echo mine > $folder/notes.txt"
  run -1 connected 'bash fetch-packages.sh'
  assert_output --partial 'notes.txt'
  run -0 connected "cat $folder/notes.txt; rm $folder/notes.txt"
  assert_output mine
}

@test 'without a repository within reach: 69, and nothing that looks complete' {
  connected 'mv /repo /repo.away'
  run -69 connected 'bash fetch-packages.sh --output /root/other'
  connected 'mv /repo.away /repo'
  assert_output --partial 'cannot be reached'
  run -0 connected 'find /root/other -type f'
  assert_output ''
}

# The repository without a package, for a while.
without() { # NAME COMMAND
  case $PLATFORM in
    el7) connected "cp /etc/dnf/dnf.conf /root/kept && echo 'exclude=$1' >>/etc/dnf/dnf.conf" ;;
    debian12) connected "cp /repo/Packages /root/kept && sed -i 's/^Package: $1\$/&-away/' /repo/Packages" ;;
  esac
  run connected "$2"
  connected 'if [[ -d /etc/dnf ]]; then mv /root/kept /etc/dnf/dnf.conf; else mv /root/kept /repo/Packages; fi'
}

@test 'a package that no repository has is named: 69' {
  without ipvsadm 'bash fetch-packages.sh --output /root/other'
  assert_equal "$status" 69
  assert_output --partial 'no repository of this machine has: ipvsadm'
  run -0 connected 'find /root/other -name SHA256SUMS'
  assert_output ''
}

# (Of the look-alike's packages none depends on another one that is not wanted itself.)
lacking_dependency() {
  without libexpat1 'bash fetch-packages.sh --output /root/other'
  assert_equal "$status" 69
  assert_output --partial 'or lack what the packages depend on'
  assert_output --partial libexpat1
}
[[ $PLATFORM == el7 ]] || bats_test_function --description 'a dependency that no repository has: 69, and what the package manager says of it' -- lacking_dependency

@test 'a disk that is full: 1, with its place' {
  connected 'mkdir -p /root/small && mount -t tmpfs -o size=64k tmpfs /root/small'
  run connected 'bash fetch-packages.sh --output /root/small'
  connected 'umount /root/small'
  assert_equal "$status" 1
  assert_output --partial 'the disk of /root/small/'
}

@test 'another system is refused, and so is a platform that no host has' {
  connected 'cp /etc/os-release /root/os-release && sed -i "s/^VERSION_ID=.*/VERSION_ID=99/" /etc/os-release'
  run -78 connected 'bash fetch-packages.sh'
  connected 'cp /root/os-release /etc/os-release'
  run -64 connected "bash fetch-packages.sh --platform $other"
  run -64 connected 'bash fetch-packages.sh --platform'
  run -64 connected 'bash fetch-packages.sh --arch "../x"'
  run -64 connected 'bash fetch-packages.sh now'
}
