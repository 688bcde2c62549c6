#!/usr/bin/env bats
# A package that there is nowhere, in one description and no longer in the next: what the journal names is not what is described.
# platforms: debian12
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup_file() {
  start_guest director lvs1 -- --volume "$LVSGEN_BUNDLES/unknown-package:/media/slip:ro"
}
teardown_file() { stop_guests; }

@test "a package that was described by mistake is not asked for again once it is taken out" {
  run -69 on director 'bash /media/slip/director.sh apply'
  assert_output --partial lvsgen-there-is-no-such-package
  run -0 script director apply
  refute_output --partial lvsgen-there-is-no-such-package
  run -0 script director check
  run -0 script director uninstall --drain 0
}
