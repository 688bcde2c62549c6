#!/usr/bin/env bats
# A script that did not arrive as it was written does nothing.
# platforms: el7
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest director
  on director 'cp director.sh /root/good.sh'
  snapshot director before
}
teardown_file() { stop_guests; }

# After the line of bash, which makes /root/bad.sh from /root/good.sh, no command does anything.
altered() {
  on director "cd /root; $1"
  for command in apply check rollback; do
    run on director "bash /root/bad.sh $command"
    ((status != 0)) || fail "exit code 0 for $command"
  done
  on director 'rm -f /root/bad.sh'
  snapshot director after
  same_state director before after
}

for part in 1/100 1/4 1/2 3/4 99/100; do
  bats_test_function --description "cut short at $part" -- altered "head -c \$((\$(wc -c < good.sh) * $part)) good.sh > bad.sh"
done
bats_test_function --description "without its last byte" -- altered 'head -c -1 good.sh > bad.sh'
bats_test_function --description "without its last line" -- altered 'head -n -1 good.sh > bad.sh'
bats_test_function --description "with something after its end" -- altered '{ cat good.sh; echo "# more"; } > bad.sh'
bats_test_function --description "with CRLF" -- altered "sed 's/\$/\r/' good.sh > bad.sh"
bats_test_function --description "with tabs made spaces" -- altered "sed 's/  /\t/' good.sh > bad.sh"
bats_test_function --description "with one address changed by hand" -- altered 's=$(cat good.sh; echo x); s=${s%x}; printf "%s" "${s//192.168.80.12:80/192.168.80.99:80}" > bad.sh'
bats_test_function --description "empty" -- altered ': > bad.sh; echo "exit 3" >> bad.sh'

# Anywhere behind the preamble: the seed is fixed, so that a failure comes back.
for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
  bats_test_function --description "one byte flipped, place $number" -- altered \
    "perl -e 'local \$/; srand $number; \$_ = <>; my \$start = index(\$_, qq(\n# ====)); my \$at = \$start + 101 + int rand(length(\$_) - \$start - 102); substr(\$_, \$at, 1) ^= chr(1 + int rand 7); print' good.sh > bad.sh; ! cmp -s good.sh bad.sh"
done

@test "from a pipe it says that it must be a file" {
  run enter -i "$(guest director)" bash < "$BUNDLE/director.sh"
  ((status != 0))
  assert_output
  snapshot director after
  same_state director before after
}

@test "the sums beside it agree" {
  run -0 on director 'sha256sum -c --quiet SHA256SUMS'
}
