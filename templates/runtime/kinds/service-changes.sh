# ---- what a text of others does to the table ---------------------------------------------------------------------------------

# Prints `FILE:NUMBER WHAT` for the first line of each that clears the table or changes a described service, and `calls PATH word|shell FILE`
# for each path in what is run. A boot does not take the branch `stop` of a script, nor its function of that name; and a name in place of an
# address is that of a described service where the same text has the service's address and port.
table_changes() { # TEXTS, each behind U+0001 and its file's name, with ${services[@]}
  {
    ((${#services[@]} == 0)) || printf '%s\n' "${services[@]}" # never empty
    printf '\n%s' "$1"
  } | awk "$rule_awk"'
    !text && $0 == "" { text = 1; next }
    !text {
      own[$0] = 1
      address = $2
      if (match(address, /:[0-9]+$/)) { ports[substr(address, RSTART + 1)] = 1; sub(/:[0-9]+$/, "", address) }
      gsub(/^\[|\]$/, "", address)
      if ($1 != "-f") addresses[address] = 1
      next
    }
    /^\001/ {
      end_file()
      file = substr($0, 2)
      only = ""
      if (match(file, /\001/)) { only = substr(file, RSTART + 1); file = substr(file, 1, RSTART - 1) }
      by = ""
      if (match(file, / \(/)) { by = substr(file, RSTART); file = substr(file, 1, RSTART - 1) }
      number = stops = told = known = goes_on = 0
      pending = ""
      next
    }
    {
      number++
      whole = $0
      sub(/^[ \t]*[#;].*/, "", whole)
      sub(/[ \t]#.*/, "", whole)
      if (only == "unit" && !goes_on && whole !~ /^Exec(Start|StartPre|StartPost)[ \t]*=/) next
      if (only == "interfaces" && whole !~ /^[ \t]*(pre-up|up|post-up)[ \t]/) next
      goes_on = whole ~ /\\$/
      known = known || names_address(whole)
      if (whole ~ /^[ \t]*\(?["\047a-z|*_ -]*(stop|clear|flush|down)["\047a-z|*_ -]*\)/ && whole !~ /^[^)]*start[^)]*\)/) stops = "branch"
      if (whole ~ /^[ \t]*(function[ \t]+)?[a-z_]*(stop|clear|flush|down)[a-z_]*[ \t]*(\(\)|\{)/ && whole !~ /start/) stops = whole ~ /\}[ \t]*$/ ? "line" : "function"
      if (!stops) look(whole)
      if (stops == "line" || (stops == "branch" && whole ~ /;;|^[ \t]*esac/) || (stops == "function" && whole ~ /^[ \t]*\}/)) stops = 0
    }
    END { end_file() }

    function names_address(line,   address) {
      if (line !~ /[0-9a-f][.:][0-9a-f]/) return 0
      for (address in addresses) if (index(line, address)) return 1
      return 0
    }
    function end_file() {
      if (pending != "" && known && !told) print pending by
    }

    function look(line,   rest, before, path, shell, action, key, port) {
      rest = line
      path = ""
      while (match(rest, "/[^] \t\"\047;|&<>()=:,[]+")) {
        before = substr(rest, 1, RSTART - 1)
        shell = before ~ /(^|[ \t\/=;&|(-])(ba|da|k|z)?sh[ \t]+(-[a-z]+[ \t]+)*$/ || before ~ /(^|[ \t;&|(])(\.|source)[ \t]+$/
        if (path ~ /\/(ba|da|k|z)?sh$/ && before ~ /^[ \t]+(-[a-z]+[ \t]+)*$/) shell = 1
        path = substr(rest, RSTART, RLENGTH)
        if (before !~ />[ \t]*$/) print "calls " path " " (shell ? "shell" : "word") " " file
        rest = substr(rest, RSTART + RLENGTH)
      }
      rest = line
      while (!told && match(rest, /[Ii][Pp][Vv][Ss][Aa][Dd][Mm][}"\047]*[ \t]+-/)) {
        before = substr(rest, 1, RSTART - 1)
        rest = substr(rest, RSTART + RLENGTH - 1)
        sub(/.*[;&|(){}`]/, "", before)
        if (before ~ /(^|[ \t])(echo|printf|logger|grep|which|type|rpm|dpkg|yum|dnf|apt|apt-get)[ \t]/) continue
        if (rest ~ /^(-C|--clear)([^A-Za-z0-9-]|$)/) { print file ":" number " ipvsadm -C" by; told = 1; return }
        $0 = rest
        gsub(/["\047;&|`]/, " ")
        if ($1 ~ /^-[AEDaed][tuf]$/) { $1 = substr($1, 1, 2) " -" substr($1, 3); $0 = $0 "" }
        if ($1 !~ /^(-[AEDaed]|--(add|edit|delete)-(service|server))$/) continue
        action = $1
        $1 = "-A"
        key = rule_key()
        if (key == "") continue
        if (key in own) { print file ":" number " ipvsadm " action " " key by; told = 1; return }
        port = key
        sub(/.*:/, "", port)
        if (pending == "" && key ~ /[$]/ && (port in ports || port !~ /^[0-9]+$/)) pending = file ":" number " ipvsadm " action " " key
      }
    }'
}

# Prints the first described service that a file of keepalived or ldirectord has. (keepalived.conf(5), ldirectord(8))
described_by_daemon() { # with $content and ${services[@]}
  {
    ((${#services[@]} == 0)) || printf '%s\n' "${services[@]}" # never empty
    printf '\n%s\n' "$content"
  } | awk '
    !text && $0 == "" { text = 1; next }
    !text { own[$0] = 1; next }
    told { next }
    $1 == "virtual_server" {
      sub(/[{].*/, "")
      word = "virtual_server "
      if ($2 == "fwmark") key = "-f " $3
      else if ($2 ~ /:/) key = "[" $2 "]:" $3
      else key = $2 ":" $3
    }
    /^[ \t]*virtual[ \t]*=/ {
      key = $0
      word = "virtual="
      sub(/^[^=]*=[ \t]*/, "", key)
      sub(/[ \t#].*/, "", key)
      if (key ~ /^[0-9]+$/) key = "-f " key
    }
    key != "" {
      if (key in own || key " -6" in own || "-t " key in own || "-u " key in own || "--sctp-service " key in own) {
        print word key
        told = 1
      }
      key = ""
    }'
}
