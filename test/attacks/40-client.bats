#!/usr/bin/env bats
# The client test among servers that mean harm: what it keeps and how long it takes is bounded, whatever they send (S11), and a certificate
# that nobody verified is never passed over in silence (S19). The servers are hostile/server.pl and openssl, on the guest's own addresses.
# platforms: debian12
# shellcheck disable=SC2154 # bats sets status and output

load ../bats/helper

kinds='endless=8001 long=8002 nuls=8003 headers=8004 continue=8005 drip=8006 bomb=8007 redirect=8008 slow=8009 split=8010 lines=8011 terminal=8012 garbage=8013'

# Authorities: one that the description knows, one that it does not; a certificate by each, for www.example.org.
make_certificates() {
  on pc 'mkdir /srv/tls && cd /srv/tls
    for ca in known other; do
      openssl req -x509 -newkey rsa:2048 -nodes -subj "/CN=$ca authority" -days 30 -keyout $ca.key -out $ca.pem
      openssl req -newkey rsa:2048 -nodes -subj /CN=www.example.org -keyout $ca-web.key -out $ca-web.csr
      openssl x509 -req -in $ca-web.csr -CA $ca.pem -CAkey $ca.key -CAcreateserial -days 30 -out $ca-web.pem \
        -extfile <(echo subjectAltName=DNS:www.example.org)
    done
    echo "a page over TLS" >page' >/dev/null 2>&1
}

# The description, by the lvsgen under test: a service for each kind of server, named after it.
build_description() {
  on pc 'cat /srv/tls/known.pem' | node -e '
    const ca = require("fs").readFileSync(0, "utf8");
    const [platform, ...kinds] = process.argv.slice(1);
    const service = (name, port, check) => ({ name, vip: "192.168.80.188", port, check, scheduler: "rr",
      realservers: [{ host: "web1" }, { host: "web2" }] });
    const text = { long: "not there", nuls: "not there", split: "secret", lines: "first\nsecond" };
    const name = "www.example.org";
    const services = kinds.map((one) => one.split("=")).map(([kind, port]) =>
      service(kind, Number(port), { type: "http", ...(text[kind] ? { body: text[kind] } : {}) }));
    services.push(
      service("good", 8443, { type: "https", name, ca, path: "/page" }),
      service("other-name", 8443, { type: "https", name: "db.example.org", ca, path: "/page" }),
      service("no-authority", 8443, { type: "https", name, path: "/page" }),
      service("impostor", 8444, { type: "https", name, ca, path: "/page" }),
      service("by-address", 8443, { type: "https", path: "/page" }),
      service("unverified", 8444, { type: "https", name, verify: false, path: "/page" }),
      { ...service("flood", 8053, { type: "udp" }), protocol: "udp" },
    );
    // Two services cannot have one port: the checks of the further ones name it.
    const seen = new Set();
    for (const [at, one] of services.entries())
      if (seen.has(one.port)) one.vip = `192.168.80.${189 + at}`;
      else seen.add(one.port);
    console.log(JSON.stringify({ version: 1, name: "hostile", defaults: { platform, interface: "ens33" },
      hosts: { lvs1: { address: "192.168.80.10/24" }, web1: { address: "192.168.80.12/24" },
        web2: { address: "192.168.80.13/24" }, pc: { address: "192.168.80.200/24" } },
      directors: ["lvs1"], services, clients: ["pc"] }));' "$PLATFORM" $kinds > "$BATS_FILE_TMPDIR/cluster.json"
  node "$LVSGEN" build "$BATS_FILE_TMPDIR/cluster.json" -o "$BATS_FILE_TMPDIR/out" > "$BATS_FILE_TMPDIR/built" 2>&1
}

setup_file() {
  start_guest pc pc
  make_certificates
  build_description
  docker cp "$BATS_FILE_TMPDIR/out" "$(guest pc):/srv/out"
  docker cp "$BATS_TEST_DIRNAME/hostile/server.pl" "$(guest pc):/srv/server.pl"
  docker exec -d "$(guest pc)" perl /srv/server.pl $kinds caught=8099 flood=8053
  local port
  for port in 8443=known 8444=other; do
    docker exec -d -w /srv/tls "$(guest pc)" openssl s_server -quiet -accept "${port%=*}" -cert "${port#*=}-web.pem" -key "${port#*=}-web.key" -WWW
  done
  on pc 'for n in 12 13 {188..230}; do ip address add 192.168.80.$n/32 dev lo; done
    for port in 8001 8013 8099 8443 8444; do until (exec 3<>/dev/tcp/192.168.80.188/$port) 2>/dev/null; do sleep 0.1; done; done'
}
teardown_file() { stop_guests; }

# The client test with what a run may keep measured all the while: the most, in KiB, is in $kept.
client_test() {
  run on pc "mkdir -p /tmp/work && export TMPDIR=/tmp/work NO_COLOR=1
    (while :; do du -sk /tmp/work 2>/dev/null || :; sleep 0.2; done) >/tmp/sizes 2>/dev/null & watcher=\$!
    timeout 300 bash /srv/out/client-test.sh $*; code=\$?
    kill \$watcher; ls -A /tmp/work >&2; exit \$code"
  kept=$(on pc 'sort -rn /tmp/sizes | head -n 1 | cut -f 1')
}

# Two answers of 16 MiB, the limit of the script for one and its headers, and a little.
assert_bounded() {
  ((kept < 50 * 1024)) || printf '%s\n' "$output" | batslib_decorate "it kept $kept KiB" | fail
  refute_line --partial lvsgen-client-test.
}

cut_off() {
  client_test --service "$1" --requests 2 --timeout 20
  assert_failure 1
  assert_output --partial 'it sends more than 16 MiB: cut off there'
  assert_bounded
}
for kind in endless long nuls; do bats_test_function --description "S11: $kind: an answer without an end is cut off" -- cut_off "$kind"; done

ends() {
  client_test --service "$1" --requests 2 --timeout 2
  assert_failure 1
  assert_line --partial "not ok 1 - $1: 2 requests to"
  assert_bounded
}
for kind in headers continue drip; do bats_test_function --description "S11: $kind: an answer that never begins, or never ends, takes its time and no more" -- ends "$kind"; done

@test "S11: a gzip bomb is not unpacked" {
  client_test --service bomb --requests 2 --timeout 20
  assert_bounded
  ((kept < 5 * 1024))
}

@test "S11: a redirection is not followed" {
  client_test --service redirect --requests 2
  run ! on pc 'test -e /tmp/asked.caught'
}

@test "S11: a server that is slow with every answer gets its share of the run's time" {
  on pc 'rm -f /tmp/asked.slow'
  client_test --service slow --requests 500 --timeout 5 --deadline 20
  assert_failure 1
  assert_output --regexp 'The [0-9]+ s that were for it are over after [0-9]+ of them: the other [0-9]+ were not sent'
  (($(on pc 'wc -l </tmp/asked.slow') < 100))
}

@test "S11: a flood of datagrams, NULs and empty ones, is an answer" {
  client_test --service flood
  assert_line --regexp '^ok 1 - flood: 6 datagrams to .* are not refused'
  assert_output --regexp '[1-6] of 6 were answered'
}

@test "S11: a text is looked for over lines, and not over NULs" {
  client_test --service lines --requests 2
  assert_line --partial 'ok 1 - lines: 2 requests'
  client_test --service split --requests 2
  assert_line --partial 'not ok 1 - split: 2 requests'
}

@test "S16: nothing that a server sends reaches the terminal as it is" {
  local kind
  for kind in terminal garbage; do
    for option in '' --json; do
      client_test --service "$kind" --requests 2 $option
      ! printf '%s' "$output" | LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]'
    done
  done
}

@test "S19: a certificate for the name by the authority is taken" {
  client_test --service good --requests 2
  assert_line --partial 'ok 1 - good: 2 requests to https://www.example.org:8443/page'
  refute_output --partial 'not ok 1'
  refute_output --partial NOT
}

refused() {
  client_test --service "$1" --requests 2
  assert_failure 1
  assert_line --partial "not ok 1 - $1: 2 requests"
  assert_output --partial check.ca
}
for kind in impostor other-name no-authority by-address; do bats_test_function --description "S19: $kind: another certificate is refused" -- refused "$kind"; done

@test "S19: without verification it passes, and every report says so" {
  client_test --service unverified --requests 2
  assert_line --partial 'ok 1 - unverified: 2 requests'
  assert_line --regexp 'ok 1 - .*certificate NOT verified'
  client_test --service unverified --requests 2 --quiet
  assert_output --partial 'the certificate is NOT verified (check.verify is false)'
  client_test --service unverified --requests 2 --json
  assert_line --regexp '^\{"event":"warning","message":"[^"]*the certificate is NOT verified'
  run on pc 'grep -A 3 "not.* verify the certificate" /srv/out/RUNBOOK.md; cat -- /dev/null'
  assert_output --partial '- unverified'
  grep -q CERTIFICATE_NOT_VERIFIED "$BATS_FILE_TMPDIR/built"
  grep -q CERTIFICATE_OF_ADDRESS "$BATS_FILE_TMPDIR/built"
}
