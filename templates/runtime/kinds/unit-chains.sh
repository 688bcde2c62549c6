# ---- chains, as the texts of firewalls name them ----------------------------------------------------------------------

# A line for each chain of a ruleset, or for each that holds a rule or refuses by its policy: `FAMILY TABLE CHAIN`. Tables that a process
# owns are flushed by nobody else.
ruleset_chains() { # [all], with the ruleset on its input
  # shellcheck disable=SC2016 # awk's own
  awk -v all="${1:-}" '
    /^table / { table = $2 " " $3; owned = 0 }
    /^\tflags .*owner/ { owned = 1 }
    /^\t}/ { chain = "" }
    /^\tchain / { chain = table " " $2; if (all) print chain; next }
    all || owned || chain == "" || (/^\t\ttype / && !/policy drop/) || /jump (LVSGEN|ufw6?-)/ { next }
    !told[chain]++ { print chain }'
}

# The same of what iptables-save prints, or of its file: `TABLE CHAIN`. Of firewalld, without those of the kernel that hold its own rules alone.
saved_chains() { # [all|firewalld], with the rules on its input
  # shellcheck disable=SC2016 # awk's own
  awk -v which="${1:-}" '
    /^\*/ { table = substr($1, 2) }
    /^:/ && which == "all" { print table " " substr($1, 2) }
    $1 != "-A" || which == "all" || / -j LVSGEN/ || told[table " " $2] { next }
    which == "firewalld" && $2 ~ /^(INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)$/ &&
      (/ -[jg] [A-Z]+_/ || /--ctstate (RELATED,ESTABLISHED|ESTABLISHED,RELATED|INVALID|DNAT)/ || / -[io] lo -j ACCEPT/ || /--reject-with/ || /rpfilter/ || /icmpv6/) { next }
    { told[table " " $2] = 1; print table " " $2 }'
}

# Those of a table and a chain that a text names both.
with_words() { # CHAINS TEXT
  local family table chain
  while read -r family table chain; do
    [[ ! $2 =~ (^|[^[:alnum:]_-])"$table"($|[^[:alnum:]_-]) || ! $2 =~ (^|[^[:alnum:]_-])"$chain"($|[^[:alnum:]_-]) ]] || printf '%s\n' "$family $table $chain"
  done <<<"$1"
}
