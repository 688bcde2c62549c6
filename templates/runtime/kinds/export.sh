# ---- exports, live; the file in /etc/exports.d makes them last

kind export boot look stale=export

export_declare() { # CLIENT PATH OPTIONS
  describe export "$1 $2" "$3"
}

export_probe() { # `CLIENT PATH`
  load_exports
  have=${export_of[$1]:-absent}
}

# exportfs adds the options that hold by default; those described have to be among them.
export_same() {
  local option
  local -a words=()
  [[ $have != absent ]] || return 1
  split_words "${state//,/ }"
  for option in ${words[@]+"${words[@]}"}; do
    [[ ",$have," == *",$option,"* ]] || return 1
  done
}

export_set() { # `CLIENT PATH` STATE
  local client=${1%% *} path=${1#* }
  [[ $client != *:* ]] || client="[$client]"
  # Alone (-i): without that, exportfs puts everything that files say into force along with it.
  if [[ $2 == absent ]]; then
    run exportfs -u "$client:$path"
  else
    run exportfs -i -o "$2" "$client:$path"
  fi
}
