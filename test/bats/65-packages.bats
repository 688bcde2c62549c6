#!/usr/bin/env bats
# A host without a network: packages come from the carried folder alone, and only if everything in it is as it was fetched.
# platforms: el7 debian12-bare
# shellcheck disable=SC2154 # bats sets status and output

load helper

case $PLATFORM in
  el7) folder=packages/el7/x86_64 kind=rpm web=httpd ;;
  debian12) folder=packages/debian12/amd64 kind=deb web=apache2 ;;
esac
sums="sha256sum *.$kind > SHA256SUMS"

# The scripts on a writable "stick" with a folder of packages beside them. The host's own repository stays configured and is away: whoever
# asked it would fail.
setup_file() {
  local name
  for name in refusing installing; do
    start_guest "$name" web1
    on "$name" "mkdir -p /root/usb/$folder && cp /media/usb/*.sh /root/usb && find /repo -name '*.$kind' -exec cp -t /root/usb/$folder {} + &&
      cd /root/usb/$folder && $sums && cp -a . /root/good && mkdir /root/build &&
      mv /repo /repo.away && rm -rf /var/cache/dnf /var/lib/apt/lists/*"
  done
}
teardown_file() { stop_guests; }

# On the stick, in the guest that refuses unless $host says another; restore_folder makes it good again.
stick() { enter -i -w /root/usb "$(guest "${host:-refusing}")" bash -c "$1"; }
restore_folder() { stick "rm -rf packages && mkdir -p ${folder%/*} && cp -a /root/good $folder"; }
installed() { stick 'if command -v dpkg-query >/dev/null; then dpkg-query -W; else rpm -qa; fi | LC_ALL=C sort'; }

# refuses OPTIONS WORD…: apply ends with 69, says these words, and leaves the host as it is.
refuses() {
  local options=$1 word before
  shift
  before=$(installed)
  snapshot refusing before --without own
  run -69 stick "bash realserver.sh $options"
  for word; do assert_output --partial "$word"; done
  assert_output --regexp "${refusal_ends:-nothing was changed: mend the cause}"
  assert_equal "$(installed)" "$before"
  snapshot refusing after --without own
  same_state refusing before after
  run -0 stick "find /tmp /run -maxdepth 1 -name 'lvsgen-*'"
  assert_output ''
}

# With the folder made wrong by a line of bash.
damaged() {
  restore_folder
  stick "cd $folder && $1"
  refuses '' 'Nothing was installed.' "${@:2}"
}

bats_test_function --description 'an empty folder' -- damaged 'rm -f ./*' 'folder of packages is empty'
bats_test_function --description 'packages without sums' -- damaged 'rm SHA256SUMS' 'no SHA256SUMS'
bats_test_function --description 'a changed package' -- damaged 'printf x >> "$(ls | grep ^rpcbind)"' 'changed or unreadable: rpcbind'
bats_test_function --description 'a package that is cut short' -- damaged 'truncate -s 100 "$(ls | grep ^rpcbind)"' 'changed or unreadable: rpcbind'
bats_test_function --description 'a package that was not copied' -- damaged 'rm rpcbind*' 'missing: rpcbind'
bats_test_function --description 'files that nobody vouches for' -- damaged "cp rpcbind* evil.$kind; : > .hidden" 'not in SHA256SUMS' "evil.$kind" .hidden
bats_test_function --description 'sums that were altered on the way' -- damaged 'sed -i "s/\$/\r/" SHA256SUMS' 'line 1 of'
bats_test_function --description 'sums of no package' -- damaged 'rm -f ./*; : > SHA256SUMS' 'lists none'
bats_test_function --description 'no such package in it' -- damaged "rm ${web}[-_][0-9]*; $sums" 'are not enough' "$web"

# An rpm or deb of this name and version that needs something, in /root/build.
make_package() { # NAME VERSION NEED
  stick "cd /root/build && rm -rf ./*"
  case $kind in
    rpm)
      stick "cd /root/build && printf '%s\n' 'Name: $1' 'Version: $2' 'Release: 1' 'Summary: -' 'License: -' 'BuildArch: noarch' \
        '${3:+Requires: }$3' '%description' '-' '%files' > it.spec && rpmbuild -bb --quiet --define '_rpmdir /root/build' it.spec && mv noarch/*.rpm ."
      ;;
    deb)
      stick "cd /root/build && mkdir -p it/DEBIAN && printf '%s\n' 'Package: $1' 'Version: $2' 'Architecture: all' 'Maintainer: -' 'Description: -' \
        ${3:+'Depends: $3'} > it/DEBIAN/control && dpkg-deb -b it $1_$2_all.deb"
      ;;
  esac
}

@test 'a dependency that is not in it' {
  restore_folder
  make_package rpcbind 99 "$([[ $kind == rpm ]] && printf 'libtirpc >= 0.2.4' || printf 'libtirpc9 (>= 0.2.4)')"
  stick "cd $folder && rm rpcbind* && cp /root/build/rpcbind* . && $sums"
  refuses '' 'Nothing was installed.' 'finds no way to install' libtirpc rpcbind
}

@test 'neither a folder nor a repository: the list and the two ways out' {
  stick 'rm -rf packages'
  # Nothing says beforehand what a repository will answer.
  refusal_ends='generation 0001 holds how it was before'
  refuses '' "$web" 'Two ways out' 'fetch-packages.sh' 'a local repository'
}

@test 'a folder that --packages names has to be one' {
  restore_folder
  stick 'rm -rf /root/build/*'
  refusal_ends='generation 0001 holds how it was before'
  refuses '--packages /root/build' 'folder of packages is empty'
  run -64 stick 'bash realserver.sh --packages /nowhere'
}

@test 'what a folder has newer stays there unless something needs it; what needs it brings it along' {
  restore_folder
  make_package bystander 1 ''
  stick "cd /root/build && { dpkg -i ./*.deb || rpm -i ./*.rpm; } >/dev/null 2>&1"
  make_package needed 1 ''
  stick "cd /root/build && { dpkg -i ./*.deb || rpm -i ./*.rpm; } >/dev/null 2>&1"
  make_package bystander 2 ''
  stick "cp /root/build/bystander* $folder"
  make_package needed 2 ''
  stick "cp /root/build/needed* $folder"
  make_package rpcbind 99 "$([[ $kind == rpm ]] && printf 'needed >= 2' || printf 'needed (>= 2)')"
  stick "cd $folder && rm rpcbind* && cp /root/build/rpcbind* . && $sums"
  run stick "bash realserver.sh --only package"
  assert_success
  assert_line --regexp '^changed +package'
  run stick 'dpkg-query -W bystander needed rpcbind keepalived ipvsadm 2>/dev/null || rpm -q bystander needed rpcbind ipvsadm'
  assert_output --regexp 'bystander[[:space:]-]+1'
  assert_output --regexp 'needed[[:space:]-]+2'
  assert_output --regexp 'rpcbind[[:space:]-]+99'
  refute_output --regexp 'ipvsadm[[:space:]-]+1'
}

@test 'the folder installs what the role needs, by a path relative to here; a second apply leaves everything alone' {
  local host=installing
  stick 'mv packages carried'
  run -0 stick 'bash realserver.sh --packages carried'
  assert_line --regexp '^changed +package '
  assert_line --regexp '^realserver web1: .* failed=0$'
  run -0 stick 'bash realserver.sh'
  assert_line --regexp '^realserver web1: .* changed=0 failed=0$'
}

@test 'another role finds what is there already, and gets the rest from the folder itself' {
  local host=installing
  run -0 stick "bash nfs.sh --host web2 --packages carried/${folder#packages/} --only package"
  assert_line --regexp '^nfs web2: .* failed=0$'
}

# (rpm leaves nothing unpacked behind.)
interrupted() {
  local host=installing
  stick 'dpkg --purge --force-all ipvsadm libnl-genl-3-200 >/dev/null 2>&1; dpkg --unpack carried/*/*/ipvsadm_*.deb'
  run -0 stick 'bash director.sh --host lvs1 --packages carried --only package'
  assert_line --regexp '^changed +package ipvsadm'
  run -0 stick 'dpkg --audit'
  assert_output ''
}
[[ $kind != deb ]] || bats_test_function --description 'a transaction that was interrupted is finished' -- interrupted
