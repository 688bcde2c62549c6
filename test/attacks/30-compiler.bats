#!/usr/bin/env bats
# The compiler in a tree that somebody else has prepared: planted manifests and links in the output (S10), an altered code cache (S12),
# programs in the current directory (S13), descriptions made to keep it busy (S18). LVSGEN is the program.
# platforms: none
# shellcheck disable=SC2154 # bats sets status and output

load ../bats/helper

setup() {
  cd "$BATS_TEST_TMPDIR" || exit
  cp "$top/examples/kgc.json" cluster.json
}

lvsgen() { node "$LVSGEN" "$@"; }
sum_of() { sha256sum < "$1" | cut -d' ' -f1; }

# plant_manifest PATH…: a manifest of lvsgen's format in `repo` that lists these files with their true sums.
plant_manifest() {
  local path list=()
  for path; do list+=("{\"path\":\"$path\",\"sha256\":\"$(sum_of "repo/$path")\",\"mode\":\"0644\"}"); done
  local IFS=,
  printf '{"generator":"lvsgen","format":1,"files":[%s]}' "${list[*]}" > repo/manifest.json
}

make_repository() {
  mkdir -p repo/.git repo/src
  printf '[core]\n' > repo/.git/config
  printf 'a\n' > repo/src/a.txt
  printf 'mine\n' > repo/precious
  cp -r repo before
}

assert_untouched() { run -0 diff -r before repo --exclude manifest.json "$@"; }

@test "S10: a planted manifest removes nothing that no build makes, and is named" {
  make_repository
  plant_manifest precious src/a.txt .git/config
  run -73 --separate-stderr lvsgen build -o repo
  assert_equal "$(grep -c 'repo/manifest.json: error: is not a manifest of lvsgen, which never writes "precious"' <<< "$stderr")" 1
  assert_untouched
}

@test "S10: with --force, a planted manifest still removes nothing" {
  make_repository
  plant_manifest .git/config precious src/a.txt
  run -0 lvsgen build -o repo --force
  [[ -x repo/director.sh ]]
  for path in .git/config src/a.txt precious; do run -0 cmp "before/$path" "repo/$path"; done
}

@test "S10: ways out of the directory, other cases and trees without a host are no paths of a build" {
  for path in ../precious /etc/hostname files/../../precious 'files/lvs1/../../../precious' Director.sh files/x hosts director.sh/x 'files\\..\\x' files/lvs1/ 'files//x'; do
    rm -rf repo precious
    mkdir repo
    printf 'mine\n' > precious
    printf '{"generator":"lvsgen","format":1,"files":[{"path":"%s","sha256":"%s"}]}' "$path" "$(sum_of precious)" > repo/manifest.json
    run -73 lvsgen build -o repo
    assert_equal "$path $(cat precious)" "$path mine"
  done
}

@test "S10: a manifest without sums, or with another one, has no file removed that a build could have made" {
  for entry in '{"path":"nfs.sh"}' "{\"path\":\"nfs.sh\",\"sha256\":\"$(sum_of /dev/null)\"}"; do
    rm -rf repo
    mkdir repo
    printf 'mine\n' > repo/nfs.sh
    printf '{"generator":"lvsgen","format":1,"files":[%s]}' "$entry" > repo/manifest.json
    node -e 'const c = JSON.parse(process.argv[1]); c.nfs = undefined; console.log(JSON.stringify(c))' "$(small_description)" > small.json
    run -73 lvsgen build small.json -o repo
    assert_equal "$(cat repo/nfs.sh)" mine
  done
}

small_description() {
  printf '%s' '{"version":1,"name":"small","defaults":{"platform":"debian12","interface":"eth0"},"hosts":{"lvs1":{"address":"10.0.0.1/24"},"web1":{"address":"10.0.0.11/24"},"web2":{"address":"10.0.0.12/24"}},"directors":["lvs1"],"services":[{"name":"web","vip":"10.0.0.100","port":80,"realservers":[{"host":"web1"},{"host":"web2"}]}]}'
}

@test "S10: what a hand changed in the output stops the build, with nothing half done" {
  lvsgen build --quiet
  echo notes >> out/nfs.sh
  cp -r out before
  small_description > small.json
  run -73 --separate-stderr lvsgen build small.json
  assert_equal "$(grep -c '^out/nfs.sh: error: was changed since lvsgen wrote it' <<< "$stderr")" 1
  run -0 diff -r before out
  run -1 --separate-stderr lvsgen build small.json --check
  assert_equal "$(grep -c '^out/nfs.sh: error: was changed' <<< "$stderr")" 1
  run -0 lvsgen build small.json --force
  [[ ! -e out/nfs.sh ]]
}

@test "S10: links in the output lead nowhere" {
  lvsgen build --quiet
  mkdir elsewhere
  cp -r out/files/lvs1/etc elsewhere/
  cp -r elsewhere before
  rm -rf out/files/lvs1
  ln -s "$PWD/elsewhere" out/files/lvs1
  run -73 lvsgen build
  run -73 lvsgen build --force
  small_description > small.json
  run lvsgen build small.json --force
  run -0 diff -r before elsewhere
}

@test "S10: devices and pipes in the place of the manifest or a script do not hang a build" {
  for name in manifest.json director.sh SHA256SUMS; do
    rm -rf repo
    mkdir repo
    mkfifo "repo/$name"
    run -73 timeout 60 node "$LVSGEN" build -o repo
  done
}

@test "S12: bytes of the code cache that the build did not make are not run, damaged ones crash nothing" {
  cp -r "${LVSGEN%/*}" dist
  sed -i 's/compare without writing/COMPROMISED by somebody/g' dist/lvsgen.cache
  run -0 node dist/start.cjs build --help
  assert_output --partial 'compare without writing'
  refute_output --partial COMPROMISED

  for step in 9973 5000 997; do
    node -e '
      const fs = require("fs"); const [from, to, step] = process.argv.slice(1);
      const bytes = fs.readFileSync(from);
      for (let at = 400; at < bytes.length - 100; at += Number(step)) bytes[at] ^= 255;
      fs.writeFileSync(to, bytes)' "${LVSGEN%/*}/lvsgen.cache" dist/lvsgen.cache "$step"
    run -0 node dist/start.cjs build --quiet
  done
}

@test "S13: lint runs no program of the current directory" {
  lvsgen build --quiet
  mkdir -p node_modules/.bin node_modules/shellcheck/bin none installed/node_modules/lvsgen
  cp -r "${LVSGEN%/*}" installed/node_modules/lvsgen/dist
  for name in shellcheck npx node_modules/.bin/shellcheck; do
    printf '#!/bin/sh\n: >"%s/ran"\necho ShellCheck\n' "$PWD" > "$name"
    chmod +x "$name"
  done
  cp -r out installed/
  mkdir tree
  mv out shellcheck npx node_modules tree/
  local node
  node=$(command -v node)
  cd tree || exit
  for path in "$PWD/../none" ":$PWD/../none" ".:$PWD/../none" "node_modules/.bin:$PWD/../none"; do
    PATH=$path NODE_PATH=node_modules run -69 "$node" ../installed/node_modules/lvsgen/dist/start.cjs lint out
    [[ ! -e ../ran ]]
  done
}

# work_of KIND COUNT: the steps that `validate` takes for a description with so many faults of this kind.
work_of() {
  rm -f work
  node "$BATS_TEST_DIRNAME/faulty.mjs" "$1" "$2" > "faulty.${3:-json}"
  WORK=$PWD/work node --require "$BATS_TEST_DIRNAME/count-work.cjs" "$LVSGEN" validate "faulty.${3:-json}" > /dev/null 2>&1 || true
  cat work
}

# Three times the faults are at most four times the steps: what takes the square takes nine times as many.
assert_linear() {
  local kind less more
  for kind; do
    less=$(work_of "$kind" 2000 "${extension:-json}")
    more=$(work_of "$kind" 6000 "${extension:-json}")
    ((more < less * 4)) || fail "$kind: $less steps for 2,000 and $more for 6,000"
  done
}

@test "S18: validate is linear in what is wrong with keys, types and values" {
  assert_linear unknownKeys unknownHostKeys misspeltKeys wrongTypes wrongHosts notOneOf outOfRange badAddresses missingKeys duplicateKeys
}

@test "S18: validate is linear in names that are unknown or stand twice" {
  assert_linear unknownHosts unknownHostsAmongMany unknownExports duplicateNames duplicateServices duplicateAddresses duplicateRealServers
}

@test "S18: validate is linear in what does not fit together" {
  assert_linear vipsOutside vipsAmongHosts hiddenMounts nestedExports
}

@test "S18: validate is linear in YAML too" {
  extension=yaml assert_linear yamlUnknownKeys yamlDuplicateKeys yamlAliases yamlUnresolvedAliases
}

@test "S18: aliases that multiply are refused before they are written out" {
  local most work
  # A thousand written out; then three times the levels, which would be ten to the power of that written out.
  most=$(work_of yamlBomb 0 yaml)
  for levels in 4 20 60; do
    work=$(work_of yamlBomb "$levels" yaml)
    ((work < 4 * most)) || fail "$levels levels: $work steps"
    run -1 lvsgen validate faulty.yaml
    assert_output --partial 'UNSUPPORTED_YAML'
    most=$work
  done
}
