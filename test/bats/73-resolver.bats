#!/usr/bin/env bats
# A carried folder is the package manager's to resolve: by the rules of the host, from what was checked and from nowhere else.
# platforms: el7 debian12-bare
# shellcheck disable=SC2154 # bats sets status and output

load helper

case $PLATFORM in
  el7) folder=packages/el7/x86_64 kind=rpm ;;
  debian12) folder=packages/debian12/amd64 kind=deb ;;
esac
sums="sha256sum *.$kind > SHA256SUMS"

# The host's own repository stays configured and is away: whoever asked it would fail.
setup_file() {
  start_guest host web1
  on host "mkdir -p /root/good /root/build /root/usb && cp /media/usb/*.sh /root/usb && find /repo -name '*.$kind' -exec cp -t /root/good {} + &&
    mv /repo /repo.away && rm -rf /var/cache/dnf /var/lib/apt/lists/*"
  installed >"$BATS_FILE_TMPDIR/installed"
}
teardown_file() { stop_guests; }

setup() { stick "rm -rf packages && mkdir -p ${folder%/*} && cp -a /root/good $folder && cd $folder && $sums"; }

# What a test installed goes with it.
teardown() {
  local -a more
  mapfile -t more < <(comm -13 "$BATS_FILE_TMPDIR/installed" <(installed))
  ((${#more[@]} == 0)) || on host "rpm -e --nodeps ${more[*]} 2>/dev/null || dpkg --purge --force-all ${more[*]}" >/dev/null 2>&1
}

stick() { docker exec -i -w /root/usb "$(guest host)" bash -c "$1"; }
installed() { on host 'if command -v dpkg-query >/dev/null; then dpkg-query -W -f "\${Package}\n"; else rpm -qa --qf "%{NAME}\n"; fi' | LC_ALL=C sort; }

@test 'doctor.sh tries the folder and leaves no trace' {
  stick 'touch /root/mark'
  run stick 'bash doctor.sh --host web2'
  assert_line --regexp '^ok +packages .*sums are right'
  run -0 stick 'find /etc /var /tmp -xdev -newer /root/mark -type f ! -path "/var/lib/rpm/*" ! -path "/var/log/journal/*"'
  assert_output ''
}

@test 'a directory for temporary files whose name no repository can have is said' {
  stick 'mkdir -p "/root/t m p"'
  run stick 'TMPDIR="/root/t m p" bash doctor.sh'
  assert_line --regexp '^stop +packages .*a blank or a sign'
}

# An rpm in the folder, of these lines of its head and with this file; the sums are made anew.
carry_rpm() { # LINES FILE
  stick "cd /root/build && rm -rf ./* && printf '%s\n' '$1' 'Release: 1' 'Summary: -' 'License: -' 'BuildArch: noarch' 'AutoReqProv: no' '%description' '-' '%install' \
    'mkdir -p %{buildroot}${2%/*}; echo it >%{buildroot}$2' '%files' '$2' >it.spec && rpmbuild -bb --quiet --define '_rpmdir /root/build' it.spec 2>/dev/null &&
    mv noarch/*.rpm /root/usb/$folder && cd /root/usb/$folder && $sums"
}

# Files, alternatives, names that XML has to escape, and packages of modules.
every_dependency() {
  stick "rm $folder/httpd*"
  carry_rpm $'Name: stuff\nEpoch: 2\nVersion: 1.5\nModularityLabel: stuff:1:2:3\nProvides: odd(<&>)' /usr/share/stuff/data
  carry_rpm $'Name: httpd\nVersion: 99\nRequires: /usr/share/stuff/data\nRequires: (nowhere or stuff)\nRequires: odd(<&>)' /usr/share/httpd99
  run -0 stick 'bash realserver.sh --only package'
  run -0 stick 'rpm -q httpd stuff'
}

# Of several the one that fits is taken: by epoch, by what is too new, and by what is in conflict.
every_version() {
  local version
  stick "rm $folder/httpd*"
  for version in $'Epoch: 1\nVersion: 9' $'Epoch: 2\nVersion: 1.4' $'Epoch: 2\nVersion: 1.5' $'Epoch: 2\nVersion: 1.6'; do
    carry_rpm $'Name: stuff\n'"$version" /usr/share/stuff/data
  done
  carry_rpm $'Name: httpd\nVersion: 99\nRequires: stuff < 2:1.6, stuff > 1:9.9\nConflicts: stuff = 2:1.5' /usr/share/httpd99
  run -0 stick 'bash realserver.sh --only package'
  run -0 stick 'rpm -q stuff'
  assert_output stuff-1.4-1.noarch
}

host_rules() { # LINE of yum.conf WORD that the refusal says
  stick "cp /etc/dnf/dnf.conf /root/dnf.conf && echo '$1' >>/etc/dnf/dnf.conf"
  run stick 'bash realserver.sh --only package'
  stick 'mv /root/dnf.conf /etc/dnf/dnf.conf'
  assert_equal "$status" 69
  assert_output --partial 'finds no way to install'
  assert_output --partial "$2"
  assert_equal "$(installed)" "$(cat "$BATS_FILE_TMPDIR/installed")"
}

not_root() {
  stick 'chmod 0755 /root'
  run stick 'setpriv --reuid=65534 --regid=65534 --clear-groups bash doctor.sh --host web1'
  stick 'chmod 0700 /root'
  assert_line --regexp '^ok +packages .*sums are right'
  assert_line --regexp '^skip +packages .*only root may ask yum'
}

if [[ $kind == rpm ]]; then
  bats_test_function --description 'files, alternatives, odd names and modules are met from the folder' -- every_dependency
  bats_test_function --description 'of several versions the one that fits is taken' -- every_version
  bats_test_function --description 'signatures are asked for where the host wants them of files' -- host_rules 'localpkg_gpgcheck = 1' signed
  bats_test_function --description 'a package that the host excludes stays out' -- host_rules 'exclude=ht*' httpd
  bats_test_function --description 'doctor.sh without root checks the sums, and says what it cannot ask' -- not_root
fi
