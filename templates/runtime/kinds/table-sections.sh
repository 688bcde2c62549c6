# ---- blocks of a script: which of them a start does not take -----------------------------------------------------------------
#
# A boot does not take the branch `stop` of a script, nor its functions of such names, nor those that only these call.

# shellcheck disable=SC2016 # awk expands it
sections_awk='
  function push(what) {
    depth++
    kind[depth] = what
    off[depth] = guard
    of_function[depth] = what == "{" || what == "(" ? awaited : ""
    made[of_function[depth]] = 1
    again[depth] = tolower(of_function[depth]) ~ /restart|reload/ && orders !~ /restart|reload/
    state[depth] = asked[depth] = joined[depth] = pattern[depth] = subject[depth] = ""
    if (what == "{" || what == "(") awaited = ""
  }

  # To the nearest of that kind; what was left open within it ends as well.
  function pop(what,   d) {
    for (d = depth; d > 0; d--) if (kind[d] == what) { depth = d - 1; return }
  }

  function is_off(   d) {
    for (d = depth; d >= 0; d--) if (off[d]) return 1
    return guard
  }
  # The function that this stands in.
  function this_function(   d) {
    for (d = depth; d > 0; d--) if (of_function[d] != "") return of_function[d]
    return ""
  }
  function is_again(   d) {
    for (d = depth; d > 0; d--) if (again[d]) return 1
    return 0
  }
  function names_stop(name) {
    name = tolower(name)
    return name ~ /stop|down/ && name !~ /start/
  }

  # `stop` of whatever is asked; `down` and the like of what the script was told to do.
  function is_stop(word, of) {
    word = tolower(word)
    while (match(word, /\[[a-z]+\]/)) word = substr(word, 1, RSTART - 1) substr(word, RSTART + 1, 1) substr(word, RSTART + RLENGTH)
    gsub(/[*"\047]/, "", word)
    if (word ~ /start/ || (is_order(of) && index(orders, " " word " "))) return 0
    if (word ~ /(^|[_-])stop([_-]|$)/) return 1
    return is_order(of) && word ~ /(^|[_-])(clear|clean|cleanup|flush|reset|down|shutdown|teardown|del|delete|rm|remove|destroy|off|kill|disable|unload|uninstall)([_-]|$)/
  }
  function is_order(of) {
    gsub(/["\047{}]/, "", of)
    sub(/^[xX]?[$]/, "", of)
    sub(/(:?-|,,|\^\^).*/, "", of)
    return of == order_at "" || (of in ordered) || tolower(of) ~ /^(action|act|cmd|command|op|opt|operation|mode|method|arg|arg1|verb|todo|what)$/
  }

  # What a command asks: `stop` where it holds for a stop alone, `unless` where it fails for a stop alone, or `no`.
  function condition(i,   j, one, all, any) {
    if (W[i] !~ /^(\[|\[\[|test)$/) return "no"
    for (j = i + 1; j <= top; j++) {
      if (R[j] == "(") return "no"
      if (R[j] == "-a" || R[j] == "-o" || R[j] ~ /^\]\]?$/) {
        all = both(all, one)
        one = ""
        if (R[j] == "-o") { any = either(any, all); all = "" }
      } else if (R[j] ~ /^(=|==|!=|=~)$/ && j > i + 1 && j < top) one = R[j - 2] == "!" ? contrary(compared(j)) : compared(j)
      else if (one == "") one = "no"
    }
    return either(any, both(all, one))
  }
  function compared(j,   a, b, answer) {
    a = R[j - 1]
    b = R[j + 1]
    if (b ~ /[$]/) { a = R[j + 1]; b = R[j - 1] }
    sub(/^\^/, "", b)
    sub(/[$]$/, "", b)
    if (a ~ /^[xX.][$]/) { a = substr(a, 2); b = substr(b, 2) }
    if (a !~ /[$]/) return "no"
    answer = is_stop(b, a) ? "stop" : orders == "" && is_order(a) && tolower(b) == "start" ? "unless" : "no"
    return R[j] == "!=" ? contrary(answer) : answer
  }
  function contrary(answer) {
    return answer == "stop" ? "unless" : answer == "unless" ? "stop" : answer
  }
  function both(a, b) {
    if (a == "" || b == "") return a b
    return a == "stop" || b == "stop" ? "stop" : a == b ? a : "no"
  }
  function either(a, b) {
    if (a == "" || b == "") return a b
    return a == "unless" || b == "unless" ? "unless" : a == b ? a : "no"
  }

  # The patterns of a branch.
  function begin_branch(   words, n, i, has_stop, others) {
    n = split(pattern[depth], words, " ")
    for (i = 1; i <= n; i++) {
      if (is_stop(words[i], subject[depth])) has_stop = 1
      else if (words[i] ~ /^[*]$/ || tolower(words[i]) ~ /start/) others = 1
    }
    off[depth] = has_stop && !others
    again[depth] = pattern[depth] ~ /restart|reload/ && orders !~ /restart|reload/ && (" " pattern[depth]) !~ /[ "\047](start|[*])/
    pattern[depth] = ""
    state[depth] = "body"
  }

  # A command is whole: its words are those behind a place on the stack, and op is what ends it.
  function finish(base, op,   i, j, word, answer, is_not) {
    i = base + 1
    while (i <= top) {
      word = Q[i] ? "" : R[i]
      if (kind[depth] == "case" && state[depth] == "pattern") {
        if (word == "esac") { pop("case"); i++; continue }
        for (; i <= top; i++) pattern[depth] = pattern[depth] R[i] " "
      } else if (word == "if") { push("if"); state[depth] = "asks"; i++ }
      else if (word == "elif") { off[depth] = 0; state[depth] = "asks"; asked[depth] = joined[depth] = ""; i++ }
      else if (word == "then") { state[depth] = "then"; off[depth] = off[depth] || asked[depth] == "stop"; i++ }
      else if (word == "else") { off[depth] = asked[depth] == "unless"; i++ }
      else if (word == "fi") { pop("if"); i++ }
      else if (word == "do") { push("do"); i++ }
      else if (word == "done") { pop("do"); i++ }
      else if (word == "{") { push("{"); i++ }
      else if (word == "}") { pop("{"); i++ }
      else if (word == "esac") { pop("case"); i++ }
      else if (word == "while" || word == "until" || word == "time") i++
      else if (word == "!") { is_not = !is_not; i++ }
      else if (word == "function") { awaited = R[i + 1]; i += 2 }
      else if (word == "case" && R[i + 2] == "in") {
        push("case")
        subject[depth] = R[i + 1]
        state[depth] = "pattern"
        i += 3
      } else break
    }
    if (kind[depth] == "case" && state[depth] == "pattern") {
      if (op == ")" && pattern[depth] != "") begin_branch()
      top = base
      guard = 0
      return
    }
    if (i > top && op == "\n") { top = base; return }
    answer = "no"
    if (i <= top) {
      answer = condition(i)
      if (is_not) answer = contrary(answer)
      run(i, op)
    }
    if (kind[depth] == "if" && state[depth] == "asks") {
      if (i <= top) join_condition(answer)
      joined[depth] = op
    } else if (op == "&&") guard = guard || answer == "stop"
    else if (op == "||") guard = answer == "unless"
    else if (op != "|" && op != "(") guard = 0
    last_op = op
    last_answer = answer
    input = ""
    if (op == ";;" && kind[depth] == "case") { state[depth] = "pattern"; off[depth] = again[depth] = 0 }
    top = base
  }

  function join_condition(answer) {
    asked[depth] = joined[depth] == "&&" ? both(asked[depth], answer) : joined[depth] == "||" ? either(asked[depth], answer) : answer
  }

  # What is behind an `exit` of all but a stop is for a stop alone; where no block holds it, nothing is.
  function leave(i, op) {
    if (is_off() || nesting) return
    if (last_op == "||" && last_answer == "stop" || last_op == "&&" && last_answer == "unless") off[depth] = 1
    else if (kind[depth] == "if" && state[depth] == "then" && asked[depth] == "unless") off[depth - 1] = 1
    else if (W[i] == "exit" && only == "" && !depth && last_op ~ /^[\n;]$/ && op !~ /[&|]/ && lines[L[i]] ~ /^exit/) ended = 1
  }

  # A text within another: its blocks are its own.
  function nested(text, line,   at_depth, at_guard, at_op, at_name, at_input, at_feeds, from) {
    if (nesting > 8) return
    at_depth = depth; at_guard = guard; at_op = last_op; at_name = awaited; at_input = input; at_feeds = feeds
    # Here-documents that are begun within have their bodies there.
    from = heres_from
    heres_from = heres
    feeds = ""
    nesting++
    last_op = "\n"
    shell(text, line, 0)
    nesting--
    depth = at_depth; guard = at_guard; last_op = at_op; awaited = at_name; input = at_input; feeds = at_feeds
    heres = heres_from
    heres_from = from
  }
'
