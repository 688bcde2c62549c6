# ---- what a text of others does to the table ---------------------------------------------------------------------------------

# Prints `FILE:NUMBER WHAT` for the first line of each that clears the table or changes a described service, `calls PATH word|shell|rules[,ORDER] FILE`
# for each path in what is run, and `starts SERVICE FILE`. A name in place of an address is what the text sets it to, or else that of a
# described service where the same text has the service's address and port.
table_changes() { # TEXTS, each behind U+0001 and its file's name, with ${services[@]}
  {
    ((${#services[@]} == 0)) || printf '%s\n' "${services[@]}" # never empty
    printf '\n%s' "$1"
  } | awk "$rule_awk$shell_awk$here_awk$sections_awk$commands_awk"'
    !text && $0 == "" { text = 1; next }
    !text {
      own[$0] = 1
      address = $2
      if (match(address, /:[0-9]+$/)) { ports[$1 substr(address, RSTART)] = 1; sub(/:[0-9]+$/, "", address) }
      gsub(/^\[|\]$/, "", address)
      if ($1 == "-f") has_mark = 1
      else addresses[address] = 1
      next
    }
    /^\001/ { head = $0; read_file(); file = head; next }
    { lines[++last] = $0 }
    END { read_file(); print "\001" }

    function read_file(   found) {
      if (file != "") {
        begin_file()
        if (only == "rules") for (at = 1; at <= last; at++) rule_line(lines[at], at)
        else if (only != "" || is_script(lines[1])) for (at = 1; at <= last && !ended; at++) read_line(lines[at])
        settle()
        if ((found = earliest(guilty)) == "" && (found = earliest(perhaps)) != "" && !is_known()) found = ""
        if (found != "") print file ":" found by
      }
      last = 0
    }
    function begin_file() {
      file = substr(file, 2)
      only = by = resets = directory = awaited = input = piped = feeds = ""
      if (match(file, /\001/)) { only = substr(file, RSTART + 1); file = substr(file, 1, RSTART - 1) }
      if (match(only, / /)) { resets = substr(only, RSTART) " "; only = substr(only, 1, RSTART - 1) }
      orders = only == "told" ? resets : ""
      # NetworkManager says first of which interface.
      order_at = only == "dispatcher" ? 2 : 1
      if (only ~ /^(dispatcher|told)$/) only = ""
      if (match(file, / \(/)) { by = substr(file, RSTART); file = substr(file, 1, RSTART - 1) }
      ended = vain = deep = top = depth = guard = nesting = heres = heres_from = off[0] = 0
      last_op = "\n"
      split("", meant); split("", value); split("", ordered); split("", since)
      split("", made); split("", has_caller); split("", calls_of); split("", live); split("", settled); split("", held); split("", guilty); split("", perhaps); split("", choices)
      find_meant()
      # An empty one takes back what stands before it.
      if (only == "unit") for (at = 1; at <= last; at++) if (lines[at] ~ /^[ \t]*Exec[A-Za-z]+[ \t]*=[ \t]*$/) since[exec_key(lines[at])] = at
    }

    # What somebody wants as it is: a line with that comment behind it, or right before it.
    function find_meant(   i) {
      for (i = 1; i <= last; i++) {
        if (lines[i] ~ /(^|[ \t;])#[ \t]*lvsgen:[ \t]*meant/) {
          meant[i] = 1
          if (lines[i] ~ /^[ \t]*#/) meant[i + 1] = 1
        }
        if (i in meant && lines[i] ~ /\\$/) meant[i + 1] = 1
      }
    }

    # Of the languages of scripts that of a shell alone.
    function is_script(line) {
      return line !~ /^#!/ || line ~ /[\/ \t](ba|da|a|k|z)?sh([ \t\r]|$)/
    }

    function read_line(line,   key) {
      if (line ~ /^[ \t]*(#|$)/ || (length(line) > 16384 && !index(line, "ipvsadm"))) return
      if (only == "unit") {
        if (line ~ /^[ \t]*;/ || line !~ /^[ \t]*Exec(Start|StartPre|StartPost)[ \t]*=/) { skip_on(line); return }
        key = exec_key(line)
        sub(/^[ \t]*Exec[A-Za-z]*[ \t]*=[-@:+! \t]*/, "", line)
        if (index(resets, " " key " ") || at < since[key]) { skip_on(line); return }
      }
      if (only == "interfaces" && !sub(/^[ \t]*(pre-up|up|post-up)[ \t]+/, "", line)) { skip_on(line); return }
      # What keepalived runs is a line for a shell, in quotes or not.
      if (only == "keepalived") {
        if (line ~ /^[ \t]*notify_stop/ || !sub(/^[ \t]*(notify[a-z_]*|script|misc_path|quorum_up|quorum_down)[ \t]+/, "", line)) return
        line = "eval " line
      }
      if (only == "anacron" && !sub(/^[ \t]*(@[a-z]+|[0-9]+)[ \t]+[0-9]+[ \t]+[^ \t]+[ \t]+/, "", line)) return
      if (only == "cron") {
        if ((sub(/^[ \t]*@[a-z]+[ \t]+/, "", line) || sub(/^[ \t]*[0-9*][^ \t]*[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+/, "", line)) &&
          file !~ /^\/var\//) sub(/^[a-z_][a-z0-9_-]*[ \t]+/, "", line)
      }
      shell(line, at, 1)
    }
    function exec_key(line) {
      sub(/[ \t]*=.*/, "", line)
      sub(/^[ \t]+/, "", line)
      return line
    }
    # The lines that a line goes on in.
    function skip_on(line) {
      while (line ~ /\\$/ && at < last) line = lines[++at]
    }

    function is_known(   i) {
      for (i = 1; i <= last; i++) if (lines[i] !~ /^[ \t]*#/ && names_address(lines[i])) return 1
      return 0
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

    # A line of rules that are loaded.
    function rule_line(line, number,   key) {
      $0 = line
      if (/^-[Aa] / && (key = rule_key()) in own) tell("ipvsadm -a " key, number)
    }

    # The service of a rule whose words begin there; with the names of variables as it is shown.
    function rule(i, action, number,   shown, key, address, j, chosen) {
      $0 = joined_rule(R, i, action)
      shown = rule_key()
      $0 = joined_rule(W, i, action)
      key = rule_key()
      if (key == "") return
      action = "ipvsadm " substr(action, 1, action ~ /^--/ ? length(action) : 2) " "
      chosen = of_choice(key)
      if (chosen > 0) tell(action shown, number)
      if (chosen || key !~ /[$]/ || is_off() || this_function() in perhaps) return
      $0 = key
      address = $2
      if ($1 == "-f") { if (!has_mark) return }
      else {
        if (match(address, /:[0-9]+$/) && !(($1 substr(address, RSTART)) in ports)) return
        sub(/:[^:]*$/, "", address)
        gsub(/^\[|\]$/, "", address)
        if (address !~ /[$]/ && !(address in addresses)) return
      }
      perhaps[this_function()] = number " " action shown
    }
    # In a loop over words that are written there: 1 where one of them makes a described service, -1 where none does.
    function of_choice(key,   from, long, name, words, n, i, one, answer) {
      if (!match(key, /[$][{]?[A-Za-z_][A-Za-z0-9_]*[}]?/)) return key in own ? 1 : -1
      from = RSTART
      long = RLENGTH
      name = substr(key, from, long)
      gsub(/[${}]/, "", name)
      if (!(name in choices)) return 0
      n = split(choices[name], words, " ")
      answer = -1
      for (i = 1; i <= n; i++) {
        one = of_choice(substr(key, 1, from - 1) words[i] substr(key, from + long))
        if (one > 0) return 1
        if (!one) answer = 0
      }
      return answer
    }
    function joined_rule(words, i, action,   text) {
      text = action ~ /^-[A-Za-z][tuf]$/ ? "-A -" substr(action, 3) : "-A"
      for (i++; i <= top; i++) text = text " " words[i]
      return text
    }'
}

# Prints the first described service that a file of keepalived or ldirectord has, or what flushes the table at its start. (keepalived.conf(5),
# ldirectord(8))
described_by_daemon() { # with $content and ${services[@]}
  {
    ((${#services[@]} == 0)) || printf '%s\n' "${services[@]}" # never empty
    printf '\n%s\n' "$content"
  } | awk '
    !text && $0 == "" { text = 1; next }
    !text { own[$0] = 1; next }
    $1 == "lvs_flush" && !told { print $1; told = 1 }
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
