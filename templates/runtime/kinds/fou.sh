# ---- a UDP port that unwraps GUE: ip-fou(8)

kind fou boot

fou_declare() { # PORT gue
  describe fou "$1" "$2"
}

fou_probe() { # PORT
  local line
  have=absent
  while read -r line; do
    [[ "$line " != "port $1 gue "* ]] || have=gue
  done < <(ip fou show 2>/dev/null || :)
}

fou_set() { # PORT STATE
  if [[ $2 == absent ]]; then run ip fou del port "$1"; else run ip fou add port "$1" gue; fi
}
