# ---- a file whose text travels beside this script, in secrets-HOST ------------------------------------------------
#
# It declares a `file` of which only the text comes from elsewhere: that is compared and written like any other, and never shown.
# `lvsgen secrets` makes that file of secrets: a line for each file (`file BASE64 PATH`), and last the sum of all before it.

kind secret

secrets_file='' # of --secrets

accept '--secrets FILE' secrets_file:secrets 'the texts of secrets (default: secrets-HOST beside the script)'

secrets_read=''          # 1 as soon as it was looked for
declare -A secret_of=()  # by path: its text in base64
secrets_missing=''       # the place where there is none

secrets_value() { # OPTION
  [[ -f $value ]] || bad_usage "$1: no file $value"
}

secret_declare() { # PATH MODE OWNER GROUP
  local text=''
  paths+=("$root$1")
  secret_texts[$1]=withheld
  # What --only leaves out is not asked for.
  if [[ ${command_has["$command --secrets"]:-} && (-z $only || ,$only, == *,file,* || ,$only, == *,secret,*) ]]; then
    read_secrets
    [[ $secrets_missing ]] || take_secret "$1"
  fi
  describe file "$1" "file $2 $3 $4" "$text"
}

take_secret() { # PATH -> $text
  [[ ${secret_of[$1]:-} ]] || refuse_secrets "it has no text for $1" "It was made of another description than this script."
  text=$(printf '%s' "${secret_of[$1]}" | base64 -d 2>/dev/null && printf .) || text=''
  [[ $text ]] || refuse_secrets "what it has for $1 is no base64" "Make it again: lvsgen secrets"
  text=${text%.} secret_texts[$1]=known
}

# Nobody but root, and who called sudo, may have written it: its sum tells of damage, not of another one in its place.
read_secrets() {
  local content base name untrusted file=$secrets_file mode
  [[ -z $secrets_read ]] || return 0
  secrets_read=1
  if [[ -z $file ]]; then
    base=.
    [[ $script_path != */* ]] || base=${script_path%/*}
    file=$base/secrets-$host
    [[ -e $file || -L $file ]] || { secrets_missing=$file && return 0; }
  fi
  name=${file##*/} base=.
  [[ $file != */* ]] || base=${file%/*}
  base=$(cd -- "${base:-/}" 2>/dev/null && pwd -P) || die 69 "cannot enter the directory of $file" "Nothing was changed. Look at it: ls -ld ${file%/*}"
  file=${base%/}/$name
  is_trusted_place "$base" "$name" ||
    die 69 "the secrets in $file may be another user's:$untrusted" "Nothing was changed. Copy the file, as root, to where only root can write, and name it: --secrets FILE"
  secrets_file=$file
  read_text "$file" || refuse_secrets "it cannot be read, or holds a NUL byte" "Carry it again."
  split_secrets
  mode=$(stat -c %a -- "$file") || mode=0
  (((8#${mode//[!0-7]/} & 8#077) == 0)) ||
    complain "others on this host may read $file (mode $mode): chmod 600, and away with it as soon as this run is over"
}

split_secrets() { # with $content -> ${secret_of[@]}
  local body=${content%'sha256 '*} line sum
  [[ $content =~ ^lvsgen-secrets\ ([0-9]{1,6})$'\n' ]] || refuse_secrets "it is no file of secrets" "Make it anew: lvsgen secrets"
  ((10#${BASH_REMATCH[1]} == 1)) || refuse_secrets "a newer lvsgen wrote it (format ${BASH_REMATCH[1]})" "Build the scripts and the secrets by one release."
  sum=$(printf '%s' "$body" 2>/dev/null | sha256sum) || sum=''
  [[ $content == "${body}sha256 ${sum%% *}"$'\n' ]] || refuse_secrets "it is damaged: its sum does not fit" "Carry it again, or make it anew: lvsgen secrets"
  body=${body#*$'\n'}
  [[ $body == "cluster $cluster"$'\n'"host $host"$'\n'* ]] || refuse_secrets "it is for another host or cluster" "This host is $host of $cluster: its file is secrets-$host."
  body=${body#*$'\n'} body=${body#*$'\n'}
  while [[ $body ]]; do
    line=${body%%$'\n'*} body=${body#*$'\n'}
    [[ $line == 'file '* ]] || refuse_secrets "it has a line that is none of a secret's" "Build the scripts and the secrets by one release."
    line=${line#file }
    secret_of[${line#* }]=${line%% *}
  done
}

refuse_secrets() { # WHAT REMEDY
  die 69 "$secrets_file: $1" "$2" "Nothing was changed."
}
