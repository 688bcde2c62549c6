# ---- here-documents of scripts, and quotes of several lines ------------------------------------------------------------------
#
# What has been begun lies in here[1] to here[heres], with whether tabs before its end count for nothing; where a text is read within another,
# its own come behind heres_from.

# shellcheck disable=SC2016 # awk expands it
here_awk='
  # A text of the file, which has a quote that is still open, with the lines up to the next that may end it; empty where none may. How long it
  # may become is limited, but for a single quote, whose end is found at once.
  function grown(text, closed, has_dollar,   to, part) {
    if (length(text) > 65536 && (closed != "\047" || has_dollar)) return ""
    for (to = at + 1; to <= last && !index(lines[to], closed); to++) { }
    if (to > last) return ""
    while (at < to) {
      part = part "\n" lines[++at]
      if (length(part) > 4096) { text = text part; part = "" }
    }
    return text part
  }

  # The word behind `<<`. Returns how long it is.
  function begin_here(text,   word, long) {
    if (!match(text, /^-?[ \t]*(\\?[A-Za-z0-9_!%.][A-Za-z0-9_!%.-]*|"[A-Za-z0-9_!%. -]+"|\047[A-Za-z0-9_!%. -]+\047)/)) return 0
    word = substr(text, 1, RLENGTH)
    long = RLENGTH
    here_tabs[++heres] = sub(/^-/, "", word)
    sub(/^[ \t]*[\\"\047]?/, "", word)
    sub(/["\047]$/, "", word)
    here[heres] = word
    return long
  }

  # Where the body ends of one that begins there: behind the text where its end is to come yet, and 0 where none begins.
  function here_end(text, i,   ending) {
    if (!begin_here(substr(text, i + 2, 99))) return 0
    ending = here[heres]
    gsub(/[^A-Za-z0-9_]/, "[&]", ending)
    ending = "\n" (here_tabs[heres--] ? "\t*" : "") ending "\n"
    return match(substr(text, i) "\n", ending) ? i + RSTART + RLENGTH - 3 : length(text) + 1
  }

  # Bodies of here-documents: nobody runs them, but for what is given to a shell, or to ipvsadm as rules.
  function read_here(   k, i, j, line, body) {
    for (k = 1; k <= heres; k++) {
      for (j = at + 1; j <= last; j++) {
        line = lines[j]
        if (here_tabs[k]) sub(/^\t+/, "", line)
        if (line == here[k]) break
      }
      if (j > last) continue
      body = ""
      for (i = at + 1; i < j; i++) {
        if (feeds == "rules") rule_line(lines[i], i)
        body = body lines[i] "\n"
      }
      if (feeds == "shell") nested(body, at + 1)
      at = j
    }
    heres = 0
  }

  # The same within a text that is no file: from the end of the line that begins them. Returns where the last body ends.
  function skip_here(text, i, line,   k, j, e, one, body, has_end, rules, n) {
    for (k = heres_from + 1; k <= heres; k++) {
      body = ""
      has_end = 0
      for (j = i; j < length(text); ) {
        e = index(substr(text, j + 1), "\n")
        one = e ? substr(text, j + 1, e - 1) : substr(text, j + 1)
        j = e ? j + e : length(text) + 1
        if (here_tabs[k]) sub(/^\t+/, "", one)
        if (one == here[k]) { has_end = 1; break }
        body = body one "\n"
      }
      if (!has_end) continue
      if (feeds == "rules") { n = split(body, rules, "\n"); for (e = 1; e <= n; e++) rule_line(rules[e], line + e) }
      if (feeds == "shell") nested(body, line + 1)
      i = j
    }
    heres = heres_from
    feeds = ""
    return i
  }
'
