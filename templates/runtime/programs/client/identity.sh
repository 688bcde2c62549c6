# ---- which real server answered: told by its answer -------------------------------------------

# $mark_kind is what tells them apart: `body`, the name of a header, or nothing. $owner_of has the server's number by
# the mark. A server whose mark is not known is in $unmarked.
declare -A owner_of=()
page_sum=() mark_kind='' unmarked=() asked_directly=''
# Headers by which servers name themselves, or that differ by file or version.
telling_headers='x-served-by x-backend-server x-backend x-server-name x-server-id x-server x-hostname x-host x-node via server etag'
most_asked=64

sum_of() { # FILE -> $sum
  sum=$(sha256sum <"$1")
  sum=${sum%% *}
}

header_of() { # FILE NAME -> $value, of the last header block
  local line key left=$most_headers
  value=''
  while ((left > 0)) && IFS= read -r -n 8192 line; do
    left=$((left - ${#line} - 1))
    key=${line%%:*}
    [[ ${key,,} != "$2" ]] || value=${line#*:}
  done <"$1"
  value=${value%$'\r'} value=${value# }
}

# What marks the last answer.
mark_of() { # -> $mark
  local sum value
  case $mark_kind in
    '') mark='' ;;
    body) sum_of "$work/body" && mark=$sum ;;
    *) header_of "$work/head" "$mark_kind" && mark=${value:+=$value} ;;
  esac
}

# Whose the last answer is.
recognise() { # -> $who, a server's number or nothing
  local mark
  who=''
  mark_of
  [[ $mark ]] || return 0
  who=${owner_of[$mark]:-}
}

# Asks a real server at its own address, twice: an answer that varies tells nothing.
ask_directly() { # SERVER SERVICE TARGET
  local k=$1 port=${server_ports[$1]} url sum first='' seconds=${service_timeouts[$2]} round
  local -a url_options=()
  ((seconds <= 2)) || seconds=2
  [[ $port != - ]] || port=${target_ports[$3]}
  url_of "$2" "${target_probes[$3]}" "${server_addresses[k]}" "$port"
  page_sum[k]=''
  for round in 1 2; do
    fetch "$url" "$seconds"
    ((curl_code == 0)) || return 0
    head -c "$most_headers" -- "$work/head" >"$work/head.$k.$round"
    sum_of "$work/body"
    [[ $first ]] || first=$sum
  done
  [[ $first != "$sum" ]] || page_sum[k]=$sum
}

# Whether every server that answers has a page of its own.
pages_tell() {
  local k
  owner_of=() unmarked=()
  for ((k = first_server; k < end_server; k++)); do
    if [[ -z ${page_sum[k]:-} ]]; then
      # A page that changes from one request to the next tells nothing.
      [[ ! -e $work/head.$k.2 ]] || return 1
      unmarked+=("$k")
    elif [[ ${owner_of[${page_sum[k]}]:-} ]]; then
      return 1
    else
      owner_of[${page_sum[k]}]=$k
    fi
  done
  ((${#owner_of[@]} > 0))
}

header_tells() { # NAME
  local k value first
  owner_of=() unmarked=()
  for ((k = first_server; k < end_server; k++)); do
    if [[ ! -e $work/head.$k.2 ]]; then
      unmarked+=("$k")
      continue
    fi
    header_of "$work/head.$k.1" "$1"
    first=$value
    header_of "$work/head.$k.2" "$1"
    [[ $value && $value == "$first" && -z ${owner_of["=$value"]:-} ]] || return 1
    owner_of["=$value"]=$k
  done
  ((${#owner_of[@]} > 0))
}

# Finds out by what the real servers of a service can be told apart: their described pages, else what they answer
# when they are asked at their own addresses.
learn_marks() { # SERVICE TARGET
  local k sum header asked=0 silent=0
  mark_kind='' page_sum=() asked_directly=''
  rm -f -- "$work"/head.*
  for ((k = first_server; k < end_server; k++)); do
    if [[ ${described_sum["$1 ${server_names[k]}"]:-} ]]; then
      page_sum[k]=${described_sum["$1 ${server_names[k]}"]}
    elif [[ ${described_page["$1 ${server_names[k]}"]:-} ]]; then
      printf '%s' "${described_page["$1 ${server_names[k]}"]}" >"$work/page"
      sum_of "$work/page"
      page_sum[k]=$sum
    fi
  done
  if ((${#page_sum[@]} < end_server - first_server)); then
    if ((end_server - first_server > most_asked)); then
      note "${service_names[$1]}: more than $most_asked real servers: they are not asked one by one what they answer"
    else
      for ((k = first_server; k < end_server; k++)); do
        [[ -z ${page_sum[k]:-} ]] || continue
        # Behind NAT none may be within reach: three silent ones are enough.
        ((asked < 3 || silent < asked)) || break
        ask_directly "$k" "$1" "$2"
        asked=$((asked + 1))
        [[ -e $work/head.$k.2 ]] || silent=$((silent + 1))
      done
    fi
  fi
  if pages_tell; then
    mark_kind=body
    return 0
  fi
  ((end_server - first_server <= most_asked && (asked == 0 || silent < asked))) || return 0
  learn_headers "$1" "$2"
}

learn_headers() { # SERVICE TARGET
  local k header
  local -a words=()
  for ((k = first_server; k < end_server; k++)); do
    [[ -e $work/head.$k.2 ]] || ask_directly "$k" "$1" "$2"
  done
  split_words "$telling_headers"
  for header in ${words[@]+"${words[@]}"}; do
    if header_tells "$header"; then
      mark_kind=$header
      return 0
    fi
  done
}

# An answer that nobody is known for: a page may have been changed on its server since it was described.
learn_changed_pages() { # SERVICE TARGET
  local k
  [[ $mark_kind == body && -z $asked_directly ]] || return 0
  asked_directly=1
  ((end_server - first_server <= most_asked)) || return 0
  cp -f -- "$work/body" "$work/unknown"
  for ((k = first_server; k < end_server; k++)); do
    [[ ! -e $work/head.$k.2 ]] || continue
    ask_directly "$k" "$1" "$2"
    [[ ${page_sum[k]} && -z ${owner_of[${page_sum[k]}]:-} ]] || continue
    owner_of[${page_sum[k]}]=$k
    note "${server_names[k]} answers with another page than the one described for it: bash realserver.sh check --diff"
  done
  mv -f -- "$work/unknown" "$work/body"
}
