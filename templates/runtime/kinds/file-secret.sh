# ---- a file that is a secret ---------------------------------------------------------------------------------------

# As described, and written by this role: so a later run without the text knows it by its sum, which only root can read.
is_secret_in_place() { # PATH, with $text -> $text, also where it was withheld
  local content sum=''
  read_found $((${#text} + 1048576)) && sum_of_text "$content" || return 1
  [[ ${written[$1]:-} == " $sum "* || ${secret_texts[$1]} == written ]] || return 1
  case ${secret_texts[$1]} in
    withheld) text=$content ;;
    *) [[ $content == "$text" ]] ;;
  esac
}

# Without its text there is nothing that could be written there.
is_withheld() { # PATH, with $text; probes it
  local have=''
  [[ ${secret_texts[$1]:-} == withheld ]] || return 1
  file_probe "$1"
  [[ $have != 'file '* ]] || ! is_secret_in_place "$1"
}

secret_obstacle() { # PATH
  if [[ $mutating != yes ]] || ! is_withheld "$1"; then return 0; fi
  obstacle="its text is not here: there is no file of secrets $secrets_missing"
  obstacle+=$'\n'"Where the description is, lvsgen secrets writes secrets-$host: carry it here beside the script, or name it: --secrets FILE"
}

secret_tell() {
  local path text=''
  [[ $mutating != yes ]] || return 0
  for path in ${secret_texts[@]+"${!secret_texts[@]}"}; do
    [[ ${described["file $path"]:-} ]] || continue
    if [[ -z ${command_has["$command --secrets"]:-} ]] || ! is_withheld "$path"; then continue; fi
    complain "what $path is to hold is not known here: there is no file of secrets $secrets_missing"
  done
}
