# ---- what a command of a script does to the table ----------------------------------------------------------------------------

# shellcheck disable=SC2016 # awk expands it
commands_awk='
  BEGIN {
    # Options with a value, of what runs the command behind it; and how many words more it takes.
    takes["sudo"] = "[ugpCDhrtTRU]"; takes["doas"] = "[uC]"; takes["nice"] = "n"; takes["ionice"] = "[cn]"; takes["timeout"] = "[ks]"
    takes["env"] = "[uC]"; takes["flock"] = "[wE]"; takes["exec"] = "a"; takes["stdbuf"] = "[ioe]"; takes["systemd-run"] = "[pEu]"
    takes["nohup"] = takes["setsid"] = takes["command"] = takes["builtin"] = takes["chronic"] = takes["daemon"] = takes["time"] = takes["busybox"] = ""
    takes["action"] = takes["chrt"] = takes["taskset"] = ""
    # What these have in hand, nothing runs here.
    n = split("tar cp mv rsync scp pscp rm rmdir mkdir touch ln chmod chown chgrp chattr setfacl restorecon cat tac less more head tail grep egrep fgrep sed awk gawk sort wc cut tr diff cmp dos2unix sha1sum sha224sum sha256sum sha384sum sha512sum md5sum cksum test [ [[ ls stat file vi vim echo printf logger find install dd gzip gunzip zip basename dirname readlink which true false : return ssh sshpass pssh docker podman nerdctl kubectl crictl nsenter lxc-attach machinectl ansible chroot ip pkill pgrep killall wget curl git", names, " ")
    for (i = 1; i <= n; i++) keeps[names[i]] = 1
    more["action"] = more["chrt"] = more["taskset"] = more["timeout"] = more["flock"] = 1
  }

  # What is said of a command, by the function that it stands in: it waits until it is known who calls that. What stands in none is "".
  function emit(what,   name) {
    if (is_off()) return
    name = this_function()
    if (name == "") print what
    else held[name] = held[name] what "\n"
  }
  function tell(what, line) {
    if (!is_off() && !(this_function() in guilty)) guilty[this_function()] = line " " what
  }
  function call(name,   from) {
    from = this_function()
    if (from != name) has_caller[name] = 1
    if (is_off() || (names_stop(name) && is_again())) return
    if (from == "") live[name] = 1
    else if (!index(" " calls_of[from], " " name " ")) calls_of[from] = calls_of[from] name " "
  }
  # Those that a start calls, and what these call. One that nobody calls may be called by another file, unless it is a stop.
  function settle(   name, names, n, i, has_more) {
    live[""] = 1
    for (name in made) if (!names_stop(name) && !(name in has_caller)) live[name] = 1
    do {
      has_more = 0
      for (name in live) {
        if (name in settled) continue
        settled[name] = 1
        if (name in held) printf "%s", held[name]
        n = split(calls_of[name], names, " ")
        for (i = 1; i <= n; i++) if (!(names[i] in live)) { live[names[i]] = 1; has_more = 1 }
      }
    } while (has_more)
  }
  # The first line that a list has of those.
  function earliest(list,   name, found) {
    for (name in live) if (name in list && (found == "" || list[name] + 0 < found + 0)) found = list[name]
    return found
  }

  function assign(word, raw,   name) {
    name = word
    sub(/[+]?=.*/, "", name)
    raw = substr(raw, index(raw, "=") + 1)
    word = substr(word, index(word, "=") + 1)
    if (raw ~ ("^[$][{]?[" order_at "@*]")) ordered[name] = 1
    if (raw ~ /(which|command[ \t]+-v|type[ \t]+-p)[ \t]+ipvsadm/) word = "ipvsadm"
    # One that is set in several ways is any of them.
    delete choices[name]
    if (word ~ /[$`]/ || ((depth > 0 || last_op == "&&" || last_op == "||") && name in value && value[name] != word)) delete value[name]
    else value[name] = word
  }

  function forget(i, end) {
    for (; i <= end; i++) { delete value[W[i]]; delete choices[W[i]] }
  }
  # The words of a loop, as they are written.
  function choose(i,   text) {
    forget(i + 1, i + 1)
    text = words_from(i + 3)
    if (R[i + 2] == "in" && text ~ /^[][A-Za-z0-9_.: -]+$/) choices[W[i + 1]] = text
  }

  # Where what a command runs begins.
  function behind(name, i) {
    while (i <= top) {
      if (W[i] ~ /^-/) {
        if (takes[name] != "" && W[i] ~ ("^-[A-Za-z]*" takes[name] "$")) i++
      } else if (name !~ /^(env|sudo|doas)$/ || W[i] !~ /^[A-Za-z_][A-Za-z0-9_]*=/) break
      i++
    }
    return i + more[name]
  }

  # What a command left behind on the stack is none of its words.
  function word_at(i) {
    return i > top ? "" : W[i]
  }
  function words_from(i,   text) {
    for (text = W[i++]; i <= top; i++) text = text " " W[i]
    return text
  }

  # What a name stands for as words of their own; a shell reads no quotes and no `;` in it.
  function spread(i,   parts, n, j) {
    sub(/^[ \t\n]+/, "", W[i])
    sub(/[ \t\n]+$/, "", W[i])
    if (!(n = split(W[i], parts, /[ \t\n]+/))) return
    for (j = top; j > i; j--) { W[j + n - 1] = W[j]; R[j + n - 1] = R[j]; Q[j + n - 1] = Q[j]; L[j + n - 1] = L[j] }
    top += n - 1
    for (j = n; j > 0; j--) { W[i + j - 1] = R[i + j - 1] = parts[j]; Q[i + j - 1] = 0; L[i + j - 1] = L[i] }
  }

  # The path of a word; empty where it is none.
  function path_of(word) {
    sub(/^--?[A-Za-z-]+=/, "", word)
    sub(/^~\//, "/root/", word)
    if (directory != "") sub(/^[.]\//, directory "/", word)
    return word ~ /^\/[^ \t\n$*?<>|&;(){}]+$/ ? word : ""
  }
  # With what it is told to do, where a start does something else; `-` where it is told nothing.
  function called(word, how, order) {
    if (how == "shell" && directory != "" && word ~ /^[A-Za-z0-9_]/) word = directory "/" word
    if (order ~ /^(restart|stop|reload|clear)$/) how = how "," order
    else if (order == "") how = how ",-"
    if ((word = path_of(word)) != "") emit("calls " word " " how " " file)
  }

  function run(i, op,   j, name, word) {
    if (L[i] in meant) return
    if (Q[i] == 0 && R[i] ~ /^(export|local|readonly|declare|typeset)$/) while (i < top && W[++i] ~ /^-/) { }
    while (i <= top && R[i] ~ /^[A-Za-z_][A-Za-z0-9_]*[+]?=/) { assign(W[i], R[i]); i++ }
    while (i <= top) {
      # A name for several words, or for none.
      if (W[i] ~ /[ \t\n]/ && R[i] ~ /^[$][{A-Za-z_]/ && W[i] !~ /[$`]/) spread(i)
      if (W[i] == "" && !Q[i]) { i++; continue }
      name = W[i]
      sub(/.*\//, "", name)
      if (!(name in takes)) break
      j = behind(name, i + 1)
      if (name == "exec" && j > top) return
      if (name == "command" && W[i + 1] ~ /^-[vV]/) return
      if (name == "flock" && W[j] == "-c") { nested(W[j + 1], L[j]); return }
      i = j
    }
    if (i > top) return
    if (name == "eval") { if (i < top) nested(words_from(i + 1), L[i]) }
    else if (name == "trap") { if (words_from(i) ~ / (EXIT|0)( |$)/) nested(W[i + 1], L[i]) }
    else if (name ~ /^((ba|da|a|k|z)?sh|su|runuser)$/) run_shell(i, name)
    else if (name == "." || name == "source") called(W[i + 1], "shell", word_at(i + 2))
    else if (name == "cd") { if (W[i + 1] ~ /^\//) directory = W[i + 1] }
    else if (name == "exit" || name == "return") leave(i, op)
    else if (name == "for" || name == "select") { choose(i); run_other(i, name) }
    else if (name == "read") { forget(i + 1, top); run_other(i, name) }
    else if (name == "ipvsadm-restore" || (tolower(name) == "ipvsadm" || tolower(R[i]) ~ /^[$][{]?ipvsadm[}]?$/)) run_ipvsadm(i, name)
    else if (name == "service" || name == "invoke-rc.d" || name == "systemctl") run_service(i, name)
    else run_other(i, name)
    piped = op == "|" && name == "cat" ? W[i + 1] : ""
  }

  function run_shell(i, name,   j) {
    for (j = i + 1; j <= top && W[j] ~ /^[-+]/; j++) {
      if (W[j] ~ /^-[a-z]*c$/ && name !~ /^(su|runuser)$/) { nested(W[j + 1], L[j + 1]); return }
      if (W[j] ~ /^[-+][a-z]*o$/) j++
    }
    if (name ~ /^(su|runuser)$/) {
      for (j = i + 1; j < top; j++) if (W[j] == "-c" || W[j] == "--command") nested(W[j + 1], L[j + 1])
    } else if (j <= top) called(W[j], "shell", word_at(j + 1))
    else if (input != "") called(input, "shell")
    else feeds = "shell"
  }

  function run_other(i, name) {
    if (R[i] ~ /^[A-Za-z_][A-Za-z0-9_.-]*$/) call(R[i])
    called(W[i], "word", word_at(i + 1))
    if (name in keeps) return
    for (i++; i <= top; i++) called(W[i], "word", word_at(i + 1))
  }

  function run_service(i, name,   j, verb) {
    for (j = i + 1; j <= top && W[j] ~ /^-/; j++) if (W[j] ~ /^(-[HMtpn]|--host|--machine)$/) return
    if (name == "systemctl") {
      verb = W[j]
      if (verb !~ /^((re)?start|reload-or-restart)$/) return
      for (j++; j <= top; j++) if (W[j] !~ /^-/) started(W[j])
    } else if (W[j + 1] ~ /^(re)?start$/) started(W[j])
  }
  function started(name) {
    sub(/[.]service$/, "", name)
    if (name ~ /^[A-Za-z0-9_.@-]+$/) emit("starts " name " " file)
  }

  function run_ipvsadm(i, name,   j, action, line) {
    line = L[i]
    if (name == "ipvsadm-restore" || W[i + 1] ~ /^(-R|--restore)$/) {
      feeds = "rules"
      if (input != "") called(input, "rules")
      else if (piped != "") called(piped, "rules")
      return
    }
    for (j = i + 1; j <= top; j++) if (W[j] ~ /^(-C|--clear)$/) { tell("ipvsadm -C", line); return }
    action = W[i + 1]
    if (action !~ /^(-[AEDaed][tuf]?|--(add|edit|delete)-(service|server))$/) return
    rule(i + 1, action, line)
  }
'
