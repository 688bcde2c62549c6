# ---- where the default route leads, which verify proves

kind gateway expected

gateway_declare() { # ADDRESS, or `not` ADDRESS: the default route leads there, or must not
  if [[ $1 == not ]]; then
    describe gateway "not $2" "not $2"
  else
    describe gateway "$1" "$1"
  fi
}

gateway_probe() {
  local line family
  load_routes
  family_of "${1#not }"
  line=${route_of["$family default"]:-}
  have=none
  [[ $line != *' via '* ]] || { have=${line#* via } && have=${have%% *}; }
}

gateway_same() {
  if [[ $state == 'not '* ]]; then [[ $have != "${state#not }" ]]; else [[ $have == "$state" ]]; fi
}
