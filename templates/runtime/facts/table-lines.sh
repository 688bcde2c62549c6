# ---- lines of the IPVS table, as ipvsadm takes and prints them -------------------------------------------------

service_key() { # -A LINE -> $key
  key=${1#-A }
  key=${key%% -s *}
}

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

# ipvsadm prints the firewall marks from 2^31 on as negative numbers (print_service in ipvsadm.c) and takes them as what they are.
unsigned_mark() { # LINE -> $line
  line=$1
  [[ $1 =~ ^(-[Aa]\ -f\ )-([0-9]{1,10})(\ .*)$ ]] || return 0
  line=${BASH_REMATCH[1]}$((4294967296 - BASH_REMATCH[2]))${BASH_REMATCH[3]}
}

# A service's line of `ipvsadm -L -n`, as its name: PROTOCOL ADDRESS SCHEDULER...
listed_key() { # FIRST SECOND REST -> $key
  case $1 in
    TCP) key="-t $2" ;;
    UDP) key="-u $2" ;;
    SCTP) key="--sctp-service $2" ;;
    FWM)
      set -- "$1" "$(($2 < 0 ? $2 + 4294967296 : $2))" "$3"
      if [[ $3 == IPv6* ]]; then key="-f $2 -6"; else key="-f $2"; fi
      ;;
  esac
}
