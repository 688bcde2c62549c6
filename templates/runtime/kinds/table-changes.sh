# ---- what a text of others does to the table ---------------------------------------------------------------------------------

# Prints `FILE:NUMBER WHAT` for the first line of each that clears the table or changes a described service, `calls PATH word|shell|rules FILE`
# for each path in what is run, and `starts SERVICE FILE`. A boot does not take the branch `stop` of a script, nor its function of that name;
# and a name in place of an address is that of a described service where the same text has the service's address and port.
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
      pending = program = directory = ""
      next
    }
    {
      number++
      whole = $0
      if (only == "rules") {
        if (!told && /^-[Aa] / && (key = rule_key()) in own) tell("-a " key)
        next
      }
      sub(/^[ \t]*#.*/, "", whole)
      if (only == "unit") sub(/^[ \t]*;.*/, "", whole)
      sub(/[ \t]#.*/, "", whole)
      if (only == "unit" && !goes_on && whole !~ /^Exec(Start|StartPre|StartPost)[ \t]*=/) next
      if (only == "interfaces" && whole !~ /^[ \t]*(pre-up|up|post-up)[ \t]/) next
      command = begun(whole, goes_on)
      goes_on = whole ~ /\\$/
      known = known || names_address(whole)
      begin_stop()
      if (!stops) look(command)
      if (stops == "line" || (stops == "branch" && whole ~ /;;|^[ \t]*esac/) || (stops == "function" && whole ~ /^[ \t]*\}/) ||
        (stops == "if" && whole ~ /^[ \t]*(fi|else|elif)/)) stops = 0
    }
    END { end_file(); print "\001" }

    # What of a line is run: without what stands before it in a unit, in cron and in interfaces.
    function begun(line, goes_on) {
      if (goes_on) return line
      if (only == "unit") sub(/^Exec[A-Za-z]*[ \t]*=[-@:+!]*/, "", line)
      if (only == "interfaces") sub(/^[ \t]*(pre-up|up|post-up)[ \t]+/, "", line)
      if (only == "cron") {
        if (!sub(/^[ \t]*@[a-z]+[ \t]+/, "", line) && !sub(/^[ \t]*[0-9*][^ \t]*[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+/, "", line)) return line
        if (file !~ /^\/var\//) sub(/^[a-z_][a-z0-9_-]*[ \t]+/, "", line)
      }
      return line
    }

    # A branch, a function or an `if` of a stop.
    function begin_stop() {
      if (whole ~ /^[ \t]*\(?["\047a-z|*_ -]*(stop|clear|flush|down|remove|off|disable|uninstall)["\047a-z|*_ -]*\)/ && whole !~ /^[^)]*start[^)]*\)/) stops = "branch"
      if (whole ~ /^[ \t]*(function[ \t]+)?[a-z_]*(stop|down)[a-z_]*[ \t]*(\(\)|\{)/ && whole !~ /start/) stops = whole ~ /\}[ \t]*$/ ? "line" : "function"
      if (!stops && whole ~ /(^|[ \t;])(el)?if .*=[ \t]*["\047]?(stop|down|clear|flush)["\047]?[ \t]*\]/) stops = whole ~ /[; \t]fi([ \t;]|$)/ ? "line" : "if"
    }

    function names_address(line,   address, at, around) {
      if (line !~ /[0-9a-f][.:][0-9a-f]/) return 0
      for (address in addresses) {
        if (!(at = index(line, address))) continue
        around = substr(" " line, at, 1)
        if (around ~ /[0-9a-f.:]/) continue
        around = substr(line, at + length(address), 1)
        if (around !~ /[0-9a-f.:]/ || (around == ":" && address !~ /:/)) return 1
      }
      return 0
    }
    function end_file() {
      if (pending != "" && known && !told) print pending by
      pending = ""
    }
    function tell(what) {
      print file ":" number " ipvsadm " what by
      told = 1
    }

    # Does a command begin behind it? (What is said, and a command for another host or namespace, are no such thing.)
    function may_begin(before) {
      sub(/.*[;&|(){}`]/, "", before)
      sub(/[^ \t"\047]*\/$/, "", before)
      sub(/^[ \t]+/, "", before)
      while (sub(/^(sudo|exec|nohup|time|nice|if|then|else|elif|do|while|until|!|env|timeout[ \t]+[0-9]+[smh]?|[A-Za-z_][A-Za-z0-9_]*=[^ \t]*|([^ \t]*\/)?(ba|da|k)?sh([ \t]+-[a-z]+)+)[ \t]+/, "", before)) { }
      return before ~ /^["\047$]?[ \t]*$/
    }

    function look(line,   rest, before, path, shell, action, key, port) {
      if (match(line, /[A-Za-z_][A-Za-z0-9_]*=["\047]?[^ \t"\047;$()]*ipvsadm["\047]?[ \t]*(;|$)/)) {
        program = substr(line, RSTART, RLENGTH)
        sub(/=.*/, "", program)
      }
      if (program != "") gsub("[$][{]?" program "[}]?[\"\047]?[ \t]+-", "ipvsadm -", line)
      if (match(line, /(^|[ \t;&|])cd[ \t]+\/[^ \t;&|"\047]*/)) {
        directory = substr(line, RSTART, RLENGTH)
        sub(/^[^\/]*/, "", directory)
      }
      find_calls(line)
      rest = line
      while (!told && match(rest, /[Ii][Pp][Vv][Ss][Aa][Dd][Mm][}"\047]*[ \t]+-/)) {
        before = substr(rest, 1, RSTART - 1)
        rest = substr(rest, RSTART + RLENGTH - 1)
        if (before ~ /[$][{]?$/) sub(/[$][{]?$/, "", before)
        if (!may_begin(before)) continue
        if (rest ~ /^(-C|--clear)([^A-Za-z0-9-]|$)/) { tell("-C"); return }
        $0 = rest
        gsub(/["\047]/, "")
        gsub(/[;&|`]/, " ")
        if ($1 ~ /^-[AEDaed][tuf]$/) { $1 = substr($1, 1, 2) " -" substr($1, 3); $0 = $0 "" }
        if ($1 !~ /^(-[AEDaed]|--(add|edit|delete)-(service|server))$/) continue
        action = $1
        $1 = "-A"
        key = rule_key()
        if (key == "") continue
        if (key in own) { tell(action " " key); return }
        port = key
        sub(/.*:/, "", port)
        if (pending == "" && key ~ /[$]/ && (port in ports || port !~ /^[0-9]+$/)) pending = file ":" number " ipvsadm " action " " key
      }
    }

    # Scripts by their paths, rules that are loaded, and services by their names.
    function find_calls(line,   rest, before, path, shell) {
      gsub(/^~\//, "/root/", line)
      gsub(/[ \t]~\//, " /root/", line)
      if (directory != "") gsub(/(^|[ \t])[.]\//, " " directory "/", line)
      rest = line
      path = ""
      while (match(rest, "/[^] \t\"\047;|&<>()=:,[]+")) {
        before = substr(rest, 1, RSTART - 1)
        shell = before ~ /(^|[ \t\/=;&|(-])(ba|da|k|z)?sh[ \t]+(-[a-z]+[ \t]+)*["\047]?$/ || before ~ /(^|[ \t;&|(])([.]|source)[ \t]+["\047]?$/
        if (path ~ /\/(ba|da|k|z)?sh$/ && before ~ /^[ \t]+(-[a-z]+[ \t]+)*["\047]?$/) shell = 1
        path = substr(rest, RSTART, RLENGTH)
        if (before ~ /<[ \t]*$/ && line ~ /ipvsadm(-restore|["\047}]*[ \t]+(-R|--restore))/) print "calls " path " rules " file
        else if (before !~ />[ \t]*$/ && before !~ /[A-Za-z0-9_.~}]$/) print "calls " path " " (shell ? "shell" : "word") " " file
        rest = substr(rest, RSTART + RLENGTH)
      }
      if (match(line, /(^|[ \t;&|])service[ \t]+[A-Za-z0-9_.@-]+[ \t]+(re)?start/)) {
        rest = substr(line, RSTART, RLENGTH)
        sub(/.*service[ \t]+/, "", rest)
        sub(/[ \t].*/, "", rest)
        print "starts " rest " " file
      }
      if (match(line, /(^|[ \t;&|])systemctl[ \t]+(re)?start[ \t]+[A-Za-z0-9_.@-]+/)) {
        rest = substr(line, RSTART, RLENGTH)
        sub(/.*start[ \t]+/, "", rest)
        sub(/[.]service$/, "", rest)
        print "starts " rest " " file
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
    $1 == "virtual_server" {
      sub(/[{].*/, "")
      if ($2 == "fwmark") tell("virtual_server ", "-f " $3)
      else if ($2 != "group") tell("virtual_server ", ($2 ~ /:/ ? "[" $2 "]:" : $2 ":") $3)
    }
    $1 == "virtual_server_group" { group = 1 }
    group && $1 == "fwmark" { tell("virtual_server_group ", "-f " $2) }
    group && $1 ~ /^[0-9a-f.:]+$/ { tell("virtual_server_group ", ($1 ~ /:/ ? "[" $1 "]:" : $1 ":") $2) }
    /\}/ { group = 0 }
    /^[ \t]*virtual[ \t]*=/ {
      key = $0
      sub(/^[^=]*=[ \t]*/, "", key)
      sub(/[ \t#].*/, "", key)
      tell("virtual=", key ~ /^[0-9]+$/ ? "-f " key : key)
    }
    END { print "\001" }

    function tell(word, key) {
      if (told || !(key in own || key " -6" in own || "-t " key in own || "-u " key in own || "--sctp-service " key in own)) return
      print word key
      told = 1
    }'
}
