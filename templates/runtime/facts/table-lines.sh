# ---- lines of the IPVS table, as ipvsadm takes and prints them -------------------------------------------------

# The address of an -a line: `192.168.80.12` of `-r 192.168.80.12:80`, `fd00::12` of `-r [fd00::12]:80`.
real_address() { # LINE -> $address
  address=${1#* -r }
  address=${address%% *}
  address=${address%:*}
  address=${address#\[} address=${address%\]}
}

with_weight() { # LINE WEIGHT -> $weighted, the line with that weight
  local rest=${1#* -w }
  weighted="${1%% -w *} -w $2"
  [[ $rest != *' '* ]] || weighted+=" ${rest#* }"
}
