# ---- this script itself, kept on the host for what asks it on a schedule ----------------------------------------
#
# It declares a `file` of lvsgen's own: the way there and back is that of every file, and a rollback brings back the script of then.

kind script

script_declare() { # PATH
  local content sum
  # Whoever owns its directory may have replaced it since it began.
  if ! read_text "$script_path" || ! sum=$(printf '%s' "$content" 2>/dev/null | sed "3s/$lvsgen_sum//" | sha256sum) || [[ $sum != "$lvsgen_sum  -" ]]; then
    die 1 "$script_path is not the script that runs: it was replaced meanwhile" "Nothing was changed. Keep it where only root can write, and run it again."
  fi
  paths+=("$root$1")
  describe file "$1" 'file 0700 root root' "$content"
}
