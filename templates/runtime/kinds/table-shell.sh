# ---- scripts of others, as a shell reads them -----------------------------------------------------------------------------
#
# What counts is which words are a command: in quotes, comments and here-documents they are none, and behind `sh -c` they are again. The lines
# of a file are lines[1] to lines[last], and `at` is the one that is read; words of a command lie on a stack up to `top`: W as the shell has
# them, R with the names of variables, Q where they were quoted, L their lines.

# shellcheck disable=SC2016 # awk expands it
shell_awk='
  # Where that ends which begins there: a quote, `(`, `{` or a backtick; 0 where it does not, or lies deeper than anybody writes.
  function within(text, i,   e) { e = ++deep > 40 ? 0 : closing(text, i); deep--; return e }
  function closing(text, i,   opened, c, n, e, closed, has_heres) {
    opened = substr(text, i, 1)
    has_heres = opened == "(" && substr(text, i - 1, 1) != "("
    if (opened == "\047") return (n = index(substr(text, i + 1), "\047")) ? i + n : 0
    closed = opened == "(" ? ")" : opened == "{" ? "}" : opened
    n = length(text)
    for (i++; i <= n; i++) {
      c = substr(text, i, 1)
      if (c == "\\") i++
      else if (c == closed) return i
      else if (c == "<" && substr(text, i, 3) == "<<<") i += 2
      else if (c == "<" && has_heres && substr(text, i + 1, 1) == "<" && (e = here_end(text, i))) i = e
      else if (opened != "`" && (c == "`" || (c == "\"" || c == "\047") && opened != "\"" || (c == "(" || c == "{") && (c == opened || substr(text, i - 1, 1) == "$")) && !(i = within(text, i))) return 0
    }
    return 0
  }

  # The same of a quote with perhaps a `$` before it, in which a backslash counts.
  function end_of(text, i, has_dollar,   c, n) {
    if (!has_dollar || substr(text, i + 1, 1) != "\047") return closing(text, i + has_dollar)
    n = length(text)
    for (i += 2; i <= n; i++) {
      c = substr(text, i, 1)
      if (c == "\\") i++
      else if (c == "\047") return i
    }
    return 0
  }

  # What stands for a `$` that is there, as got_w and got_r. Returns where it ends.
  function dollar(text, i, line,   c, e, name, rest) {
    c = substr(text, i + 1, 1)
    if (c == "(" || c == "{") {
      if (!(e = closing(text, i + 1))) e = length(text) + 1
      rest = substr(text, i + 2, e - i - 2)
      if (c == "(") {
        if (rest !~ /^\(/) nested(rest, line)
        got_w = got_r = "$(" rest ")"
        return e
      }
      name = rest
      sub(/[^A-Za-z0-9_].*/, "", name)
      rest = substr(rest, length(name) + 1)
      got_w = got_r = "${" name rest "}"
      if (name != "" && (rest == "" || rest ~ /^:?[-=]/)) {
        if (name in value) got_w = value[name]
        else if (rest != "" && rest !~ /[$`"\047\\]/) { got_w = rest; sub(/^:?[-=]/, "", got_w) }
      }
      return e
    }
    if (!match(substr(text, i + 1, 99), /^([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/)) { got_w = got_r = "$"; return i }
    name = substr(text, i + 1, RLENGTH)
    e = i + RLENGTH
    got_r = "$" name
    got_w = name in value ? value[name] : got_r
    return e
  }

  # What stands in double quotes, as got_w and got_r; what it runs is run.
  function quoted(text, line,   w, r, i, e, c) {
    w = r = ""
    while (match(text, /[\\$`]/)) {
      w = w substr(text, 1, RSTART - 1)
      r = r substr(text, 1, RSTART - 1)
      i = RSTART
      c = substr(text, i, 1)
      if (c == "\\") {
        e = i + 1
        c = substr(text, e, 1)
        # The end of a line stays, so that lines of what is read again are counted.
        if (c !~ /[\\$`"]/) c = "\\" c
        w = w c
        r = r c
      } else if (c == "$") {
        e = dollar(text, i, line)
        w = w got_w
        r = r got_r
      } else {
        if (!(e = closing(text, i))) e = length(text)
        nested(substr(text, i + 1, e - i - 1), line)
      }
      text = substr(text, e + 1)
    }
    got_w = w text
    got_r = r text
  }

  # Reads a text that begins at a line; one of a file goes on in its next ones, where a quote does.
  function shell(text, line, is_file,   i, n, c, d, e, w, r, has, is_quoted, base, before, from, redirected, is_test, word_line, closed, tried, more_text) {
    base = top
    n = length(text)
    for (i = 1; i <= n + 1 && !ended; i++) {
      c = i > n ? "\n" : substr(text, i, 1)
      if (!has) word_line = line
      if (c !~ /[ \t\r\n\\"\047`$;&|()<>#]/ || (c == "#" && has)) {
        match(substr(text, i, 200), /^.[^ \t\r\n\\"\047`$;&|()<>]*/)
        w = w substr(text, i, RLENGTH)
        r = r substr(text, i, RLENGTH)
        has = 1
        i += RLENGTH - 1
        continue
      }
      if (c == "\\" && i < n && substr(text, i + 1, 1) != "\n") {
        w = w substr(text, ++i, 1)
        r = r substr(text, i, 1)
        has = is_quoted = 1
        continue
      }
      if (c == "\\") {
        if (i == n && is_file && at < last) { text = text "\n" lines[++at]; n = length(text) }
        i++
        line++
        continue
      }
      if (c ~ /["\047`]/ || (c == "$" && substr(text, i + 1, 1) ~ /[({"\047]/)) {
        d = c == "$"
        before = text
        from = at
        closed = substr(text, i + d, 1)
        closed = closed == "(" ? ")" : closed == "{" ? "}" : closed
        for (tried = 0; !(e = end_of(text, i, d)) && is_file && tried < 100 && vain < 200 && (more_text = grown(text, closed, d)) != ""; tried++) text = more_text
        # One that is never closed is none.
        if (!e) { vain += tried; text = before; at = from; e = length(text) + 1 }
        n = length(text)
        before = substr(text, i + 1 + d, e - i - 1 - d)
        c = substr(text, i + d, 1)
        if (c == "(" || c == "{") dollar(text, i, line)
        else if (c == "\"") { quoted(before, line); is_quoted = 1 }
        else { got_w = got_r = before; is_quoted = 1 }
        if (c == "`") { is_quoted = 0; nested(before, line); got_w = got_r = "$(" before ")" }
        w = w got_w
        r = r got_r
        has = 1
        line += gsub(/\n/, "\n", before)
        i = e
        continue
      }
      if (c == "$") {
        i = dollar(text, i, line)
        w = w got_w
        r = r got_r
        has = 1
        continue
      }
      d = substr(text, i + 1, 1)
      if ((c == "<" || c == ">") && has && r ~ /^[0-9]$/ && !is_quoted) has = 0
      if (c == "(" && has && (r ~ /=$/ || (d != ")" && r ~ /[@?*+!]$/))) {
        if (!(i = closing(text, i))) i = n
        continue
      }
      if (has) {
        if (redirected != "") { if (redirected == "<") input = w }
        else { top++; W[top] = w; R[top] = r; Q[top] = is_quoted; L[top] = word_line }
        if (w ~ /^(\[\[|\]\])$/) is_test = w == "[["
        redirected = ""
      }
      w = r = ""
      has = is_quoted = 0
      if (c == " " || c == "\t" || c == "\r") continue
      if (c == "#") {
        if (!(e = index(substr(text, i), "\n"))) e = n - i + 2
        i += e - 2
        continue
      }
      if (is_test && c != "\n" && c != ";") {
        if (c == d && c ~ /[|&]/) { i++; top++; W[top] = R[top] = c == "|" ? "-o" : "-a"; Q[top] = 0; L[top] = line }
        continue
      }
      if (c == "<" || c == ">" || (c == "&" && d == ">")) {
        if (d == "(" && c != "&") {
          if (!(e = closing(text, i + 1))) e = n + 1
          nested(substr(text, i + 2, e - i - 2), line)
          i = e
          continue
        }
        if (c == "<" && d == "<" && substr(text, i + 2, 1) != "<") { i += begin_here(substr(text, i + 2)) + 1; continue }
        redirected = c == "<" && d !~ /[<&]/ ? "<" : ">"
        while (substr(text, i + 1, 1) ~ /[<>&|]/) i++
        continue
      }
      if (c == "(") {
        if (d == "(") { if (!(i = closing(text, i))) i = n; continue }
        if (match(substr(text, i, 20), /^\([ \t]*\)/) && top > base) {
          awaited = R[top--]
          if (top > base && R[top] == "function") top--
          i += RLENGTH - 1
          continue
        }
        finish(base, c)
        if (kind[depth] != "case" || state[depth] != "pattern") push("(")
        continue
      }
      if (c == ";" && (d == ";" || d == "&")) { c = ";;"; i++ }
      if (c == "&" && d == "&" || c == "|" && d == "|") { c = c d; i++ }
      finish(base, c)
      if (c == ")" && kind[depth] == "(") depth--
      if (c == "\n") {
        if (is_file && i > n) { read_here(); feeds = "" }
        else if (!is_file && heres > heres_from) {
          e = skip_here(text, i, line)
          before = substr(text, i + 1, e - i)
          line += gsub(/\n/, "\n", before)
          i = e
        }
        line++
      }
    }
    top = base
  }
'
