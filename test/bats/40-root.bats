#!/usr/bin/env bats
# --root DIR: the files alone, into an image; the running system is not touched.
# platforms: el7 debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest director
  start_guest realserver
  for role in director realserver; do
    on "$role" 'mkdir -p /image/etc /srv && cp -a /etc/. /image/etc/ && chmod 700 /image'
    snapshot "$role" before
  done
}
teardown_file() { stop_guests; }

root_apply() {
  run -0 script "$1" apply --root /image --host "$(host_of "$1")"
  assert_output --regexp 'changed=[1-9][0-9]* failed=0'
  run -0 script "$1" apply --root /image --host "$(host_of "$1")"
  assert_count changed 0
  run -0 script "$1" check --root /image --host "$(host_of "$1")"
}

root_files() {
  local host artifact path compared=0
  host=$(host_of "$1")
  while IFS= read -r artifact; do
    path=/image$(printf '%b' "${artifact//%/\\x}")
    case $path in
      /image/var/www/*) continue ;;
    esac
    on "$1" cmp "files/$host$artifact" "$path"
    compared=$((compared + 1))
  done < <(cd "$BUNDLE/files/$host" && find . -type f | sed 's/^\.//')
  ((compared > 0))
}

root_only() {
  snapshot "$1" after
  same_state "$1" before after
}

for role in director realserver; do
  bats_test_function --description "$role: writes into the image, once" -- root_apply "$role"
  bats_test_function --description "$role: the files are those of the bundle" -- root_files "$role"
  bats_test_function --description "$role: nothing outside the image changed" -- root_only "$role"
done

@test "another host's files can be written from here" {
  on director 'mkdir -p /image2/etc'
  run -0 on director 'bash realserver.sh apply --root /image2 --host web2 2>&1'
  refute_output --partial 'internal error'
  run -0 on director 'find /image2 -name "*lvsgen*realserver*"'
  assert_output
  snapshot director after
  same_state director before after
}

@test "rollback in the image takes it back" {
  run -0 script director rollback --root /image --host lvs1
  run -0 on director 'diff -r --no-dereference /etc /image/etc'
}

@test "a symbolic link in the image does not lead out of it" {
  on director 'mkdir -p /image3/etc /outside && ln -s /outside /image3/etc/sysctl.d'
  run script director apply --root /image3 --host lvs1
  run on director 'ls -A /outside'
  assert_output ''
}

# Whatever the role, from the guest of the director.
below() { # ROLE HOST WORDS
  enter -w /media/usb "$(guest director)" bash "$1.sh" "${@:3}" --root /image4 --host "$2"
}

# Images with a line of their own for the same mount point, or an export of the same directory to the same client, got both: the older mount
# wins (NethServer/dev#5086, retronas/retronas#104), and the NFS server does not start (hashicorp/vagrant#4666, amefs/quickbox-lite#67).
in_image() { # ROLE HOST FILE TEXT WORDS
  local command
  on director "rm -rf /image4 /image5; mkdir -p '/image4${3%/*}' && printf '$4' > '/image4$3' && chmod 640 '/image4$3' && touch -d '2021-02-03 04:05:06.7' '/image4$3' && cp -a /image4 /image5"
  for command in check apply; do
    run -69 below "$1" "$2" "$command"
    assert_output --partial "$5"
  done
  run -0 on director 'diff -r --exclude=lvsgen /image5 /image4'
  run -2 below "$1" "$2" check --adopt
  assert_output --partial 'taken over: '
  run -0 below "$1" "$2" apply --adopt
  run -0 below "$1" "$2" apply
  assert_count changed 0
  run -0 on director "cat /image4$3"
  refute_output --partial by-hand
  run -0 below "$1" "$2" uninstall
  run -0 on director "diff /image5$3 /image4$3 && stat -c '%a %y' /image4$3"
  assert_output --partial '640 2021-02-03 04:05:06.7'
}
bats_test_function --description "an image's own line of fstab for the same mount point is refused, taken over, and given back" -- in_image realserver web1 /etc/fstab \
  'proc /proc proc defaults 0 0\nby-hand:/srv /var/www/html/ nfs rw 0 0\n' 'block /etc/fstab  (it mounts something at /var/www/html already, in line 2: by-hand:/srv'
bats_test_function --description "an image's own export of the same directory to the same client likewise" -- in_image nfs web2 /etc/exports \
  '# of the image\n/opt/kgc 192.168.80.0/24(ro,fsid=77) # by-hand\n' '/etc/exports:2: /opt/kgc 192.168.80.0/24(ro,fsid=77)'
bats_test_function --description "an image's own later file of sysctl.d likewise" -- in_image realserver web1 /etc/sysctl.d/zz-image.conf \
  'net.ipv4.conf.all.arp_ignore =  0 \n# x\n-net.ipv4.conf.lo.arp_announce=0\n' '/etc/sysctl.d/zz-image.conf:1 sets net.ipv4.conf.all.arp_ignore to 0'

# What a hand puts in the place of a file that was away as a whole has other rights.
in_its_place() {
  local file=/image4/etc/sysconfig/network-scripts/ifcfg-ens33:9
  on director "rm -rf /image4; mkdir -p ${file%/*}; cp /etc/sysconfig/network-scripts/ifcfg-ens33 ${file%/*}; printf 'DEVICE=ens33:9\nIPADDR=192.168.80.188\nPREFIX=32\n' > $file; chmod 640 $file; touch -d '2021-02-03 04:05:06.7' $file; cp -a $file /root/away"
  run -0 below director lvs1 apply --adopt
  on director "[[ ! -e $file ]] && printf 'of a hand\n' > $file && chmod 600 $file"
  run -0 below director lvs1 uninstall
  run -0 on director "diff /root/away $file && stat -c '%a %y' $file"
  assert_output --partial '640 2021-02-03 04:05:06.7'
  run -0 on director 'cat /image4/var/lib/lvsgen/kept-by-hand/*'
  assert_output 'of a hand'
}
[[ $PLATFORM != el7 ]] || bats_test_function --description "a file that was away as a whole comes back with its rights, whatever a hand has put in its place" -- in_its_place

# A process of its own for each, every time, would make an apply with nothing to do slow.
@test "many files of others that are looked at cost one more process" {
  local few
  stats() { on director "cd /media/usb; bash -x nfs.sh check --root /image4 --host web2 2>&1 | grep -c '[+] stat --printf'"; }
  on director "rm -rf /image4; mkdir -p /image4/etc"
  run -0 below nfs web2 apply
  few=$(stats)
  on director "for n in 1 2 3 4 5 6; do echo '/srv/\$n *(ro)' > /image4/etc/exports.d/site-\$n.exports; done"
  run -0 below nfs web2 apply
  assert_count changed 0
  run stats
  ((output <= few + 1)) || fail "$few before, and now $output"
}

without_ifupdown() {
  on director 'rm -rf /image4; mkdir -p /image4/etc'
  run -0 below director lvs1 apply
  assert_output --partial 'below /image4 there is no ifup (package ifupdown)'
}
[[ $PLATFORM != debian12 ]] || bats_test_function --description 'an image without ifupdown: that nobody reads its files is said' -- without_ifupdown
